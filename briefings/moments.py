"""The one moment of a local time on a local day, in every zone and over every clock change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo


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


known_moment = lru_cache(maxsize=20_000)(moment)
"""The same, remembered: thousands of channels share their hour, zone and day."""


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
