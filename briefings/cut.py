"""Where a block may be cut in two, so that the first piece fits and no word is lost."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias, TypeVar, assert_never

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
    Spans,
    Style,
    Table,
    plain,
    styled,
    text_of,
)
from briefings.breaks import first, line_end, natural_end, rest, whole_end
from briefings.message import Actions, Menu, Note, Part

T = TypeVar("T")
P = TypeVar("P")

Fits: TypeAlias = Callable[[P], bool]
Pieces: TypeAlias = tuple[tuple[P, ...], tuple[P, ...]]
"""What stays, and what goes on; together they say what the block said."""


def cut(part: Part, fits: Fits[Part], *, gently: bool = False) -> Pieces[Part] | None:
    """The part in two pieces of which the first fits; the second is empty where all of it does.

    Nothing where no first piece fits. A gentle cut breaks no word and turns no table and no
    image into text; it is for a page that is nearly full, when a fresh one has more room.
    """
    match part:
        case Note(spans):
            return _cut_spans(spans, Note, fits, gently)
        case Actions(actions):
            return _cut_sequence(actions, Actions, fits)
        case Menu(placeholder, options):
            return _cut_sequence(options, lambda some: Menu(placeholder, some), fits)
        case _:
            return cut_block(part, fits, gently=gently)


def cut_block(block: Block, fits: Fits[Block], *, gently: bool = False) -> Pieces[Block] | None:
    """As `cut`, for the blocks of a document."""
    match block:
        case Paragraph(spans):
            return _cut_spans(spans, Paragraph, fits, gently)
        case Heading(spans, level):
            return _cut_spans(spans, lambda part: Heading(part, level), fits, gently)
        case List():
            return _cut_list(block, fits, gently)
        case Quote(blocks):
            return _cut_blocks(blocks, Quote, fits, gently)
        case Code(text, language):
            return _cut_text(text, lambda part: Code(part, language), fits, gently)
        case Table():
            return _cut_table(block, fits, gently)
        case Image() | Divider():
            return _cut_whole(block, fits, gently)
        case _:
            assert_never(block)


def _cut_spans(
    spans: Spans, build: Callable[[Spans], P], fits: Fits[P], gently: bool
) -> Pieces[P] | None:
    text = text_of(spans)
    most = _most(len(text), lambda size: fits(build(first(spans, size))))
    if most == len(text):
        return (build(spans),), ()
    if not (at := _text_end(text, most, gently)):
        return None
    return (build(first(spans, at)),), (build(rest(spans, at)),)


def _cut_text(
    text: str, build: Callable[[str], P], fits: Fits[P], gently: bool
) -> Pieces[P] | None:
    most = _most(len(text), lambda size: fits(build(text[:size])))
    if most == len(text):
        return (build(text),), ()
    if not (at := line_end(text, max(most, 0)) or _text_end(text, most, gently)):
        return None
    return (build(text[:at].removesuffix("\n")),), (build(text[at:]),)


def _text_end(text: str, most: int, gently: bool) -> int:
    if most <= 0:
        return 0
    return natural_end(text, most) or (0 if gently else whole_end(text, most))


def _cut_sequence(
    things: Sequence[T], build: Callable[[tuple[T, ...]], P], fits: Fits[P]
) -> Pieces[P] | None:
    most = _most(len(things), lambda count: fits(build(tuple(things[:count]))))
    if most == len(things):
        return (build(tuple(things)),), ()
    if most <= 0:
        return None
    return (build(tuple(things[:most])),), (build(tuple(things[most:])),)


def _cut_blocks(
    blocks: tuple[Block, ...], build: Callable[[tuple[Block, ...]], P], fits: Fits[P], gently: bool
) -> Pieces[P] | None:
    if pieces := _cut_sequence(blocks, build, fits):
        return pieces
    if not blocks:
        return None
    within = cut_block(blocks[0], lambda block: fits(build((block,))), gently=gently)
    return within and ((build(within[0]),), (build((*within[1], *blocks[1:])),))


def _cut_list(block: List, fits: Fits[List], gently: bool) -> Pieces[List] | None:
    items = block.items
    if pieces := _cut_sequence(items, lambda some: replace(block, items=some), fits):
        (head,), after = pieces
        start = block.start + len(head.items)
        return (head,), tuple(replace(each, start=start) for each in after)
    if not items:
        return None
    within = _cut_blocks(
        items[0].blocks, Item, lambda item: fits(replace(block, items=(item,))), gently
    )
    if within is None:
        return None
    stay, go = within
    return (replace(block, items=stay),), (replace(block, items=(*go, *items[1:])),)


def _cut_table(block: Table, fits: Fits[Block], gently: bool) -> Pieces[Block] | None:
    if pieces := _cut_sequence(block.rows, lambda rows: replace(block, rows=rows), fits):
        return pieces
    return None if gently else _cut_first(as_paragraphs(block), fits)


def _cut_whole(block: Image | Divider, fits: Fits[Block], gently: bool) -> Pieces[Block] | None:
    if fits(block):
        return (block,), ()
    if gently or isinstance(block, Divider):
        return None
    words = Paragraph((*plain(block.alt), *plain(" " if block.alt else ""), *plain(block.url)))
    return _cut_first((words,), fits)


def _cut_first(blocks: tuple[Paragraph, ...], fits: Fits[Block]) -> Pieces[Block] | None:
    pieces = cut_block(blocks[0], fits)
    return pieces and (pieces[0], (*pieces[1], *blocks[1:]))


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


def _most(limit: int, good: Callable[[int], bool]) -> int:
    """The largest size from 0 to `limit` that is good, where a smaller size is good too; or -1.

    Sizes double first, so that what is asked is never much longer than what is good: asking
    costs a drawing, and a section may be a thousand pages long.
    """
    size = 1
    while size <= limit and good(size):
        size *= 2
    least, most = size // 2, min(size - 1, limit)
    if not least and not good(0):
        return -1
    return least + bisect_left(range(least + 1, most + 1), 1, key=lambda each: not good(each))
