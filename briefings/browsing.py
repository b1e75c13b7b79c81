"""Browsing: what people mean by a topic or by days, and the briefings that have them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from heapq import nlargest
from operator import add
from typing import TypeAlias, assert_never

from briefings import words
from briefings.model import Entry, Library
from briefings.search import Hit, MatchKind, Results, cut_query

LIKELY = 50
"""Topics that are compared letter by letter with one that no briefing has."""

TIMES_AS_LONG = 3
"""How much longer a topic may be that is compared: longer ones are never alike."""


@dataclass(frozen=True, slots=True)
class About:
    """Briefings of a topic."""

    topic: str


@dataclass(frozen=True, slots=True)
class Days:
    """Briefings dated from the first day to the last."""

    first: date
    last: date


Wish: TypeAlias = About | Days

_TOPIC = re.compile(r"topic\s*:\s*(.+)", re.IGNORECASE | re.DOTALL)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:\.\.(\d{4})-(\d{2})-(\d{2}))?")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"(?:in )?(20\d{2})", re.IGNORECASE)


def wish_in(query: str, today: date) -> Wish | None:
    """What somebody wants to browse; nothing where the query is words to look for.

    Weeks begin on Monday. https://www.iso.org/iso-8601-date-and-time-format.html
    """
    text = " ".join(cut_query(query)[0].split())
    if found := _TOPIC.fullmatch(text):
        return About(found[1].strip("\"'“”„ "))
    return _spoken(text.casefold(), today) or _written(text)


def named(wish: Wish) -> str:
    """The query that means this wish on any day."""
    match wish:
        case About(topic):
            return f"topic:{topic}"
        case Days(first, last) if first == last:
            return first.isoformat()
        case Days(first, last):
            return f"{first.isoformat()}..{last.isoformat()}"
        case _:
            assert_never(wish)


def browse(library: Library, wish: Wish, limit: int, offset: int) -> Results:
    """A page of the briefings that a wish means, newest first."""
    found = sorted(_meant(library, wish), key=lambda entry: entry.id)
    found.sort(key=day_of, reverse=True)
    hits = tuple(
        Hit(entry.id, entry.briefing.title, 1.0, MatchKind.WORDS)
        for entry in found[offset : offset + limit]
    )
    nearest = () if found else _near(library, wish)
    return Results(named(wish), hits, len(found), nearest=nearest, title=titled(wish))


def titled(wish: Wish) -> str:
    """What a wish is called above its answer."""
    match wish:
        case About(topic):
            return words.on_topic(topic)
        case Days(first, last):
            return words.of_days(first, last)
        case _:
            assert_never(wish)


def topics_of(library: Library) -> list[tuple[str, int]]:
    """Each topic in its commonest spelling with the number of its briefings, the most first."""
    spelled: dict[str, Counter[str]] = {}
    for entry in library.values():
        own = {each.casefold(): each for each in reversed(entry.briefing.topics)}
        for folded, topic in own.items():
            spelled.setdefault(folded, Counter())[topic] += 1
    counted = [(each.most_common(1)[0][0], each.total()) for each in spelled.values()]
    return sorted(counted, key=lambda pair: (-pair[1], pair[0].casefold()))


def day_of(entry: Entry) -> date:
    """The day that a briefing belongs to: its own, else the one on which it came in."""
    return entry.briefing.date or entry.added.date()


def _meant(library: Library, wish: Wish) -> Iterable[Entry]:
    match wish:
        case About(topic):
            wanted = topic.casefold()
            return (
                entry
                for entry in library.values()
                if any(each.casefold() == wanted for each in entry.briefing.topics)
            )
        case Days(first, last):
            return (entry for entry in library.values() if first <= day_of(entry) <= last)
        case _:
            assert_never(wish)


def _near(library: Library, wish: Wish) -> tuple[str, ...]:
    """Topics that are spelled like the one that no briefing has."""
    if isinstance(wish, Days):
        return ()
    spelled = {name.casefold(): name for name, _ in topics_of(library)}
    wanted = wish.topic.casefold()
    close = get_close_matches(wanted, _likely(wanted, spelled), n=5)
    return tuple(named(About(spelled[each])) for each in close)


def _likely(wanted: str, names: Iterable[str]) -> list[str]:
    """The names with the most letters and pairs in common: comparing all would take seconds."""
    parts = _parts(wanted)
    near = (name for name in names if len(name) <= len(wanted) * TIMES_AS_LONG)
    return nlargest(LIKELY, near, key=lambda name: len(parts & _parts(name)))


def _parts(name: str) -> set[str]:
    return {*name, *map(add, name, name[1:])}


def _spoken(text: str, today: date) -> Days | None:
    monday = today - timedelta(days=today.weekday())
    month = today.replace(day=1)
    match text:
        case "today":
            return Days(today, today)
        case "yesterday":
            return _only(today - timedelta(days=1))
        case "tomorrow":
            return _only(today + timedelta(days=1))
        case "this week":
            return Days(monday, monday + timedelta(days=6))
        case "last week":
            return Days(monday - timedelta(days=7), monday - timedelta(days=1))
        case "this month":
            return _month(month)
        case "last month":
            return _month((month - timedelta(days=1)).replace(day=1))
        case _:
            return None


def _written(text: str) -> Days | None:
    try:
        if found := _DAY.fullmatch(text):
            first = date(*map(int, found.groups()[:3]))
            return Days(first, date(*map(int, found.groups()[3:])) if found[4] else first)
        if found := _MONTH.fullmatch(text):
            return _month(date(int(found[1]), int(found[2]), 1))
        if found := _YEAR.fullmatch(text):
            return Days(date(int(found[1]), 1, 1), date(int(found[1]), 12, 31))
    except (ValueError, OverflowError):
        return None
    return None


def _only(day: date) -> Days:
    return Days(day, day)


def _month(first: date) -> Days:
    """All days of a month."""
    return Days(first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1))
