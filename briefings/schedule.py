"""When an edition is due: one moment per subscription and local day, in every zone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum, auto
from typing import NewType, TypeAlias
from zoneinfo import ZoneInfo

SubscriptionId = NewType("SubscriptionId", str)

EVERY_DAY = frozenset(range(7))
LOOK_BACK = timedelta(days=7)
"""How far back a missed edition is still noticed and recorded."""

PUNCTUAL = timedelta(minutes=5)
"""An edition that leaves within this time of its moment is not called late."""


class Late(Enum):
    """What becomes of an edition whose moment passed unserved."""

    SEND = auto()
    SKIP = auto()


@dataclass(frozen=True, slots=True)
class Subscription:
    """A channel that gets a briefing, at a local time on some weekdays (Monday is 0)."""

    id: SubscriptionId
    platform: str
    channel: str
    at: time
    zone: ZoneInfo
    since: datetime
    weekdays: frozenset[int] = EVERY_DAY
    topics: frozenset[str] = frozenset()
    late: Late = Late.SEND
    late_until: timedelta = timedelta(hours=12)
    rest: timedelta = timedelta(days=90)
    repeats: bool = True


@dataclass(frozen=True, slots=True, order=True)
class Edition:
    """One subscription on one local day: the key of everything that is remembered."""

    subscription: SubscriptionId
    day: date


@dataclass(frozen=True, slots=True)
class Due:
    """An edition whose moment (UTC) has come; `missed` where it is too late to send it."""

    edition: Edition
    subscription: Subscription
    moment: datetime
    missed: bool


Done: TypeAlias = Callable[[Edition], bool]


def moment(day: date, at: time, zone: ZoneInfo) -> datetime | None:
    """The UTC moment of a local time on a local day; nothing for a day that the zone skipped.

    A time that a clock change skips falls on the moment of the change, the next valid one; a
    time that comes twice counts the first time.
    """
    local = datetime.combine(day, at.replace(fold=0), zone)
    first = local.astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return first
    change = _change(local.replace(fold=1).astimezone(UTC), first, zone)
    around = (change - timedelta(seconds=1), change)
    return change if any(each.astimezone(zone).date() == day for each in around) else None


def _change(early: datetime, late: datetime, zone: ZoneInfo) -> datetime:
    """The moment between two others at which the zone's clock is put forward, to the second."""
    early, late = early.replace(microsecond=0), late.replace(microsecond=0)
    before = early.astimezone(zone).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = early + timedelta(seconds=(late - early) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == before:
            early = middle
        else:
            late = middle
    return late


def due(subscriptions: Iterable[Subscription], now: datetime, done: Done) -> Iterator[Due]:
    """The editions whose moment has come and that are not done, oldest moment first."""
    waiting = (
        Due(edition, subscription, when, _is_missed(subscription, edition, when, now))
        for subscription in subscriptions
        for edition, when in _editions(subscription, now - LOOK_BACK, now)
        if not done(edition)
    )
    return iter(sorted(waiting, key=lambda each: (each.moment, each.edition)))


def _is_missed(subscription: Subscription, edition: Edition, when: datetime, now: datetime) -> bool:
    late = now - when
    if late <= PUNCTUAL:
        return False
    if subscription.late is Late.SKIP or late > subscription.late_until:
        return True
    return now.astimezone(subscription.zone).date() > edition.day


def next_wake(subscriptions: Iterable[Subscription], now: datetime) -> datetime | None:
    """The next moment after `now` at which an edition is due; nothing where none ever is."""
    moments = (_next_moment(subscription, now) for subscription in subscriptions)
    return min((when for when in moments if when is not None), default=None)


def _next_moment(subscription: Subscription, now: datetime) -> datetime | None:
    coming = coming_editions(subscription, now)
    return next((when for _, when in coming if when > now), None)


def coming_editions(
    subscription: Subscription, start: datetime, days: int = 15
) -> Iterator[tuple[Edition, datetime]]:
    """The editions from `start` on, or from when it began, for some days, with their moments."""
    start = max(start, subscription.since)
    return _editions(subscription, start, start + timedelta(days=days))


def _editions(
    subscription: Subscription, start: datetime, end: datetime
) -> Iterator[tuple[Edition, datetime]]:
    start = max(start, subscription.since)
    # A clock change at midnight may put an edition's moment on the day before or after its own.
    day = start.astimezone(subscription.zone).date() - timedelta(days=1)
    last = end.astimezone(subscription.zone).date() + timedelta(days=1)
    while day <= last:
        when = _moment_on(subscription, day)
        if when is not None and start <= when <= end:
            yield Edition(subscription.id, day), when
        day += timedelta(days=1)


def _moment_on(subscription: Subscription, day: date) -> datetime | None:
    if day.weekday() not in subscription.weekdays:
        return None
    return moment(day, subscription.at, subscription.zone)
