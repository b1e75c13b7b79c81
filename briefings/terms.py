"""What a channel agreed on: its times, days and topics, and one subscription for each time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from briefings.daysoff import NO_DAYS_OFF, Break, DaysOff
from briefings.schedule import (
    EVERY_DAY,
    Late,
    Layout,
    Subscription,
    SubscriptionId,
)
from briefings.tongue import ENGLISH

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WORKING_DAYS = frozenset(range(5))
_BARE = ("days", "at", "zone")
"""The fields whose words need no name before them."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything about a channel's posts but the channel; see `Subscription` for the fields."""

    times: tuple[time, ...]
    zone: ZoneInfo
    weekdays: frozenset[int] = EVERY_DAY
    topics: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    off: DaysOff = NO_DAYS_OFF
    rest: timedelta = timedelta(days=90)
    repeats: bool = True
    layout: Layout = Layout.THREAD
    late: Late = Late.SEND
    late_until: timedelta = timedelta(hours=12)
    paused_until: datetime | None = None
    language: str = ENGLISH


def subscription_ids(terms: Terms, platform: str, channel: str) -> tuple[SubscriptionId, ...]:
    """The ids of a channel's subscriptions: by place in the list of times, earliest first.

    A time that is changed keeps its place, so that a day which had its edition has no second.
    """
    first = f"{platform}/{channel}"
    numbers = range(1, len(terms.times) + 1)
    return tuple(SubscriptionId(first if n == 1 else f"{first}/{n}") for n in numbers)


def subscriptions(
    terms: Terms, platform: str, channel: str, since: Callable[[SubscriptionId], datetime]
) -> tuple[Subscription, ...]:
    """One subscription for each time; `since` tells when each began."""
    ids = subscription_ids(terms, platform, channel)
    named = zip(ids, sorted(terms.times), strict=True)
    place = (platform, channel)
    return tuple(_subscription(terms, name, place, at, since(name)) for name, at in named)


def _subscription(
    terms: Terms, name: SubscriptionId, place: tuple[str, str], at: time, since: datetime
) -> Subscription:
    return Subscription(
        name,
        *place,
        at,
        terms.zone,
        since,
        terms.weekdays,
        terms.topics,
        terms.late,
        terms.late_until,
        terms.rest,
        terms.repeats,
        terms.without,
        terms.off,
        terms.layout,
        terms.paused_until,
        terms.language,
    )


def terms_of(channel: Sequence[Subscription]) -> Terms:
    """The terms that a channel's subscriptions, at least one, came from."""
    one = channel[0]
    return Terms(
        tuple(sorted(each.at for each in channel)),
        one.zone,
        one.weekdays,
        one.topics,
        one.without,
        one.off,
        one.rest,
        one.repeats,
        one.layout,
        one.late,
        one.late_until,
        one.paused_until,
        one.language,
    )


def line_of(terms: Terms) -> str:
    """The terms in one line, as people type them after `subscribe`; a pause is not among them."""
    return line_with(terms, {})


def line_with(terms: Terms, typed: Mapping[str, str]) -> str:
    """As `line_of`, with what somebody typed for some of the fields, right or wrong."""
    said = {**_said(terms), **typed}
    bare = [said.pop(name) for name in _BARE]
    named = [f"{name}:{_quoted(value)}" for name, value in said.items() if value]
    return " ".join([*filter(None, bare), *named])


def _said(terms: Terms) -> dict[str, str]:
    """What a line says, by the field's name; nothing for a field that needs no word."""
    return {
        "days": days_line(terms.weekdays),
        "at": times_line(terms.times),
        "zone": terms.zone.key,
        "topics": ",".join(sorted(terms.topics)),
        "not": ",".join(sorted(terms.without)),
        "holidays": str(terms.off.region or ""),
        "off": breaks_line(terms.off.breaks),
        "shift": "" if terms.off == NO_DAYS_OFF else terms.off.shift.value,
        "layout": terms.layout.value,
        "late": late_line(terms),
        "rest": rest_line(terms),
        "language": terms.language,
    }


def days_line(weekdays: frozenset[int]) -> str:
    """`daily`, `weekdays` or `mon,wed`."""
    if weekdays == EVERY_DAY:
        return "daily"
    if weekdays == WORKING_DAYS:
        return "weekdays"
    return ",".join(WEEKDAYS[day] for day in sorted(weekdays))


def times_line(times: Sequence[time]) -> str:
    """`08:30,16:00`."""
    return ",".join(time_line(each) for each in sorted(times))


def _quoted(words: str) -> str:
    return f'"{words}"' if " " in words else words


def time_line(at: time) -> str:
    """`08:30`; seconds, which nobody needs to set, are not told."""
    return f"{at:%H:%M}"


def breaks_line(breaks: Sequence[Break]) -> str:
    """`2026-12-24..2027-01-01,2026-11-30`."""
    return ",".join(
        str(each.first) if each.first == each.last else f"{each.first}..{each.last}"
        for each in breaks
    )


def late_line(terms: Terms) -> str:
    """`12h`, `90m`, `skip` or `next`."""
    if terms.late is not Late.SEND:
        return terms.late.value
    minutes = terms.late_until // timedelta(minutes=1)
    return f"{minutes}m" if minutes % 60 else f"{minutes // 60}h"


def rest_line(terms: Terms) -> str:
    """`90d`, or `forever` where nothing comes twice."""
    return f"{terms.rest.days}d" if terms.repeats else "forever"
