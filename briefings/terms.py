"""What a channel agreed on: its times, days and topics, and one subscription for each time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WORKING_DAYS = frozenset(range(5))


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
    return tuple(
        Subscription(
            name,
            platform,
            channel,
            at,
            terms.zone,
            since(name),
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
        )
        for name, at in zip(ids, sorted(terms.times), strict=True)
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
    )


def line_of(terms: Terms) -> str:
    """The terms in one line, as people type them after `subscribe`; a pause is not among them."""
    words = [days_line(terms.weekdays), times_line(terms.times), terms.zone.key]
    words += [f"topics:{topics_line(terms.topics)}"] if terms.topics else []
    words += [f"not:{topics_line(terms.without)}"] if terms.without else []
    words += [f"holidays:{terms.off.region}"] if terms.off.region else []
    words += [f"off:{breaks_line(terms.off.breaks)}"] if terms.off.breaks else []
    if terms.off != NO_DAYS_OFF:
        words.append(f"shift:{terms.off.shift}")
    words += [f"layout:{terms.layout}", f"late:{late_line(terms)}", f"rest:{rest_line(terms)}"]
    return " ".join(words)


def days_line(weekdays: frozenset[int]) -> str:
    """`daily`, `weekdays` or `mon,wed`."""
    if weekdays == EVERY_DAY:
        return "daily"
    if weekdays == WORKING_DAYS:
        return "weekdays"
    return ",".join(WEEKDAYS[day] for day in sorted(weekdays))


def times_line(times: Sequence[time]) -> str:
    """`08:30,16:00`; seconds only where there are some."""
    return ",".join(time_line(each) for each in sorted(times))


def topics_line(topics: frozenset[str]) -> str:
    """`energy,mobility`, in quotes where there is a blank."""
    line = ",".join(sorted(topics))
    return f'"{line}"' if " " in line else line


def time_line(at: time) -> str:
    """`08:30`."""
    return f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"


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
