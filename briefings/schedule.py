"""What a channel subscribed to, and the moments of its editions: one a local day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import NewType
from zoneinfo import ZoneInfo

from briefings.daysoff import NO_DAYS_OFF, DaysOff, is_posting_day
from briefings.moments import known_moment
from briefings.tongue import ENGLISH

SubscriptionId = NewType("SubscriptionId", str)

EVERY_DAY = frozenset(range(7))
LOOK_AHEAD = timedelta(days=400)
"""How far ahead the next edition is looked for: a weekly channel may have a year of days off."""

NEVER = datetime.max.replace(tzinfo=UTC)
"""The end of a pause without an end."""


class Late(StrEnum):
    """What becomes of an edition whose moment passed unserved."""

    SEND = "send"
    SKIP = "skip"
    NEXT = "next"


class Layout(StrEnum):
    """How a post stands in its channel."""

    WHOLE = "whole"
    THREAD = "thread"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A channel that gets a briefing, at a local time on some weekdays (Monday is 0).

    `topics` are those of which a briefing has at least one, `without` those of which it has none;
    empty sets ask for nothing. A repeated briefing has rested for `rest` at least.
    """

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
    without: frozenset[str] = frozenset()
    off: DaysOff = NO_DAYS_OFF
    layout: Layout = Layout.THREAD
    paused_until: datetime | None = None
    language: str = ENGLISH


@dataclass(frozen=True, slots=True, order=True)
class Edition:
    """One subscription on one local day: the key of everything that is remembered."""

    subscription: SubscriptionId
    day: date


def next_wake(subscriptions: Iterable[Subscription], now: datetime) -> datetime | None:
    """The next moment after `now` at which an edition is due; nothing where none ever is."""
    moments = (next_moment(subscription, now) for subscription in subscriptions)
    return min((when for when in moments if when is not None), default=None)


def next_moment(
    subscription: Subscription, now: datetime, *, included: bool = False
) -> datetime | None:
    """The next moment after `now`, or from it on, at which a subscription's edition is due."""
    start = max(now, subscription.since, subscription.paused_until or now)
    if start >= NEVER:
        return None
    coming = editions_between(subscription, start, start + LOOK_AHEAD)
    return next((when for _, when in coming if when > now or included), None)


def coming_editions(
    subscription: Subscription, start: datetime, days: int = 15
) -> Iterator[tuple[Edition, datetime]]:
    """The editions from `start` on, or from when it began, for some days, with their moments."""
    start = max(start, subscription.since)
    return editions_between(subscription, start, start + timedelta(days=days))


def editions_between(
    subscription: Subscription, start: datetime, end: datetime
) -> Iterator[tuple[Edition, datetime]]:
    """The editions whose moments are in a stretch of time, ends included; none of a pause."""
    start = max(start, subscription.since, subscription.paused_until or start)
    if start > end or not subscription.weekdays:
        return
    # A clock change at midnight may put an edition's moment on the day before or after its own.
    day = start.astimezone(subscription.zone).date() - timedelta(days=1)
    last = end.astimezone(subscription.zone).date() + timedelta(days=1)
    while day <= last:
        when = _moment_on(subscription, day)
        if when is not None and start <= when <= end:
            yield Edition(subscription.id, day), when
        day += timedelta(days=1)


def _moment_on(subscription: Subscription, day: date) -> datetime | None:
    if not is_posting_day(day, subscription.weekdays, subscription.off):
        return None
    return known_moment(day, subscription.at, subscription.zone)


def morning(day: date | None, zone: ZoneInfo) -> datetime:
    """The beginning of a local day; of the next one where the zone skips it."""
    if day is None:
        return NEVER
    begins = known_moment(day, time(0), zone)
    return begins or known_moment(date.fromordinal(day.toordinal() + 1), time(0), zone) or NEVER
