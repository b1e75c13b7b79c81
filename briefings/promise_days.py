"""The day by which a line says that something happens; a doubtful line has none.

A day without its year is the next one after the briefing's own, within ten months: one that is
further off was most likely meant to lie behind. A stretch of time is over on its last day (a week
on its Friday): then its promise is due.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TypeAlias

from briefings.promise_stretches import SOON, ends_in, month_named
from briefings.promise_tense import is_ahead
from briefings.reading.dates import MONTHS, placed_dates

LAST = timedelta(days=5 * 366)
"""Nobody is asked about what is promised for a later day than this."""

_Reads: TypeAlias = Callable[[re.Match[str]], tuple[int, int]]

_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = r"(\d{1,2})(?:st|nd|rd|th|er|\.)?"
_WEEKDAYS = {
    name: at
    for at, names in enumerate(
        (
            "monday montag",
            "tuesday dienstag",
            "wednesday mittwoch",
            "thursday donnerstag",
            "friday freitag",
            "saturday samstag",
            "sunday sonntag",
        )
    )
    for name in names.split()
}
_HAN = {name: at for at, name in enumerate("一二三四五六日")} | {"天": 6}

_YEARLESS: tuple[tuple[re.Pattern[str], _Reads], ...] = (
    (
        re.compile(rf"(?<![\w.\-])({_NAMES})\.? {_DAY}(?![\w\-/%]|[.,]\d)", re.IGNORECASE),
        lambda found: (month_named(found[1]), int(found[2])),
    ),
    (
        re.compile(
            rf"(?<![\w.,\-/]){_DAY} (?:of |de )?({_NAMES})\b(?!\.? ?\d{{4}})", re.IGNORECASE
        ),
        lambda found: (month_named(found[2]), int(found[1])),
    ),
    (
        re.compile(r"(?<![年\d])(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]"),
        lambda found: (int(found[1]), int(found[2])),
    ),
    (
        re.compile(r"\b(?:am|zum|ab|bis) (?:\w+, )?(?:den |dem )?(\d{1,2})\.(\d{1,2})\.(?!\d)"),
        lambda found: (int(found[2]), int(found[1])),
    ),
)
_ON = re.compile(
    r"\b(next|nächsten|nächste[rm]?|coming|this coming|kommenden|this|on|by|until|before|am|bis) "
    rf"({'|'.join(_WEEKDAYS)})\b",
    re.IGNORECASE,
)
_ON_HAN = re.compile(r"下个?(?:周|星期|礼拜)([一二三四五六日天])")
_TOMORROW = re.compile(r"\btomorrow\b|明天", re.IGNORECASE)


def day_in(line: str, today: date) -> date | None:
    """The latest of the most exact days that a line tells, where they lie ahead of `today`."""
    for told in (_days, _weekdays, ends_in):
        days = [day for day in told(line, today) if today < day <= today + LAST]
        if days:
            return max(days)
    return None


def _days(line: str, today: date) -> Iterator[date]:
    left = line
    for place, day in placed_dates(line):
        yield day
        left = left[: place.start] + " " * len(place) + left[place.stop :]
    for pattern, read in _YEARLESS:
        for found in pattern.finditer(left):
            coming = _next(*read(found), today)
            if coming and is_ahead(line, found.start()):
                yield coming


def _weekdays(line: str, today: date) -> Iterator[date]:
    monday = today - timedelta(days=today.weekday())
    for found in _ON.finditer(line):
        name = _WEEKDAYS[found[2].casefold()]
        if found[1].casefold().startswith(("next", "nächste")):
            yield monday + timedelta(days=7 + name)
        elif is_ahead(line, found.start()):
            yield today + timedelta(days=(name - today.weekday() - 1) % 7 + 1)
    for found in _ON_HAN.finditer(line):
        yield monday + timedelta(days=7 + _HAN[found[1]])
    for found in _TOMORROW.finditer(line):
        if is_ahead(line, found.start()):
            yield today + timedelta(days=1)


def _next(month: int, day: int, today: date) -> date | None:
    """The next such day, where it is not far off."""
    for year in (today.year, today.year + 1):
        try:
            coming = date(year, month, day)
        except ValueError:
            continue
        if today < coming <= today + SOON:
            return coming
    return None
