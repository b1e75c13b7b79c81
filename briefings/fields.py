"""What can be set about a channel's posts, one word or field each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from briefings.calendars import read_breaks, read_region, read_stretch
from briefings.daysoff import Shift
from briefings.languages import read_language
from briefings.phrases import (
    Misread,
    nearest,
    read_days,
    read_times,
    read_topics,
)
from briefings.schedule import Late, Layout
from briefings.terms import Terms
from briefings.tongue import ENGLISH, say
from briefings.words import any_of
from briefings.zones import read_zone

NOTHING = frozenset({"", "none", "no", "off", "-"})
ANYTHING = frozenset({*NOTHING, "all", "any"})


@dataclass(frozen=True, slots=True)
class Known:
    """What may be named: time zones, the topics of the library, and languages."""

    zones: Collection[str]
    topics: Collection[str]
    languages: Collection[str] = (ENGLISH,)


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
    "language": lambda terms, value, known: replace(
        terms, language=read_language(value, known.languages)
    ),
}
"""What stands before a colon; every value is one word, with commas in it."""
