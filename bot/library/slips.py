"""Typing mistakes: which ones a word may hold, and how they are found and recognised."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

BEGINNING = 3
"""Letters that a word must have to stand for words that it begins."""


def slips_in(word: str) -> int:
    """How many mistakes a word may hold: none up to 2 letters, one up to 5, then two.

    The steps of Lucene's `AUTO` fuzziness:
    https://www.elastic.co/docs/reference/elasticsearch/rest-apis/common-options#fuzziness
    """
    return min(2, max(0, len(word) // 3))


def respaced(words: tuple[str, ...], is_known: Callable[[str], bool]) -> Iterator[tuple[str, ...]]:
    """The words with one blank more or less, where that makes words that are known."""
    for at, word in enumerate(words):
        if at and is_known(words[at - 1] + word):
            yield (*words[: at - 1], words[at - 1] + word, *words[at + 1 :])
        if is_known(word):
            continue
        for cut in range(2, len(word) - 1):
            if is_known(word[:cut]) and is_known(word[cut:]):
                yield (*words[:at], word[:cut], word[cut:], *words[at + 1 :])


@lru_cache(maxsize=100_000)
def is_slip(typed: str, meant: str) -> bool:
    """Whether one word may be the other with the mistakes that the typed one may hold."""
    most = slips_in(typed)
    if abs(len(typed) - len(meant)) > most or len(set(typed) ^ set(meant)) > 2 * most:
        return False
    return distance(typed, meant) <= most


def distance(one: str, other: str) -> int:
    """How many letters are missing, added, changed or swapped with their neighbour."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, against in enumerate(other, 1):
            least = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != against))
            if row > 1 and column > 1 and one[row - 2 : row] == against + other[column - 2]:
                least = min(least, before[column - 2] + 1)
            line.append(least)
        before, last = last, line
    return last[-1]
