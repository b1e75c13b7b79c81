"""The blocks that documents and messages are made of, and the spans of text inside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Flag, auto
from itertools import groupby
from typing import TypeAlias, assert_never


class Style(Flag):
    """How a span is said; styles combine, a plain span has none."""

    PLAIN = 0
    STRONG = auto()
    EMPHASIS = auto()
    CODE = auto()


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style, optionally a link to an absolute http(s) or mailto address.

    A span that tells a moment has it in `at`, for a platform that draws it in its reader's own
    time zone; the text is for the others. One that names a person has their id on the platform
    in `person`, for a platform that draws their name.
    """

    text: str
    style: Style = Style.PLAIN
    link: str | None = None
    at: datetime | None = None
    person: str | None = None


Spans: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; a line break that the author meant is a newline inside a span."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6 inside a message, a quote or a list item."""

    spans: Spans
    level: int = 2


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list: usually a paragraph, sometimes with more blocks or a list under it."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class List:
    """Bullets, or numbers that count up from `start`."""

    items: tuple[Item, ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of somebody else."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Text kept letter by letter, without its final newline."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A head row and rows; every row has as many cells as the head."""

    head: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture at an absolute http(s) address and the words that stand in for it.

    A picture `beside` stands small next to what comes before it, where a platform can do that.
    """

    url: str
    alt: str = ""
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Divider:
    """A line across the page."""


Block: TypeAlias = Paragraph | Heading | List | Quote | Code | Table | Image | Divider


def plain(text: str) -> Spans:
    """The text as a single plain span; nothing for no text."""
    return (Span(text),) if text else ()


def naming(person: str | None, text: str) -> Spans:
    """The text, in which the first mention of a person's id names that person."""
    before, found, after = text.partition(person) if person else (text, "", "")
    named = (Span(found, person=found),) if found else ()
    return (*plain(before), *named, *plain(after))


def text_of(spans: Iterable[Span]) -> str:
    """The spans' words without their styles."""
    return "".join(span.text for span in spans)


def merged(spans: Iterable[Span]) -> Spans:
    """The spans with neighbours of one style and link joined and empty ones dropped."""
    kept = (span for span in spans if span.text)
    runs = groupby(kept, key=lambda span: (span.style, span.link, span.at, span.person))
    return tuple(Span(text_of(run), *rest) for rest, run in runs)


def styled(spans: Iterable[Span], style: Style) -> Spans:
    """The spans with a style added to each."""
    return tuple(replace(span, style=span.style | style) for span in spans)


def spans_in(blocks: Iterable[Block]) -> Iterator[Span]:
    """Every span of the blocks and of the blocks inside them, in order; code and alt text too."""
    for block in blocks:
        match block:
            case Paragraph(spans) | Heading(spans):
                yield from spans
            case List(items):
                yield from spans_in(within for item in items for within in item.blocks)
            case Quote(within):
                yield from spans_in(within)
            case Code(text):
                yield Span(text, Style.CODE)
            case Table(head, rows):
                yield from (span for row in (head, *rows) for cell in row for span in cell)
            case Image(url, alt):
                yield Span(alt, link=url)
            case Divider():
                pass
            case _:
                assert_never(block)
