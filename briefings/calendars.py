"""Reads what people type about calendars: regions, breaks, dates and stretches of time."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from difflib import get_close_matches

from briefings.daysoff import Break, Region, countries, merged, parts
from briefings.phrases import Misread, did_you_mean, listed, nearest, there_is, weekday
from briefings.tongue import say
from briefings.words import month as month_of

MOST_BREAKS = 50
LONGEST = timedelta(days=3_660)

_STRETCH = re.compile(
    r"(\d{1,5})\s*(minutes?|mins?|m|hours?|h|days?|d|weeks?|wks?|w|months?)", re.IGNORECASE
)
_ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)")
_UNITS = {"mi": 1 / 1440, "m": 1 / 1440, "h": 1 / 24, "d": 1, "w": 7, "mo": 30}


def read_region(text: str) -> Region:
    """A country, or a part of one: `DE`, `Germany`, `DE-BY`."""
    country, _, part = text.strip().partition("-")
    known = countries()
    name = country.replace(" ", "").casefold()
    code = known.get(name)
    if code is None:
        near = get_close_matches(name, list(known), n=1, cutoff=0.6)
        offer = f" {did_you_mean(known[near[0]])}" if near else ""
        none = say(
            "“{text}” is no country whose holidays are known: write its two letters, such as DE or"
            " US."
        )
        raise Misread(f"{none.format(text=country)}{offer}")
    allowed = {each.casefold(): each for each in parts(code)}
    if not part:
        return Region(code)
    if part.strip().casefold() not in allowed:
        some = nearest(part, allowed.values()) or there_is(sorted(parts(code))[:20])
        none = say("{country} has no part “{part}” with holidays of its own.")
        raise Misread(f"{none.format(country=code, part=part)}{some}")
    return Region(code, allowed[part.strip().casefold()])


def read_breaks(text: str) -> tuple[Break, ...]:
    """Own days off: `2026-12-24..2027-01-01, 2026-11-30`."""
    found = merged(_break(part) for part in listed(text))
    if len(found) > MOST_BREAKS:
        most = say("A channel has at most {number} breaks: remove those that are over.")
        raise Misread(most.format(number=MOST_BREAKS))
    return found


def _break(text: str) -> Break:
    first, _, last = (part.strip() for part in text.partition(".."))
    start = read_iso(first)
    end = read_iso(last) if last else start
    if end < start:
        wrong = say("The break {text} ends before it begins: write the earlier day first.")
        raise Misread(wrong.format(text=text))
    if end - start > timedelta(days=366):
        long = say("The break {text} is longer than a year: use /briefings pause instead.")
        raise Misread(long.format(text=text))
    return Break(start, end)


def read_iso(text: str) -> date:
    """A date as `2026-11-24`."""
    text = text.strip()
    match = _ISO.fullmatch(text)
    if match is None:
        raise Misread(say("“{text}” is no date: write it as 2026-11-24.").format(text=text))
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    if not 1 <= month <= 12:
        raise Misread(say("“{text}” is no date: a year has the months 01 to 12.").format(text=text))
    if not 2000 <= year <= 2200:
        never = say("“{text}” is no date of a briefing: take a year from 2000 to 2200.")
        raise Misread(never.format(text=text))
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        there = date(year, month, last)
        none = say("“{text}” is no date: {month} has {number} days.")
        told = none.format(text=text, month=month_of(there), number=last)
        raise Misread(f"{told} {did_you_mean(str(there))}")
    return date(year, month, day)


def read_date(text: str, today: date) -> date:
    """A date: `2026-11-24`, `today`, `tomorrow`, or the next `friday`."""
    word = text.strip().casefold()
    if word in {"today", "tomorrow"}:
        return today + timedelta(days=word == "tomorrow")
    number = weekday(word)
    if number is not None:
        return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    return read_iso(text)


def read_stretch(text: str) -> timedelta:
    """A stretch of time: `2 weeks`, `12h`, `90 minutes`."""
    match = _STRETCH.fullmatch(text.strip())
    if match is None:
        none = say("“{text}” is no stretch of time: write it as 2 weeks, 3 days or 12h.")
        raise Misread(none.format(text=text.strip()))
    unit = match[2].casefold()
    days = _UNITS.get(unit[:2], _UNITS[unit[0]]) if unit[0] == "m" else _UNITS[unit[0]]
    minutes = round(int(match[1]) * days * 1440)
    if not 0 < minutes <= LONGEST // timedelta(minutes=1):
        wrong = say("“{text}” is too short or too long: take up to 10 years.")
        raise Misread(wrong.format(text=text.strip()))
    return timedelta(minutes=minutes)
