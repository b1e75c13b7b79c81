"""The sentence of a text that answers a query, with the matched words strong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from bot.library.matching import Matched, Place, match_words
from briefings.blocks import Span, Spans, Style, merged, plain
from briefings.search import MatchKind

EXCERPT_LIMIT = 240
"""Code points of an excerpt; a longer sentence is shown in part, between "…"."""

LOOKED_AT = 12
"""Places of the rarest word among whose sentences the best is chosen."""

_END = re.compile(r"[.!?]+[\"'”’)\]]*\s|[。！？]|\n")
_ENDED = re.compile(r"(?:\A|[.!?][\"'”’)\]]*\s|[。！？]|\n)\s*\Z")


def excerpt(body: str, title: str, words: Sequence[str], kind: MatchKind) -> Spans:
    """The body's sentence with the most of the words, its first where none has any."""
    matched = match_words(body, title, words, kind) if words else None
    places = list(islice(matched.places(0, len(body), 1), LOOKED_AT)) if matched else []
    if not matched or not places:
        return _spans(body, _sentence(body, (0, 0)), ())
    start, end = _best(matched, [_sentence(body, place) for place in places])
    return _spans(body, (start, end), matched.places(start, end))


def _best(matched: Matched, sentences: Sequence[Place]) -> Place:
    """The first of the sentences that have the most different words."""
    if len(matched.words) == 1:
        return sentences[0]

    def different(sentence: Place) -> int:
        return len({matched.text[slice(*place)] for place in matched.places(*sentence)})

    return max(dict.fromkeys(sentences), key=different)


def _sentence(body: str, place: Place) -> Place:
    """Where the sentence around a place starts and ends, no longer than the limit."""
    first, last = place
    before = max(0, first - EXCERPT_LIMIT // 2)
    ends = [mark.end() for mark in _END.finditer(body, before, first)]
    stop = _END.search(body, last)
    start = ends[-1] if ends else before
    end = min(stop.end() if stop else len(body), start + EXCERPT_LIMIT)
    return start, max(end, last)


def _spans(body: str, sentence: Place, marked: Iterable[Place]) -> Spans:
    shown = _trimmed(body, *sentence)
    is_begun = not _is_end(body, shown.start)
    is_open = not (_is_end(body, shown.stop) or _is_end(body, shown.stop + 1))
    dots = (Span("…"),)
    spans = merged(_marked(body, shown, marked))
    return (*(dots if is_begun else ()), *spans, *(dots if is_open else ()))


def _is_end(body: str, at: int) -> bool:
    """Whether a sentence, or the text, ends or begins here."""
    return bool(_ENDED.search(body, max(0, at - 9), at)) or not body[at:].strip()


def _marked(body: str, shown: range, marked: Iterable[Place]) -> Iterator[Span]:
    """The text with the places strong; places may overlap."""
    at = shown.start
    for start, end in marked:
        first, last = max(at, start), min(end, shown.stop)
        if first < last:
            yield from plain(body[at:first])
            yield Span(body[first:last], Style.STRONG)
            at = last
    yield from plain(body[at : shown.stop])


def _trimmed(body: str, start: int, end: int) -> range:
    """The sentence without blanks at its ends and without words cut in two."""
    has_blank = " " in body[start:end].strip()
    if has_blank and _is_inside(body, start):
        start = body.index(" ", start)
    if has_blank and _is_inside(body, end):
        end = body.rindex(" ", start, end)
    lead = len(body[start:end]) - len(body[start:end].lstrip())
    return range(start + lead, start + len(body[start:end].rstrip()))


def _is_inside(body: str, at: int) -> bool:
    return 0 < at < len(body) and body[at - 1].isalnum() and body[at].isalnum()
