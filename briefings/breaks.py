"""Where a text may be broken: after a line, a sentence, a word, or a whole character."""

from __future__ import annotations

import re
from dataclasses import replace

import regex

from briefings.blocks import Span, Spans

_NATURAL = (
    re.compile(r"\n+"),
    re.compile(r"[.!?…]['\"’”)\]]*\s+|[。！？][」』”]?"),
    re.compile(r"\s+|[，、；：]"),
)
_GRAPHEME = regex.compile(r"\X")
_LONGEST_GRAPHEME = 32
"""Code points beyond a break that are looked at; what is longer is no character people know."""


def line_end(text: str, most: int) -> int:
    """The end of the last line that ends at or before `most`; 0 where none does."""
    return text.rfind("\n", 0, most) + 1


def natural_end(text: str, most: int) -> int:
    """The last end of a line, else a sentence, else a word in the half before `most`, or 0."""
    for pattern in _NATURAL:
        ends = [found.end() for found in pattern.finditer(text, most // 2, most)]
        if ends and _is_whole(text, ends[-1]):
            return ends[-1]
    return 0


def whole_end(text: str, most: int) -> int:
    """The end of the last whole character at or before `most`; `most` where one is longer.

    What people see as one character may be many code points: an emoji family, a letter and its
    accents. https://www.unicode.org/reports/tr29/
    """
    ends = [found.end() for found in _GRAPHEME.finditer(text[: most + _LONGEST_GRAPHEME])]
    whole = [end for end in ends if end <= most]
    return whole[-1] if whole else most


def first(spans: Spans, size: int) -> Spans:
    """The spans' first `size` code points."""
    kept: list[Span] = []
    for span in spans:
        if size <= 0:
            break
        kept.append(
            span if len(span.text) <= size else replace(span, text=span.text[:size], at=None)
        )
        size -= len(span.text)
    return tuple(kept)


def rest(spans: Spans, size: int) -> Spans:
    """The spans without their first `size` code points."""
    for number, span in enumerate(spans):
        if len(span.text) > size:
            return (_from(span, size), *spans[number + 1 :])
        size -= len(span.text)
    return ()


def _from(span: Span, size: int) -> Span:
    """The span from a place on; half of a moment's words tells no moment."""
    return replace(span, text=span.text[size:], at=None) if size else span


def _is_whole(text: str, end: int) -> bool:
    """Whether no accent or joiner after `end` belongs to the character before it."""
    found = _GRAPHEME.match(text, end - 1)
    return found is None or found.end() <= end
