"""Which days are off: the public holidays of a place, and a team's own; and what happens then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import takewhile

LONGEST_BREAK = 60
"""Days in a row without a working day after which no edition is moved any more."""

DAY = timedelta(days=1)


class Shift(StrEnum):
    """What becomes of an edition whose day is off."""

    SKIP = "skip"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Region:
    """A country, or a part of one with holidays of its own, by ISO 3166: `DE`, `DE-BY`."""

    country: str
    subdivision: str | None = None

    def __str__(self) -> str:
        return f"{self.country}-{self.subdivision}" if self.subdivision else self.country


@dataclass(frozen=True, slots=True, order=True)
class Break:
    """Days off from `first` to `last`, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class DaysOff:
    """A calendar: a place's public holidays and own breaks, and the rule for them."""

    region: Region | None = None
    breaks: tuple[Break, ...] = ()
    shift: Shift = Shift.SKIP


NO_DAYS_OFF = DaysOff()


def is_posting_day(day: date, weekdays: frozenset[int], off: DaysOff) -> bool:
    """Whether an edition falls on a day: its own, or one that was moved there.

    A moved edition that meets another one is one with it: a day has one edition.
    """
    if off.region is None and not off.breaks:
        return day.weekday() in weekdays
    if is_off(day, off):
        return False
    return day.weekday() in weekdays or _takes_over(day, weekdays, off)


def is_off(day: date, off: DaysOff) -> bool:
    """Whether a day is a public holiday of the region, or in a break."""
    if any(each.first <= day <= each.last for each in off.breaks):
        return True
    return off.region is not None and day in holidays_of(off.region, day.year)


def _takes_over(day: date, weekdays: frozenset[int], off: DaysOff) -> bool:
    """Whether the free days beside a working day had an edition that is moved to it."""
    if off.shift is Shift.SKIP or not _is_working(day, off):
        return False
    step = DAY if off.shift is Shift.BEFORE else -DAY
    beside = (day + number * step for number in range(1, LONGEST_BREAK + 1))
    free = takewhile(lambda each: not _is_working(each, off), beside)
    return any(each.weekday() in weekdays and is_off(each, off) for each in free)


def _is_working(day: date, off: DaysOff) -> bool:
    return day.weekday() not in weekend_of(off.region) and not is_off(day, off)


@lru_cache(maxsize=2_000)
def holidays_of(region: Region, year: int) -> frozenset[date]:
    """The public holidays of a place in a year; of the country where it has no such part."""
    from holidays import country_holidays  # slow to import, and most channels need none

    return frozenset(country_holidays(region.country, region.subdivision, years=year))


@lru_cache(maxsize=500)
def weekend_of(region: Region | None) -> frozenset[int]:
    """The weekdays on which a place rests, Monday is 0; Saturday and Sunday where none is told."""
    if region is None:
        return frozenset((5, 6))
    from holidays import country_holidays

    return frozenset(country_holidays(region.country, region.subdivision).weekend)


def merged(breaks: Iterable[Break]) -> tuple[Break, ...]:
    """The breaks in their order, overlapping and adjoining ones as one."""
    joined: list[Break] = []
    for each in sorted(breaks):
        if joined and each.first <= joined[-1].last + DAY:
            joined[-1] = Break(joined[-1].first, max(joined[-1].last, each.last))
        else:
            joined.append(each)
    return tuple(joined)


@lru_cache(maxsize=1)
def countries() -> Mapping[str, str]:
    """The countries whose holidays are known: name and code in lower case → two letters."""
    from holidays.registry import COUNTRIES

    found: dict[str, str] = {}
    for name, code, *others in COUNTRIES.values():
        for word in (name, code, *others):
            found[word.casefold()] = code
    return found


@lru_cache(maxsize=300)
def parts(country: str) -> tuple[str, ...]:
    """The parts of a country that have holidays of their own."""
    from holidays import country_holidays

    return tuple(country_holidays(country).subdivisions)
