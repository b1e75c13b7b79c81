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
    subscription = Subscription(
        SubscriptionId(row.id),
        row.platform,
        row.channel,
        row.at,
        _zone(row.zone),
        row.since,
        _weekdays(row.weekdays),
        _words(row.topics),
        Late(row.late),
        timedelta(minutes=row.late_minutes),
        timedelta(days=row.rest_days),
        row.repeats,
        _words(row.without),
        _days_off(row.region, row.breaks, row.shift),
        Layout(row.layout),
        row.paused_until,
    )
    return Held(subscription, row.declared, row.cursor, row.next_due_at, row.troubled)


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
    }


@lru_cache(maxsize=2_000)
def _days_off(region: str | None, breaks: str, shift: str) -> DaysOff:
    told = tuple(Break(*map(date.fromisoformat, each)) for each in json.loads(breaks))
    return DaysOff(_region(region), told, Shift(shift))


@lru_cache(maxsize=2_000)
def _words(text: str) -> frozenset[str]:
    return frozenset(json.loads(text))


def _region(text: str | None) -> Region | None:
    if text is None:
        return None
    country, _, part = text.partition("-")
    return Region(country, part or None)


@lru_cache(maxsize=1_000)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@lru_cache(maxsize=200)
def _weekdays(digits: str) -> frozenset[int]:
    return frozenset(map(int, digits))
