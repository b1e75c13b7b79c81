"""Which briefing a channel gets today, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from briefings.model import BriefingId, Entry, Library
from briefings.schedule import Subscription
from briefings.tongue import mark


class Reason(StrEnum):
    """Why a briefing was picked, strongest reason first; last, that people did.

    The English is kept, and said in any language.
    """

    PINNED = mark("pinned to this day")
    DATED = mark("dated this day")
    NEWEST = mark("the newest not yet posted here")
    RESTED = mark("the one that has rested longest here")
    CHOSEN = mark("chosen by the editors")


class Lack(StrEnum):
    """Why no briefing was picked; as of `Reason`."""

    EMPTY = mark("the library is empty")
    TOPICS = mark("no briefing has the channel's topics")
    RESTING = mark("every briefing was posted here within the rest period")
    POSTED = mark("every briefing was posted here already")
    FUTURE = mark("every briefing left is dated later")


@dataclass(frozen=True, slots=True)
class Pick:
    """The day's briefing, the reason, and what would have come instead."""

    briefing: BriefingId
    reason: Reason
    runner_up: BriefingId | None = None


@dataclass(frozen=True, slots=True)
class Nothing:
    """No briefing for the day, and why."""

    reason: Lack


History: TypeAlias = Mapping[BriefingId, date]
"""The last local day on which each briefing was posted in the channel."""

Pins: TypeAlias = Mapping[date, BriefingId]

NO_PINS: Pins = {}


@dataclass(frozen=True, slots=True)
class Shortlist:
    """What may come on a day for all channels of the same topics, before their history is asked.

    Made once and asked thousands of times: what comes on the day, newest first, and what is
    dated this day or later.
    """

    day: date
    lack: Lack | None
    fitting: frozenset[BriefingId]
    newest: tuple[BriefingId, ...]
    dated: tuple[BriefingId, ...]
    future: tuple[BriefingId, ...]


def pick(
    library: Library,
    subscription: Subscription,
    history: History,
    day: date,
    pins: Pins = NO_PINS,
) -> Pick | Nothing:
    """The briefing for a subscription's local day: pinned, dated today, newest, or best rested.

    Topics and rest bind all of them, a pinned one too: nothing comes twice within its rest.
    """
    listed = shortlist(library, subscription.topics, subscription.without, day)
    return pick_from(listed, subscription, history, pins)


def shortlist(
    library: Library, topics: frozenset[str], without: frozenset[str], day: date
) -> Shortlist:
    """What may come on a day for channels with these topics."""
    fitting = [entry for entry in library.values() if _fits(entry, topics, without)]
    lack = None if fitting else Lack.TOPICS if library else Lack.EMPTY
    come = sorted((entry for entry in fitting if not _is_future(entry, day)), key=_id)
    return Shortlist(
        day,
        lack,
        frozenset(entry.id for entry in fitting),
        tuple(entry.id for entry in sorted(come, key=_age, reverse=True)),
        tuple(entry.id for entry in come if entry.briefing.date == day),
        tuple(entry.id for entry in fitting if _is_future(entry, day)),
    )


def pick_from(
    listed: Shortlist, subscription: Subscription, history: History, pins: Pins = NO_PINS
) -> Pick | Nothing:
    """The first of a short list that a channel's history, its rest and its pins let come."""
    if listed.lack:
        return Nothing(listed.lack)
    pinned = pins.get(listed.day)
    ranked = (
        (briefing, reason)
        for briefing, reason in _ranked(listed, history, pinned)
        if _may_come(briefing, history, subscription, listed.day)
    )
    first = next(ranked, None)
    if first is None:
        return Nothing(_lack(listed, subscription, history))
    briefing, reason = first
    runner_up = next((other for other, _ in ranked if other != briefing), None)
    return Pick(briefing, reason, runner_up)


def chosen(picked: Pick | Nothing, briefing: BriefingId) -> Pick:
    """What people chose, which may be what would have come anyway."""
    if isinstance(picked, Nothing):
        return Pick(briefing, Reason.CHOSEN)
    return picked if picked.briefing == briefing else Pick(briefing, Reason.CHOSEN, picked.briefing)


def _ranked(
    listed: Shortlist, history: History, pinned: BriefingId | None
) -> Iterator[tuple[BriefingId, Reason]]:
    """Every candidate, the strongest reason first; one may come twice, for two reasons."""
    if pinned in listed.fitting:
        yield pinned, Reason.PINNED
    yield from ((each, Reason.DATED) for each in listed.dated)
    yield from ((each, Reason.NEWEST) for each in listed.newest if each not in history)
    come = {each for each in listed.newest if each in history}
    yield from ((each, Reason.RESTED) for each in sorted(come, key=lambda one: (history[one], one)))


def _fits(entry: Entry, topics: frozenset[str], without: frozenset[str]) -> bool:
    if not topics and not without:
        return True
    own = {topic.casefold() for topic in entry.briefing.topics}
    wanted = not topics or any(topic.casefold() in own for topic in topics)
    return wanted and not any(topic.casefold() in own for topic in without)


def _may_come(
    briefing: BriefingId, history: History, subscription: Subscription, day: date
) -> bool:
    last = history.get(briefing)
    return last is None or (subscription.repeats and day - last >= subscription.rest)


def _is_future(entry: Entry, day: date) -> bool:
    return entry.briefing.date is not None and entry.briefing.date > day


def _id(entry: Entry) -> BriefingId:
    return entry.id


def _age(entry: Entry) -> date:
    return entry.briefing.date or entry.added.date()


def _lack(listed: Shortlist, subscription: Subscription, history: History) -> Lack:
    if any(_may_come(each, history, subscription, listed.day) for each in listed.future):
        return Lack.FUTURE
    return Lack.RESTING if subscription.repeats else Lack.POSTED
