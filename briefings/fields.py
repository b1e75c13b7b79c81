"""What can be set about a channel's posts, one word or field each."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from briefings.calendars import read_breaks, read_region, read_stretch
from briefings.daysoff import Shift
from briefings.phrases import (
    DAY_NAMES,
    Misread,
    looks_like_days,
    looks_like_times,
    nearest,
    read_days,
    read_times,
    read_topics,
    there_is,
)
from briefings.schedule import Late, Layout
from briefings.terms import Terms
from briefings.tongue import say
from briefings.words import any_of
from briefings.zones import offer_zone, read_zone

NOTHING = frozenset({"", "none", "no", "off", "-"})
ANYTHING = frozenset({*NOTHING, "all", "any"})

_WORD = re.compile(r'(?:[^\s"]|"[^"]*")+|"')
_QUOTED = re.compile(r'("[^"]*")')
_HOUR = re.compile(r"\d{1,2}(?:,\d{1,2})*")
_FILLERS = frozenset({"at", "in", "every", "on", "and", ","})
_LOOSE = (
    (re.compile(r"\s*([,/])\s*"), r"\1"),
    (re.compile(r"(?<=\d)\s+(?=[ap]m\b)", re.IGNORECASE), ""),
    (re.compile(r"(?<=:)(\d+)\s+(?=(?:days?|weeks?|hours?)\b)", re.IGNORECASE), r"\1"),
    (re.compile(r"\bevery\s+day\b", re.IGNORECASE), "daily"),
    (
        re.compile(r"\b(topics|not|holidays|off|zone|layout|shift|late|rest):\s+", re.IGNORECASE),
        r"\1:",
    ),
)
"""What people write apart that belongs together, and how it is written as one word."""


@dataclass(frozen=True, slots=True)
class Known:
    """What may be named: time zones, and the topics of the library."""

    zones: Collection[str]
    topics: Collection[str]


def read_terms(words: str, terms: Terms, known: Known) -> Terms:
    """The terms with what the words change; what they leave out stays. Raises Misread."""
    times: list[str] = []
    days: list[str] = []
    for word in _WORD.findall(_tidied(words, known.zones)):
        name, colon, value = word.replace('"', "").partition(":")
        if colon and name.casefold() in FIELDS:
            terms = FIELDS[name.casefold()](terms, value, known)
        elif looks_like_times(word) or _HOUR.fullmatch(word):
            times.append(word)
        elif looks_like_days(word):
            days.append(word)
        elif word.casefold() not in _FILLERS:
            terms = _read_zone(word, terms, known)
    return _with_bare(terms, times, days)


def _tidied(words: str, zones: Collection[str]) -> str:
    """The line with each list and each name of a place as one word; what is quoted stays."""
    parts = _QUOTED.split(words)
    return "".join(each if each.startswith('"') else _joined(each, zones) for each in parts)


def _joined(words: str, zones: Collection[str]) -> str:
    for found, become in _LOOSE:
        words = found.sub(become, words)
    cities = {each.rpartition("/")[2].replace("_", " ") for each in zones if "_" in each}
    if not cities:
        return words
    spaced = "|".join(re.escape(each) for each in sorted(cities, key=len, reverse=True))
    return re.sub(
        rf"\b(?:{spaced})\b", lambda city: city[0].replace(" ", "_"), words, flags=re.IGNORECASE
    )


def _with_bare(terms: Terms, times: list[str], days: list[str]) -> Terms:
    """The terms with all bare times and days of a line: `mon wed 08:30 16:00` means all four."""
    if times:
        terms = replace(terms, times=read_times(",".join(times)))
    return replace(terms, weekdays=read_days(",".join(days))) if days else terms


def _read_zone(word: str, terms: Terms, known: Known) -> Terms:
    """A word that can be nothing but a zone, or a name that is none of the fields."""
    name, colon, _ = word.partition(":")
    if colon and word[0] not in "+-":
        offer = nearest(name, FIELDS) or there_is(sorted(FIELDS))
        none = say("“{name}:” is nothing that can be set.")
        raise Misread(f"{none.format(name=name)}{offer}")
    try:
        return replace(terms, zone=read_zone(word, known.zones))
    except Misread:
        if nearest(word, DAY_NAMES):
            read_days(word)
        if "/" in word or not word.isalpha() or offer_zone(word, known.zones):
            raise
    none = say(
        "“{word}” means no day, no time and no time zone here: write weekdays 08:30 Europe/Berlin."
    )
    raise Misread(none.format(word=word))


def _with_shift(terms: Terms, value: str) -> Terms:
    shift = Shift(_one_of(Shift, "shift", value))
    return replace(terms, off=replace(terms.off, shift=shift))


def _with_region(terms: Terms, value: str) -> Terms:
    region = None if value.casefold() in NOTHING else read_region(value)
    return replace(terms, off=replace(terms.off, region=region))


def _with_breaks(terms: Terms, value: str) -> Terms:
    breaks = () if value.casefold() in NOTHING else read_breaks(value)
    return replace(terms, off=replace(terms.off, breaks=breaks))


def _with_topics(terms: Terms, value: str, known: Known) -> Terms:
    wanted = frozenset[str]() if value.casefold() in ANYTHING else read_topics(value, known.topics)
    return replace(terms, topics=wanted)


def _without(terms: Terms, value: str, known: Known) -> Terms:
    barred = frozenset[str]() if value.casefold() in NOTHING else read_topics(value, known.topics)
    return replace(terms, without=barred)


def _with_late(terms: Terms, value: str) -> Terms:
    if value.casefold() in {Late.SKIP, Late.NEXT}:
        return replace(terms, late=Late(value.casefold()))
    if value.casefold() == Late.SEND:
        return replace(terms, late=Late.SEND)
    try:
        until = read_stretch(value)
    except Misread:
        unknown = say(
            "late:{value} is not known: write late:12h for how long a late post is still sent,"
            " late:skip for none, or late:next to send it with the next one."
        )
        raise Misread(unknown.format(value=value)) from None
    if until > timedelta(hours=24):
        raise Misread(say("A late post is sent on its own day at most: write late:24h or less."))
    return replace(terms, late=Late.SEND, late_until=until)


def _with_rest(terms: Terms, value: str) -> Terms:
    if value.casefold() in {"forever", "never", "always"}:
        return replace(terms, repeats=False)
    days = read_stretch(value if not value.isdigit() else f"{value}d").days
    if days < 1:
        raise Misread(say("A briefing rests for whole days: write rest:90d, or rest:forever."))
    return replace(terms, repeats=True, rest=timedelta(days=days))


def _one_of(kind: type[Shift | Layout], name: str, value: str) -> Shift | Layout:
    try:
        return kind(value.casefold())
    except ValueError:
        allowed = [each.value for each in kind]
        ways = any_of([f"{name}:{each}" for each in allowed])
        unknown = say("{name}:{value} is not known: write {ways}.")
        told = unknown.format(name=name, value=value, ways=ways)
        raise Misread(f"{told}{nearest(value, allowed)}") from None


FIELDS: Mapping[str, Callable[[Terms, str, Known], Terms]] = {
    "at": lambda terms, value, _: replace(terms, times=read_times(value)),
    "days": lambda terms, value, _: replace(terms, weekdays=read_days(value)),
    "zone": lambda terms, value, known: replace(terms, zone=read_zone(value, known.zones)),
    "tz": lambda terms, value, known: replace(terms, zone=read_zone(value, known.zones)),
    "topics": _with_topics,
    "not": _without,
    "holidays": lambda terms, value, _: _with_region(terms, value),
    "off": lambda terms, value, _: _with_breaks(terms, value),
    "shift": lambda terms, value, _: _with_shift(terms, value),
    "layout": lambda terms, value, _: replace(
        terms, layout=Layout(_one_of(Layout, "layout", value))
    ),
    "late": lambda terms, value, _: _with_late(terms, value),
    "rest": lambda terms, value, _: _with_rest(terms, value),
}
"""What stands before a colon; every value is one word, with commas in it."""
