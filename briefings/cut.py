"""Where a block may be cut in two, so that the first piece fits and no word is lost."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias, TypeVar, assert_never

import regex

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
    plain,
    styled,
    text_of,
)
from briefings.message import Actions, Note, Part

T = TypeVar("T")
P = TypeVar("P")

Fits: TypeAlias = Callable[[P], bool]
Pieces: TypeAlias = tuple[tuple[P, ...], tuple[P, ...]]
"""What stays, and what goes on; together they say what the block said."""

_NATURAL = (
    re.compile(r"\n+"),
    re.compile(r"[.!?…]['\"’”)\]]*\s+|[。！？][」』”]?"),
    re.compile(r"\s+|[，、；：]"),
)
_GRAPHEME = regex.compile(r"\X")


def cut(part: Part, fits: Fits[Part]) -> Pieces[Part] | None:
    """The part in two pieces of which the first fits; nothing where no first piece could."""
    match part:
        case Note(spans):
            return _cut_spans(spans, Note, fits)
        case Actions(actions):
            return _cut_sequence(actions, Actions, fits)
        case _:
            return cut_block(part, fits)


def cut_block(block: Block, fits: Fits[Block]) -> Pieces[Block] | None:
    """The block in two pieces of which the first fits; nothing where no first piece could."""
    match block:
        case Paragraph(spans):
            return _cut_spans(spans, Paragraph, fits)
        case Heading(spans, level):
            return _cut_spans(spans, lambda part: Heading(part, level), fits)
        case List():
            return _cut_list(block, fits)
        case Quote(blocks):
            return _cut_blocks(blocks, Quote, fits)
        case Code(text, language):
            return _cut_text(text, lambda part: Code(part, language), fits)
        case Table():
            return _cut_table(block, fits)
        case Image():
            return _cut_image(block, fits)
        case Divider():
            return None
        case _:
            assert_never(block)


def _cut_spans(spans: Spans, build: Callable[[Spans], P], fits: Fits[P]) -> Pieces[P] | None:
    text = text_of(spans)
    most = _most(len(text) - 1, lambda size: fits(build(first(spans, size))))
    if not (at := _natural(text, most)):
        return None
    return (build(first(spans, at)),), (build(rest(spans, at)),)


def _cut_text(text: str, build: Callable[[str], P], fits: Fits[P]) -> Pieces[P] | None:
    most = _most(len(text) - 1, lambda size: fits(build(text[:size])))
    if not (at := _line_end(text, most) or _natural(text, most)):
        return None
    return (build(text[:at].removesuffix("\n")),), (build(text[at:]),)


def _cut_sequence(
    things: Sequence[T], build: Callable[[tuple[T, ...]], P], fits: Fits[P]
) -> Pieces[P] | None:
    most = _most(len(things) - 1, lambda count: fits(build(tuple(things[:count]))))
    if not most:
        return None
    return (build(tuple(things[:most])),), (build(tuple(things[most:])),)


def _cut_blocks(
    blocks: tuple[Block, ...], build: Callable[[tuple[Block, ...]], P], fits: Fits[P]
) -> Pieces[P] | None:
    if whole := _cut_sequence(blocks, build, fits):
        return whole
    pieces = cut_block(blocks[0], lambda block: fits(build((block,)))) if blocks else None
    return pieces and ((build(pieces[0]),), (build((*pieces[1], *blocks[1:])),))


def _cut_list(block: List, fits: Fits[List]) -> Pieces[List] | None:
    items = block.items
    most = _most(len(items) - 1, lambda count: fits(replace(block, items=items[:count])))
    if most:
        head = replace(block, items=items[:most])
        return (head,), (replace(block, items=items[most:], start=block.start + most),)
    if not items:
        return None
    pieces = _cut_blocks(items[0].blocks, Item, lambda item: fits(replace(block, items=(item,))))
    if pieces is None:
        return None
    stay, go = pieces
    return (replace(block, items=stay),), (replace(block, items=(*go, *items[1:])),)


def _cut_table(block: Table, fits: Fits[Block]) -> Pieces[Block] | None:
    rows = block.rows
    most = _most(len(rows) - 1, lambda count: fits(replace(block, rows=rows[:count])))
    if most:
        return (replace(block, rows=rows[:most]),), (replace(block, rows=rows[most:]),)
    lines = as_paragraphs(block)
    return _cut_whole(lines, fits)


def _cut_whole(blocks: tuple[Block, ...], fits: Fits[Block]) -> Pieces[Block] | None:
    if not blocks:
        return None
    if fits(blocks[0]):
        return blocks[:1], blocks[1:]
    pieces = cut_block(blocks[0], fits)
    return pieces and (pieces[0], (*pieces[1], *blocks[1:]))


def _cut_image(block: Image, fits: Fits[Block]) -> Pieces[Block] | None:
    words = Paragraph((*plain(block.alt), Span(" " if block.alt else ""), Span(block.url)))
    return _cut_whole((words,), fits)


def as_paragraphs(table: Table) -> tuple[Paragraph, ...]:
    """A table too wide to draw, as a paragraph a row: each head in strong before its cell."""
    if not table.rows:
        return (Paragraph(_joined(table.head)),)
    return tuple(Paragraph(_row(table.head, row)) for row in table.rows)


def _row(head: tuple[Spans, ...], row: tuple[Spans, ...]) -> Spans:
    cells = tuple(
        (*styled(name, Style.STRONG), *plain(": " if name else ""), *cell)
        for name, cell in zip(head, row, strict=True)
    )
    return _joined(cells)


def _joined(cells: tuple[Spans, ...]) -> Spans:
    lines = ((*plain("\n" if number else ""), *cell) for number, cell in enumerate(cells))
    return tuple(span for line in lines for span in line)


def first(spans: Spans, size: int) -> Spans:
    """The spans' first `size` code points."""
    kept: list[Span] = []
    for span in spans:
        if size <= 0:
            break
        kept.append(replace(span, text=span.text[:size]))
        size -= len(span.text)
    return tuple(kept)


def rest(spans: Spans, size: int) -> Spans:
    """The spans without their first `size` code points."""
    kept: list[Span] = []
    for span in spans:
        if len(span.text) > size:
            kept.append(replace(span, text=span.text[max(size, 0) :]))
        size -= len(span.text)
    return tuple(kept)


def _most(limit: int, good: Callable[[int], bool]) -> int:
    """The largest size from 1 to `limit` that is good, where a smaller size is good too; or 0."""
    return bisect_left(range(1, limit + 1), 1, key=lambda size: not good(size))


def _natural(text: str, most: int) -> int:
    """Where to cut at or before `most`: after a line, a sentence, a word, or a whole character."""
    for pattern in _NATURAL:
        ends = [found.end() for found in pattern.finditer(text, most // 2, most)]
        if ends:
            return ends[-1]
    ends = [found.end() for found in _GRAPHEME.finditer(text[: most + 32])]
    whole = [end for end in ends if end <= most]
    return whole[-1] if whole else most


def _line_end(text: str, most: int) -> int:
    return text.rfind("\n", 0, most) + 1
