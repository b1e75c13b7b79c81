"""Dates where a document surely states its own: fields, labels, by-lines, titles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

_NAMES = (
    "jan january januar janvier enero gennaio janeiro januari января",
    "feb february februar février fevrier febrero febbraio fevereiro februari февраля",
    "mar march märz maerz mars marzo março maart марта",
    "apr april avril abril aprile апреля",
    "may mai mayo maggio maio mei мая",
    "jun june juni juin junio giugno junho июня",
    "jul july juli juillet julio luglio julho июля",
    "aug august août aout agosto augustus августа",
    "sep sept september septembre septiembre settembre setembro сентября",
    "oct october okt oktober octobre octubre ottobre outubro октября",
    "nov november novembre noviembre novembro ноября",
    "dec december dez dezember décembre decembre diciembre dicembre dezembro декабря",
)
MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}
"""The months, 1 to 12, by their names in lower case."""
_MONTH = r"([^\W\d_]{3,10})\.?"
_YEAR = r"((?:19|20)\d\d)"
_NOT = r"(?<![\d.\-/])"
_FORMS = (
    (re.compile(_NOT + _YEAR + r"([-/.])(\d{1,2})\2(\d{1,2})(?![\d\-/])"), "y_md"),
    (re.compile(_YEAR + r"\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日"), "ymd"),
    (re.compile(_YEAR + r"년\s*(\d{1,2})월\s*(\d{1,2})일"), "ymd"),
    (
        re.compile(r"(?<![\w.])" + _MONTH + r"\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+" + _YEAR + r"\b"),
        "mdy",
    ),
    (
        re.compile(
            _NOT
            + r"(\d{1,2})(?:st|nd|rd|th|\.)?[\s-](?:de |of )?"
            + _MONTH
            + r",?[\s-](?:de )?"
            + _YEAR
        ),
        "dmy",
    ),
    (re.compile(_NOT + r"(\d{1,2})([-/.])(\d{1,2})\2" + _YEAR + r"(?![\d\-/])"), "d_my"),
)
_LABEL = re.compile(
    r"(?:last |first |original )?(?:date|dated|published|posted|updated|generated|issued|created"
    r"|released|as of|datum|fecha|data|stand|日付|(?:发布|更新)?(?:日期|时间|日)|发布|更新)"
    r"(?: on| at| date)?(?:\s*[:：]\s*|\s+)(.+)",
    re.IGNORECASE,
)
_MARKS = re.compile(r"^[\s>#|-]*|\*\*|__|[*_`]")
_LONGEST = 100
"""Characters of a by-line; a date in a longer line is the date of some event."""


def dates_in(text: str) -> list[date]:
    """Every full date in the text, in the order in which they stand."""
    return [day for _, day in placed_dates(text)]


def placed_dates(text: str) -> list[tuple[range, date]]:
    """Every full date in the text and the characters that tell it, in their order."""
    found = [
        (range(*match.span()), day)
        for pattern, form in _FORMS
        for match in pattern.finditer(text)
        if (day := _date(form, match.groups()))
    ]
    return sorted(found, key=lambda each: (each[0].start, each[1]))


def date_of(text: str) -> date | None:
    """The single date that the text states; nothing where it states none or several."""
    days = set(dates_in(text))
    return days.pop() if len(days) == 1 else None


def stated_date(lines: Iterable[str]) -> date | None:
    """The date of a document by its first lines: a labelled one, else a by-line's."""
    bare = [_MARKS.sub("", line).strip() for line in lines]
    for line in bare:
        if (label := _LABEL.match(line)) and (day := _first(label[1])):
            return day
    by_lines = (line for line in bare if len(line) <= _LONGEST and not line.endswith((".", "。")))
    return next((day for line in by_lines if (day := date_of(line))), None)


def _first(text: str) -> date | None:
    return next(iter(dates_in(text[:_LONGEST])), None)


def _date(form: str, parts: tuple[str, ...]) -> date | None:
    match form:
        case "y_md":
            year, month, day = parts[0], parts[2], parts[3]
        case "ymd":
            year, month, day = parts
        case "mdy":
            month, day, year = str(MONTHS.get(parts[0].lower(), 0)), parts[1], parts[2]
        case "dmy":
            day, month, year = parts[0], str(MONTHS.get(parts[1].lower(), 0)), parts[2]
        case _:
            day, separator, month, year = parts
            if separator == "/" and int(day) <= 12 and day != month:
                return None if int(month) <= 12 else _valid(year, day, month)
            if int(month) > 12:
                day, month = month, day
    return _valid(year, month, day)


def _valid(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
