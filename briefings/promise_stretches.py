"""Stretches of time that a line names (next week, March, a quarter), and their last days."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TypeAlias

from briefings.promise_tense import is_ahead
from briefings.reading.dates import MONTHS

SOON = timedelta(days=300)
"""How far ahead a day may be that is told without its year."""

_Ends: TypeAlias = Callable[[re.Match[str], date], date | None]

_COUNTS = {
    name: number
    for number, names in enumerate(
        (
            "a an one einem einer",
            "two zwei",
            "three drei",
            "four vier",
            "five fünf",
            "six sechs",
            "seven sieben",
            "eight acht",
            "nine neun",
            "ten zehn",
        ),
        start=1,
    )
    for name in names.split()
}
_NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
_NUMBERS |= {"ersten": 1, "zweiten": 2, "dritten": 3, "vierten": 4, "letzten": 4}
_NUMBERS |= {"一": 1, "二": 2, "三": 3, "四": 4}
_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_ALIKE = frozenset({"may", "mar", "march", "mai", "mars", "set", "dez"})
"""Names of months that are words of their own in small letters."""


def ends_in(line: str, today: date) -> Iterator[date]:
    """The last days of the stretches that a line names, of those ahead alone."""
    for pattern, ends, sure in _STRETCHES:
        for found in pattern.finditer(line):
            day = ends(found, today)
            if day and (sure or is_ahead(line, found.start())):
                yield day


def month_named(name: str) -> int:
    """The number of a month; 0 for a word that only looks like one."""
    return 0 if name in _ALIKE else MONTHS.get(name.casefold(), 0)


def _in_month(found: re.Match[str], today: date) -> date | None:
    """`in March`, `early March`, `by the end of March 2027`."""
    month, year = month_named(found[2]), int(found[3] or 0)
    if not month:
        return None
    last = _end_of_month(year or today.year, month)
    if not year and last <= today:
        last = _end_of_month(today.year + 1, month)
    if not year and last > today + SOON:
        return None
    part = found[1].casefold()
    if re.search(r"early|anfang|beginning|start", part):
        return last.replace(day=10)
    return last.replace(day=20) if re.search(r"mid|mitte", part) else last


def _in_quarter(found: re.Match[str], today: date) -> date | None:
    name, year = found[1].casefold(), int(found[2] or 0)
    number = int(name) if name.isdecimal() else _NUMBERS[name]
    last = _end_of_quarter(year or today.year, number)
    return last if year or last > today else _end_of_quarter(today.year + 1, number)


def _in_half(found: re.Match[str], _: date) -> date:
    second = found[1].casefold() in {"h2", "second half of", "second half"}
    return date(int(found[2]), 12, 31) if second else date(int(found[2]), 6, 30)


def _in_a_while(found: re.Match[str], today: date) -> date:
    number = _COUNTS.get(found[1].casefold()) or int(found[1])
    unit = found[2].casefold()
    if unit.startswith("mon"):
        last = _end_of_month(today.year, today.month + number)
        return last.replace(day=min(last.day, today.day))
    return today + timedelta(days=number * (7 if unit.startswith("wee") or "woch" in unit else 1))


def _next_stretch(found: re.Match[str], today: date) -> date:
    match found[1].casefold():
        case "week" | "woche" | "周" | "星期":
            return today + timedelta(days=11 - today.weekday())
        case "month" | "monat" | "月":
            return _end_of_month(today.year, today.month + 1)
        case "quarter":
            return _end_of_quarter(today.year, (today.month - 1) // 3 + 2)
        case _:
            return date(today.year + 1, 12, 31)


def _end_of_year(found: re.Match[str], today: date) -> date:
    return date(int(found[1]) if found.lastindex else today.year, 12, 31)


def _end_of_month(year: int, month: int) -> date:
    """The last day of a month; the 13th is January of the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, monthrange(year, month)[1])


def _end_of_quarter(year: int, number: int) -> date:
    return _end_of_month(year, number * 3)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_STRETCHES: tuple[tuple[re.Pattern[str], _Ends, bool], ...] = (
    (
        _pattern(
            r"\b((?:in |by |until |before )?(?:early|mid|late)|in|by|until|before|(?:by |at |until "
            r")?(?:the )?(?:beginning|start|end) of|im|(?:bis |im )?(?:anfang|mitte|ende))[ -]"
            rf"({_NAMES})\b(?!\.? \d{{1,2}}\b)(?:,? (20\d\d))?"
        ),
        _in_month,
        False,
    ),
    (re.compile(r"\bQ([1-4])(?:[ /](?:of )?(20\d\d))?\b"), _in_quarter, False),
    (
        _pattern(
            r"\b(?:the|im) (first|second|third|fourth|last|ersten|zweiten|dritten|vierten|letzten)"
            r" (?:quarter|quartal)(?: (?:of )?(20\d\d))?\b"
        ),
        _in_quarter,
        False,
    ),
    (
        re.compile(r"(20\d\d)年第?([一二三四])季度"),
        lambda found, _: _end_of_quarter(int(found[1]), _NUMBERS[found[2]]),
        True,
    ),
    (_pattern(r"\b(H[12]|(?:first|second) half(?: of)?) (20\d\d)\b"), _in_half, False),
    (
        _pattern(
            r"\b(?:in|within|innerhalb von|binnen) (?:the (?:next|coming) )?"
            rf"(\d{{1,2}}|{'|'.join(_COUNTS)}) "
            r"(days?|weeks?|months?|tagen?|wochen?|monaten?)\b(?! of)"
        ),
        _in_a_while,
        False,
    ),
    (
        _pattern(r"\bnext (week|month|quarter|year)\b|\bnächste[nrs]? (woche|monat|jahr)\b"),
        lambda found, today: _next_stretch(re.fullmatch(r"\S+ (\S+)", found[0]) or found, today),
        True,
    ),
    (re.compile(r"下个?(周|星期|月)(?![一二三四五六日天])"), _next_stretch, True),
    (_pattern(r"\b(?:by|in|before|until|end of|ende|bis) (20\d\d)\b"), _end_of_year, False),
    (
        _pattern(
            r"\blater this year\b|\bby year-end\b|\bend of (?:the|this) year\b|\bjahresende\b"
        ),
        _end_of_year,
        False,
    ),
)
