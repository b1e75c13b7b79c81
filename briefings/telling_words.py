"""Words whose change matters to whoever read a text before: figures, names and dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TypeAlias

import regex

from briefings.reading.dates import MONTHS
from briefings.reading.known import words

Weighing: TypeAlias = frozenset[str]
"""The names that a text is known to have, in lower case."""

_TOKEN = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}]\s*|[^\s\p{Han}\p{Hiragana}\p{Katakana}]+\s*"
)
_EDGES = regex.compile(r"^[^\p{L}\p{N}%$€£¥]+|[^\p{L}\p{N}%$€£¥]+$")
_FIGURE = regex.compile(r"\p{N}")
_HAN_FIGURES = frozenset("一二三四五六七八九十百千万亿两")
_NUMBERS = words(
    """
    one two three four five six seven eight nine ten eleven twelve dozen twenty thirty forty fifty
    sixty seventy eighty ninety hundred thousand million billion trillion percent half quarter third
    double triple twice zero eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf hundert
    tausend million millionen milliarde milliarden prozent halb doppelt not no never kein keine
    nicht nie
    """
)
"""Numbers in words; what turns a sentence round counts as one."""
_DAYS = words(
    """
    monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday tonight
    montag dienstag mittwoch donnerstag freitag samstag sonntag heute morgen gestern
    """
)
_ALIKE = frozenset({"may", "mar", "march", "mai", "mars", "set"})
_DATES = (_DAYS | MONTHS.keys()) - _ALIKE


def tokens(line: str) -> list[str]:
    """The words of a line, each with the blanks after it; joined they are the line."""
    return _TOKEN.findall(line.lstrip())


def bare(token: str) -> str:
    """A word without case and the marks around it."""
    return _EDGES.sub("", token.strip()).casefold() or token.strip()


class Headline(str):
    """A line in which a capital letter tells no name: a title, a heading."""

    __slots__ = ()


def weighing(lines: Sequence[str]) -> Weighing:
    """The names in some lines: words that have a capital letter elsewhere than at a beginning.

    So are those that begin several sentences, or are in a title as well, and nowhere written small.
    """
    told = [tokens(line) for line in lines if not isinstance(line, Headline)]
    heads = [word for line in lines if isinstance(line, Headline) for word in tokens(line)]
    first = [*heads, *(each[0] for each in told if each)]
    begun = Counter(bare(word) for word in first if _is_capital(word))
    inside = [word for each in told for word in each[1:]]
    small = {bare(word) for word in inside if not _is_capital(word)}
    names = {bare(word) for word in inside if _is_capital(word)}
    return frozenset(names | {word for word, times in begun.items() if times > 1} - small)


def matter(line: str, among: Sequence[str], known: Weighing, *, first: bool = True) -> bool:
    """Whether a figure, a name or a date is among words of a line; `first`: they begin it."""
    plain = isinstance(line, Headline)
    return any(
        _matters(word, known, surely=not plain and not (first and place == 0))
        for place, word in enumerate(among)
    )


def _matters(word: str, known: Weighing, *, surely: bool) -> bool:
    told = bare(word)
    if _FIGURE.search(told) or told in _NUMBERS or told in _DATES or told in _HAN_FIGURES:
        return True
    return _is_capital(word) and (surely or told in known)


def _is_capital(word: str) -> bool:
    start = _EDGES.sub("", word.strip())
    return start[:1].isupper() and start not in {"I", "A"}
