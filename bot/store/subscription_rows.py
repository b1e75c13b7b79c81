"""What a subscription's row means."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row

from briefings.daysoff import Break, DaysOff, Region, Shift
from briefings.schedule import Late, Layout, Subscription, SubscriptionId


@dataclass(frozen=True, slots=True)
class Held:
    """A subscription as the database has it.

    Every edition before `cursor` is settled; `troubled`: the channel was told of a late or
    missed post and had no punctual one since.
    """

    subscription: Subscription
    declared: bool
    cursor: datetime | None
    next_due_at: datetime | None
    troubled: bool


def held(row: Row[Any]) -> Held:
    """A row with all columns of the table, in their order."""
    columns: tuple[Any, ...] = tuple(row)
    name, platform, channel, declared = columns[:4]
    since, cursor, next_due_at, troubled = columns[19:]
    at, zone, *others = _terms(columns[4:19])
    subscription = Subscription(SubscriptionId(name), platform, channel, at, zone, since, *others)
    return Held(subscription, declared, cursor, next_due_at, troubled)


@lru_cache(maxsize=5_000)
def _terms(columns: tuple[Any, ...]) -> tuple[Any, ...]:
    """The fields of a subscription from `at` on, without `since`; many channels share them."""
    at, zone, weekdays, region, breaks, shift, topics, without, *others = columns
    rest_days, repeats, layout, late, late_minutes, paused_until, language = others
    return (
        at,
        ZoneInfo(zone),
        frozenset(map(int, weekdays)),
        frozenset(json.loads(topics)),
        Late(late),
        timedelta(minutes=late_minutes),
        timedelta(days=rest_days),
        repeats,
        frozenset(json.loads(without)),
        _days_off(region, breaks, shift),
        Layout(layout),
        paused_until,
        language,
    )


def terms_row(subscription: Subscription) -> dict[str, object]:
    """The columns that the terms fill."""
    off = subscription.off
    return {
        "platform": subscription.platform,
        "channel": subscription.channel,
        "at": subscription.at,
        "zone": subscription.zone.key,
        "weekdays": "".join(str(day) for day in sorted(subscription.weekdays)),
        "region": str(off.region) if off.region else None,
        "breaks": json.dumps([[str(each.first), str(each.last)] for each in off.breaks]),
        "shift": off.shift,
        "topics": json.dumps(sorted(subscription.topics), ensure_ascii=False),
        "without": json.dumps(sorted(subscription.without), ensure_ascii=False),
        "rest_days": subscription.rest.days,
        "repeats": subscription.repeats,
        "layout": subscription.layout,
        "late": subscription.late,
        "late_minutes": subscription.late_until // timedelta(minutes=1),
        "paused_until": subscription.paused_until,
        "language": subscription.language,
    }


def _days_off(region: str | None, breaks: str, shift: str) -> DaysOff:
    told = tuple(Break(*map(date.fromisoformat, each)) for each in json.loads(breaks))
    return DaysOff(_region(region), told, Shift(shift))


def _region(text: str | None) -> Region | None:
    if text is None:
        return None
    country, _, part = text.partition("-")
    return Region(country, part or None)
