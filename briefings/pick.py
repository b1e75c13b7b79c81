"""Which briefing a channel gets today, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from briefings.model import BriefingId, Entry, Library
from briefings.schedule import Subscription


class Reason(StrEnum):
    """Why a briefing was picked, strongest reason first."""

    PINNED = "pinned to this day"
    DATED = "dated this day"
    NEWEST = "the newest not yet posted here"
    RESTED = "the one that has rested longest here"


class Lack(StrEnum):
    """Why no briefing was picked."""

    EMPTY = "the library is empty"
    TOPICS = "no briefing has the channel's topics"
    RESTING = "every briefing was posted here within the rest period"
    POSTED = "every briefing was posted here already"
    FUTURE = "every briefing left is dated later"


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
    if not library:
        return Nothing(Lack.EMPTY)
    fitting = [entry for entry in library.values() if _has_topic(entry, subscription.topics)]
    if not fitting:
        return Nothing(Lack.TOPICS)
    ready = [entry for entry in fitting if _may_come(entry, history, subscription, day)]
    come = [entry for entry in ready if not _is_future(entry, day)]
    ranked = [
        *_pinned(ready, pins, day),
        *_dated(come, day),
        *_newest(come, history),
        *_rested(come, history),
    ]
    if not ranked:
        return Nothing(_lack(ready, subscription))
    (briefing, reason), *others = ranked
    runner_up = next((other for other, _ in others if other != briefing), None)
    return Pick(briefing, reason, runner_up)


_Ranked: TypeAlias = list[tuple[BriefingId, Reason]]


def _has_topic(entry: Entry, topics: frozenset[str]) -> bool:
    wanted = {topic.casefold() for topic in topics}
    return not wanted or any(topic.casefold() in wanted for topic in entry.briefing.topics)


def _may_come(entry: Entry, history: History, subscription: Subscription, day: date) -> bool:
    last = history.get(entry.id)
    return last is None or (subscription.repeats and day - last >= subscription.rest)


def _is_future(entry: Entry, day: date) -> bool:
    return entry.briefing.date is not None and entry.briefing.date > day


def _pinned(ready: list[Entry], pins: Pins, day: date) -> _Ranked:
    return [(entry.id, Reason.PINNED) for entry in ready if entry.id == pins.get(day)]


def _dated(come: list[Entry], day: date) -> _Ranked:
    today = sorted(entry.id for entry in come if entry.briefing.date == day)
    return [(briefing, Reason.DATED) for briefing in today]


def _newest(come: list[Entry], history: History) -> _Ranked:
    fresh = sorted((entry for entry in come if entry.id not in history), key=lambda each: each.id)
    fresh.sort(key=_age, reverse=True)
    return [(entry.id, Reason.NEWEST) for entry in fresh]


def _rested(come: list[Entry], history: History) -> _Ranked:
    posted = sorted((history[entry.id], entry.id) for entry in come if entry.id in history)
    return [(briefing, Reason.RESTED) for _, briefing in posted]


def _age(entry: Entry) -> date:
    return entry.briefing.date or entry.added.date()


def _lack(ready: list[Entry], subscription: Subscription) -> Lack:
    if ready:
        return Lack.FUTURE
    return Lack.RESTING if subscription.repeats else Lack.POSTED
