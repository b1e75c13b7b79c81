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
    """The briefing for a subscription's local day: pinned, dated today, newest, or best rested."""
    if not library:
        return Nothing(Lack.EMPTY)
    fitting = [entry for entry in library.values() if _has_topic(entry, subscription.topics)]
    if not fitting:
        return Nothing(Lack.TOPICS)
    ranked = [
        *_pinned(library, pins, day),
        *_dated(fitting, history, subscription, day),
        *_newest(fitting, history, day),
        *(_rested(fitting, history, subscription, day) if subscription.repeats else ()),
    ]
    if not ranked:
        return Nothing(_lack(fitting, history, subscription))
    (briefing, reason), *others = ranked
    runner_up = next((other for other, _ in others if other != briefing), None)
    return Pick(briefing, reason, runner_up)


_Ranked: TypeAlias = list[tuple[BriefingId, Reason]]


def _has_topic(entry: Entry, topics: frozenset[str]) -> bool:
    return not topics or any(topic.casefold() in topics for topic in entry.briefing.topics)


def _pinned(library: Library, pins: Pins, day: date) -> _Ranked:
    pinned = pins.get(day)
    return [(pinned, Reason.PINNED)] if pinned in library and pinned is not None else []


def _dated(
    fitting: list[Entry], history: History, subscription: Subscription, day: date
) -> _Ranked:
    today = (entry for entry in fitting if entry.briefing.date == day)
    return [
        (entry.id, Reason.DATED)
        for entry in sorted(today, key=lambda entry: entry.id)
        if _has_rested(entry, history, subscription, day)
    ]


def _newest(fitting: list[Entry], history: History, day: date) -> _Ranked:
    fresh = [entry for entry in fitting if entry.id not in history and not _is_future(entry, day)]
    ordered = sorted(fresh, key=lambda entry: entry.id)
    ordered.sort(key=_age, reverse=True)
    return [(entry.id, Reason.NEWEST) for entry in ordered]


def _rested(
    fitting: list[Entry], history: History, subscription: Subscription, day: date
) -> _Ranked:
    posted = [entry for entry in fitting if entry.id in history and not _is_future(entry, day)]
    posted.sort(key=lambda entry: (history[entry.id], entry.id))
    return [
        (entry.id, Reason.RESTED)
        for entry in posted
        if _has_rested(entry, history, subscription, day)
    ]


def _has_rested(entry: Entry, history: History, subscription: Subscription, day: date) -> bool:
    last = history.get(entry.id)
    return last is None or day - last >= subscription.rest


def _is_future(entry: Entry, day: date) -> bool:
    return entry.briefing.date is not None and entry.briefing.date > day


def _age(entry: Entry) -> date:
    return entry.briefing.date or entry.added.date()


def _lack(fitting: list[Entry], history: History, subscription: Subscription) -> Lack:
    if any(entry.id not in history for entry in fitting):
        return Lack.FUTURE
    return Lack.RESTING if subscription.repeats else Lack.POSTED
