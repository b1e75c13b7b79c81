"""A briefing as a few bytes and back: what the library keeps beside each document.

Reading a document anew takes a hundred times as long as unpacking what was read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias, assert_never, overload
from zlib import compress, decompress

from briefings.blocks import (
    Block,
    Code,
    Divider,
    Heading,
    Image,
    Item,
    List,
    Paragraph,
    Quote,
    Span,
    Spans,
    Style,
    Table,
)
from briefings.model import Briefing, Section, Source, TitleFrom

FORM = 1
"""Counts up when the form changes, or the reader reads better: then documents are read anew."""

_Json: TypeAlias = list[Any]


def pack(briefing: Briefing) -> bytes:
    """The briefing as a few bytes, sections apart from the rest."""
    about = [
        briefing.title,
        briefing.title_from.value,
        briefing.date.isoformat() if briefing.date else None,
        briefing.topics,
        [[source.name, source.url] for source in briefing.sources],
        briefing.questions,
        briefing.extras,
    ]
    sections = [
        [_spans(each.heading), each.level, _blocks(each.blocks)] for each in briefing.sections
    ]
    return b"\n".join((_dumped(about), compress(_dumped(sections), 6)))


def unpack(packed: bytes) -> Briefing:
    """The briefing that was packed; its sections stay packed until somebody looks at them."""
    about, _, sections = packed.partition(b"\n")
    title, origin, day, topics, sources, questions, extras = json.loads(about)
    return Briefing(
        title,
        PackedSections(sections),
        TitleFrom(origin),
        date.fromisoformat(day) if day else None,
        tuple(topics),
        tuple(Source(name, url) for name, url in sources),
        tuple(questions),
        tuple((name, text) for name, text in extras),
    )


class PackedSections(Sequence[Section]):
    """Sections that take a fifth of their room: a library holds thousands and shows a few."""

    __slots__ = ("_packed",)

    def __init__(self, packed: bytes) -> None:
        self._packed = packed

    @overload
    def __getitem__(self, at: int) -> Section: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Section, ...]: ...
    def __getitem__(self, at: int | slice) -> Section | tuple[Section, ...]:
        return _to_sections(self._packed)[at]

    def __iter__(self) -> Iterator[Section]:
        return iter(_to_sections(self._packed))

    def __len__(self) -> int:
        return len(_to_sections(self._packed))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, tuple | PackedSections):
            return tuple(self) == tuple(other)
        return NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


@lru_cache(maxsize=64)
def _to_sections(packed: bytes) -> tuple[Section, ...]:
    return tuple(
        Section(_to_spans(name), level, _to_blocks(blocks))
        for name, level, blocks in json.loads(decompress(packed))
    )


def _dumped(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _spans(spans: Spans) -> _Json:
    """Plain text as itself, anything else with its style and link."""
    return [
        [span.text, span.style.value, span.link] if span.style or span.link else span.text
        for span in spans
    ]


def _to_spans(packed: _Json) -> Spans:
    return tuple(
        Span(each) if isinstance(each, str) else Span(each[0], Style(each[1]), each[2])
        for each in packed
    )


def _blocks(blocks: Iterable[Block]) -> _Json:
    return [_block(block) for block in blocks]


def _block(block: Block) -> _Json:
    match block:
        case Paragraph(spans):
            return ["p", _spans(spans)]
        case Heading(spans, level):
            return ["h", _spans(spans), level]
        case List(items, ordered, start):
            return ["l", [_blocks(item.blocks) for item in items], ordered, start]
        case Quote(blocks):
            return ["q", _blocks(blocks)]
        case Code(text, language):
            return ["c", text, language]
        case Table(head, rows):
            return ["t", [_spans(cell) for cell in head], [[*map(_spans, row)] for row in rows]]
        case Image(url, alt):
            return ["i", url, alt]
        case Divider():
            return ["d"]
        case _:
            assert_never(block)


def _to_blocks(packed: Sequence[_Json]) -> tuple[Block, ...]:
    return tuple(map(_to_block, packed))


def _to_block(packed: _Json) -> Block:
    match packed:
        case ["p", spans]:
            return Paragraph(_to_spans(spans))
        case ["h", spans, level]:
            return Heading(_to_spans(spans), level)
        case ["l", items, ordered, start]:
            return List(tuple(Item(_to_blocks(each)) for each in items), ordered, start)
        case ["q", blocks]:
            return Quote(_to_blocks(blocks))
        case ["c", text, language]:
            return Code(text, language)
        case ["t", head, rows]:
            return Table(_to_cells(head), tuple(map(_to_cells, rows)))
        case ["i", url, alt]:
            return Image(url, alt)
        case ["d"]:
            return Divider()
        case _:
            raise ValueError(f"No block is packed as {packed!r:.80}.")


def _to_cells(packed: Sequence[_Json]) -> tuple[Spans, ...]:
    return tuple(map(_to_spans, packed))
