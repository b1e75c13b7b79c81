"""Where the words of a query stand in a text, in spite of case, accents and typing mistakes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeAlias
from unicodedata import normalize

import regex

from bot.library.folding import forms
from bot.library.slips import BEGINNING, is_slip, slips_in
from briefings.search import MatchKind

Place: TypeAlias = tuple[int, int]
"""Where something starts and ends in a text."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Matched:
    """A text as it is compared, letter by letter as long as the original, and what is found there.

    `words` has the forms of each word that stands in the text, the rarest word first.
    """

    text: str
    words: tuple[tuple[str, ...], ...]
    kind: MatchKind

    def places(self, start: int, end: int, words: int | None = None) -> Iterator[Place]:
        """The places between start and end of the first so many words, of all if not said."""
        found = _pattern(self.words[:words], self.kind).finditer(
            self.text, start, end, overlapped=True
        )
        return (match.span() for match in found)


def match_words(text: str, words: Sequence[str], kind: MatchKind) -> Matched | None:
    """What of the words stands in the text; nothing where none does."""
    lower = text.lower()
    found = _present(lower, words, kind) if len(lower) == len(text) else ()
    if found or text.isascii():
        return Matched(lower, found, kind) if found else None
    flat = "".join(map(_flat, text))
    found = _present(flat, words, kind)
    return Matched(flat, found, kind) if found else None


@cache
def _flat(char: str) -> str:
    """The character without accent and case, always one for one."""
    return (normalize("NFKD", char)[:1].casefold() or char)[0]


def _present(text: str, words: Sequence[str], kind: MatchKind) -> tuple[tuple[str, ...], ...]:
    """The forms of the words that are there, rarest first."""
    meant = _meant(text, words) if kind is MatchKind.TYPO else map(forms, _telling(words))
    counted = ((sum(map(text.count, same)), same) for same in meant)
    return tuple(same for count, same in sorted(counted, key=lambda pair: pair[0]) if count)


def _telling(words: Sequence[str]) -> Sequence[str]:
    """Without single letters, unless nothing else was asked for."""
    return [word for word in words if len(word) > 1 or not word.isascii()] or words


def _meant(text: str, words: Sequence[str]) -> list[tuple[str, ...]]:
    """The words of the text that the mistyped ones stand for."""
    there = set(_WORD.findall(text))
    return [found for word in _telling(words) if (found := _surest(word, there))]


def _surest(word: str, there: set[str]) -> tuple[str, ...]:
    """The word itself, else words that it begins, else words it is mistyped for."""
    if same := there.intersection(forms(word)):
        return tuple(same)
    if len(word) >= BEGINNING and (begun := [each for each in there if each.startswith(word)]):
        return tuple(begun)
    most, size = slips_in(word), len(word)
    near = [each for each in there if -most <= len(each) - size <= most]
    return tuple(each for each in near if is_slip(word, each))


@lru_cache(maxsize=1_000)
def _pattern(words: tuple[tuple[str, ...], ...], kind: MatchKind) -> regex.Pattern[str]:
    rest = r"\w*" if kind is MatchKind.PREFIX else r"(?!\w)"
    found = sorted((form for word in words for form in word), key=len, reverse=True)
    return regex.compile("|".join(_one(form, rest) for form in found))


def _one(word: str, rest: str) -> str:
    """Pairs of a script without blanks stand inside others; whole words stand alone."""
    is_pair = len(word) <= 2 and not word.isascii()
    return regex.escape(word) if is_pair else rf"(?<!\w){regex.escape(word)}{rest}"
