"""What one line after `/briefings` asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from briefings.calendars import read_date, read_stretch
from briefings.phrases import Misread, nearest
from briefings.tongue import say

LINE_LIMIT = 2_000
"""Characters of a line that are read; nobody types more."""

_ENDLESS = frozenset({"", "forever", "indefinitely"})
_ONE = re.compile(r"^(?:an?|one)\s+")
_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}\.")


@dataclass(frozen=True, slots=True)
class Subscribe:
    """Have the channel's posts as the words say; without words, ask in a form."""

    words: str


@dataclass(frozen=True, slots=True)
class Pause:
    """No posts until a day; without one, until somebody resumes."""

    until: date | None


@dataclass(frozen=True, slots=True)
class Pin:
    """Have a certain briefing on a day; without words, take the pin away."""

    day: date
    words: str


@dataclass(frozen=True, slots=True)
class Release:
    """Go on with what is held of a day, as somebody found it: `post`, `there` or `skip`."""

    day: date
    found: str


@dataclass(frozen=True, slots=True)
class Show:
    """Tell something and change nothing: `list`, `next`, `why`, `status` or `help`."""

    what: str


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on after a pause."""


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    """End the channel's posts."""


Order: TypeAlias = Subscribe | Pause | Resume | Unsubscribe | Pin | Release | Show

SHOWS = ("list", "next", "why", "status", "help")
NEWSROOM = ("write", "edit", "approval", "page", "watched", "discussed", "recap", "discussions")
VERBS = ("subscribe", "pause", "resume", "unsubscribe", "pin", "release", *NEWSROOM, *SHOWS)
FOUND = ("post", "there", "skip")


def read_order(text: str, today: date) -> Order:
    """The order in a line; raises Misread where there is none, with the nearest verb."""
    if len(text) > LINE_LIMIT:
        long = say("This line has more than {number} characters: write a shorter one.")
        raise Misread(long.format(number=LINE_LIMIT))
    verb, _, rest = text.strip().partition(" ")
    verb, rest = verb.casefold().rstrip(":") or "help", rest.strip()
    if verb in SHOWS:
        return Show(verb)
    if verb not in READERS:
        none = say("“{verb}” is none of {verbs}.").format(verb=verb, verbs=", ".join(VERBS))
        raise Misread(f"{none}{nearest(verb, VERBS)}")
    return READERS[verb](rest, today)


def is_shown(text: str) -> bool:
    """Whether a line asks to be told something, and changes nothing."""
    verb = text.strip().partition(" ")[0].casefold().rstrip(":")
    return not verb or verb in SHOWS


def _read_pause(rest: str, today: date) -> Order:
    words = rest.casefold().removeprefix("for ").removeprefix("until ").strip()
    words = _ONE.sub("1 ", words.replace("next week", "monday").removeprefix("next "))
    if words in _ENDLESS:
        return Pause(None)
    if words[0].isdigit() and "-" not in words and not _DOTTED.match(words):
        stretch = _stretch(words)
        if stretch < timedelta(days=1):
            raise Misread(
                say("A pause lasts whole days: write 1 day, 2 weeks, or until 2026-12-01.")
            )
        return Pause(today + timedelta(days=stretch.days))
    until = read_date(words, today)
    if until <= today:
        over = say("A pause ends on a later day than today: {day} is over or has begun.")
        raise Misread(over.format(day=until))
    return Pause(until)


def _stretch(words: str) -> timedelta:
    try:
        return read_stretch(words)
    except Misread:
        none = say(
            "“{text}” is no stretch of time and no day: write 2 weeks, 3 days, or 2026-12-24."
        )
        raise Misread(none.format(text=words)) from None


def _read_pin(rest: str, today: date) -> Order:
    """`tomorrow chery`, `2026-12-01 chery`, or the words alone for today."""
    first, _, words = rest.partition(" ")
    if not first:
        raise Misread(say("Write a day and words of the briefing's title: pin 2026-12-01 chery."))
    try:
        day = read_date(first, today)
    except Misread:
        if (first[0].isdigit() and "-" in first) or _DOTTED.match(first):
            raise
        return Pin(today, rest)
    if day < today:
        over = say("{day} is over: pin a briefing to today or a later day.")
        raise Misread(over.format(day=day))
    return Pin(day, words.strip())


def _read_release(rest: str, today: date) -> Order:
    day, _, found = rest.casefold().partition(" ")
    if found.strip() not in FOUND:
        raise Misread(
            say(
                "Look into the channel, then write the day and what you found: release 2026-12-01"
                " post (it is not there), there (it is), or skip (leave it)."
            )
        )
    return Release(read_date(day, today), found.strip())


def _read_unsubscribe(rest: str, _: date) -> Order:
    """The verb alone: a time after it must not end the channel's other posts."""
    if rest and rest.casefold() not in {"all", "here"}:
        raise Misread(
            say(
                "unsubscribe ends all posts of the channel: write it alone. To end some of them,"
                " write subscribe and the times or days that stay."
            )
        )
    return Unsubscribe()


READERS: Mapping[str, Callable[[str, date], Order]] = {
    "subscribe": lambda rest, _: Subscribe(rest),
    "pause": _read_pause,
    "resume": lambda _, __: Resume(),
    "unsubscribe": _read_unsubscribe,
    "pin": _read_pin,
    "release": _read_release,
}
