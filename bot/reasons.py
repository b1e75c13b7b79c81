"""Reasons are kept in English; here they are told in the language that is spoken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from string import Formatter

from bot import causes
from bot.delivery import reasons
from bot.platforms.registry import rooms
from bot.store.releasing import RELEASED
from briefings.tongue import ENGLISH, say, spoken


def in_words(reason: str) -> str:
    """A reason as it was kept, told in the language that is spoken; English where it is unknown."""
    if spoken().language == ENGLISH or (told := say(reason)) != reason:
        return say(reason)
    for sentence, pattern in _patterns():
        if found := pattern.fullmatch(reason):
            places = {name: in_words(text) for name, text in found.groupdict().items()}
            return say(sentence).format(**places)
    return told


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The sentences with places, those with the most letters first, and what they look like."""
    with_places = sorted((each for each in _all() if "{" in each), key=len, reverse=True)
    return tuple((each, re.compile(_pattern(each), re.DOTALL)) for each in with_places)


def _all() -> Iterator[str]:
    yield from causes.ALL
    yield from reasons.ALL
    yield RELEASED
    for room in rooms():
        yield from room.refusals


def _pattern(sentence: str) -> str:
    told = Formatter().parse(sentence)
    return "".join(re.escape(text) + (f"(?P<{name}>.+)" if name else "") for text, name, *_ in told)
