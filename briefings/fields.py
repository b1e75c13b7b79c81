"""What can be set about a channel's posts, one word or field each."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from briefings.calendars import read_breaks, read_region, read_stretch
from briefings.daysoff import Shift
from briefings.phrases import (
    Misread,
    looks_like_days,
    looks_like_times,
    nearest,
    read_days,
    read_times,
    read_topics,
    read_zone,
)
from briefings.schedule import Late, Layout
from briefings.terms import Terms

NOTHING = frozenset({"", "none", "no", "off", "-"})
ANYTHING = frozenset({*NOTHING, "all", "any"})

_WORD = re.compile(r'(?:[^\s"]|"[^"]*")+|"')


@dataclass(frozen=True, slots=True)
class Known:
    """What may be named: time zones, and the topics of the library."""

    zones: Collection[str]
    topics: Collection[str]


def read_terms(words: str, terms: Terms, known: Known) -> Terms:
    """The terms with what the words change; what they leave out stays. Raises Misread."""
    for word in _WORD.findall(words):
        name, colon, value = word.replace('"', "").partition(":")
        if colon and name.casefold() in FIELDS:
            terms = FIELDS[name.casefold()](terms, value, known)
        else:
            terms = _read_bare(word, terms, known)
    return terms


def _read_bare(word: str, terms: Terms, known: Known) -> Terms:
    """A word without a name before it: times, days or a zone."""
    if looks_like_times(word):
        return replace(terms, times=read_times(word))
    if looks_like_days(word):
        return replace(terms, weekdays=read_days(word))
    if word.casefold() in {"at", "in", "every", "on", "and"}:
        return terms
    name, colon, _ = word.partition(":")
    if colon:
        offer = nearest(name, FIELDS) or f" There is {', '.join(sorted(FIELDS))}."
        raise Misread(f"“{name}:” is nothing that can be set.{offer}")
    return replace(terms, zone=read_zone(word, known.zones))


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
        raise Misread(
            f"late:{value} is not known: write late:12h for how long a late post is still sent,"
            " late:skip for none, or late:next to send it with the next one."
        ) from None
    if until > timedelta(hours=24):
        raise Misread("A late post is sent on its own day at most: write late:24h or less.")
    return replace(terms, late=Late.SEND, late_until=until)


def _with_rest(terms: Terms, value: str) -> Terms:
    if value.casefold() in {"forever", "never", "always"}:
        return replace(terms, repeats=False)
    days = read_stretch(value if not value.isdigit() else f"{value}d").days
    if days < 1:
        raise Misread("A briefing rests for whole days: write rest:90d, or rest:forever.")
    return replace(terms, repeats=True, rest=timedelta(days=days))


def _one_of(kind: type[Shift | Layout], name: str, value: str) -> Shift | Layout:
    try:
        return kind(value.casefold())
    except ValueError:
        allowed = [each.value for each in kind]
        ways = " or ".join(f"{name}:{each}" for each in allowed)
        raise Misread(
            f"{name}:{value} is not known: write {ways}.{nearest(value, allowed)}"
        ) from None


FIELDS: Mapping[str, Callable[[Terms, str, Known], Terms]] = {
    "at": lambda terms, value, _: replace(terms, times=read_times(value)),
    "days": lambda terms, value, _: replace(terms, weekdays=read_days(value)),
    "zone": lambda terms, value, known: replace(terms, zone=read_zone(value, known.zones)),
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
