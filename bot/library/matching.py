"""Where the words of a query stand in a text, in spite of case, accents and typing mistakes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import merge
from itertools import groupby
from typing import TypeAlias
from unicodedata import normalize

from bot.library.folding import forms
from bot.library.slips import BEGINNING, is_slip, slips_in
from briefings.search import MatchKind

Place: TypeAlias = tuple[int, int]
"""Where something starts and ends in a text."""

_WORD, _LETTER, _LETTERS = re.compile(r"\w+"), re.compile(r"\w"), re.compile(r"(\w*)")


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
        told = {form for word in self.words[:words] for form in word}
        found = [self._standing(form, start, end) for form in told]
        each = found[0] if len(found) == 1 else merge(*found)
        return (place for place, _ in groupby(each))

    def _standing(self, form: str, start: int, end: int) -> Iterator[Place]:
        """Where a form stands: by `find`, which is ten times as quick as a regular expression."""
        at = self.text.find(form, start, end)
        while at >= 0:
            stop = self._stop(form, at, end)
            if stop:
                yield at, stop
            at = self.text.find(form, at + 1, end)

    def _stop(self, form: str, at: int, end: int) -> int:
        """Where the form's word stops; 0 where the letters only happen to be in another word."""
        stop = at + len(form)
        if _is_pair(form):
            return stop
        if at and _LETTER.match(self.text, at - 1):
            return 0
        if self.kind is MatchKind.PREFIX:
            rest = _LETTERS.match(self.text, stop, end)
            return rest.end() if rest else stop
        return 0 if _LETTER.match(self.text, stop, end) else stop


def match_words(text: str, title: str, words: Sequence[str], kind: MatchKind) -> Matched | None:
    """What of the words stands in the text; nothing where none does.

    Mistyped words stand for words of the title, or of the text where the title has none.
    """
    lower = text.lower()
    if len(lower) == len(text) and (found := _present(lower, title, words, kind)):
        return Matched(lower, found, kind)
    if text.isascii():
        return None
    leveled = flat(text)
    found = _present(leveled, title, words, kind)
    return Matched(leveled, found, kind) if found else None


def flat(text: str) -> str:
    """The text without accents and case, letter by letter as long as the original."""
    return "".join(map(_flat, text))


@cache
def _flat(char: str) -> str:
    """The character without accent and case, always one for one."""
    return (normalize("NFKD", char)[:1].casefold() or char)[0]


def _present(
    text: str, title: str, words: Sequence[str], kind: MatchKind
) -> tuple[tuple[str, ...], ...]:
    """The forms of the words that are there, rarest first."""
    told = _telling(words)
    meant = _meant(text, title, told) if kind is MatchKind.TYPO else map(forms, told)
    counted = ((sum(map(text.count, same)), same) for same in meant)
    return tuple(same for count, same in sorted(counted, key=lambda pair: pair[0]) if count)


def _telling(words: Sequence[str]) -> Sequence[str]:
    """Without single letters, unless nothing else was asked for."""
    return [word for word in words if len(word) > 1 or not word.isascii()] or words


def _meant(text: str, title: str, words: Sequence[str]) -> list[tuple[str, ...]]:
    """The words of the title, else of the text, that the mistyped ones stand for."""
    for where in (flat(title), text):
        there = set(_WORD.findall(where))
        if found := [same for word in words if (same := _surest(word, there))]:
            return found
    return []


def _surest(word: str, there: set[str]) -> tuple[str, ...]:
    """The word itself, else words that it begins, else words it is mistyped for."""
    if same := there.intersection(forms(word)):
        return tuple(same)
    if len(word) >= BEGINNING and (begun := [each for each in there if each.startswith(word)]):
        return tuple(begun)
    parts = _parts(word, slips_in(word) + 1)
    near = (each for each in there if any(part in each for part in parts))
    return tuple(each for each in near if is_slip(word, each))


def _parts(word: str, count: int) -> tuple[str, ...]:
    """The word in so many parts: with fewer mistakes than that, one of them is as it was."""
    size = -(-len(word) // count)
    return tuple(word[at : at + size] for at in range(0, len(word), size))


def _is_pair(form: str) -> bool:
    """Pairs of a script without blanks stand inside words; others are words."""
    return len(form) <= 2 and not form.isascii()
