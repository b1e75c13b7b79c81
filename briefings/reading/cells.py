"""Tables of HTML: true ones become tables, those that only lay out a page dissolve."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias, TypeGuard

from briefings.blocks import Block, Image, Paragraph, Span, Spans, Table, merged
from briefings.honesty import honest

Simple: TypeAlias = Paragraph | Image
"""What fits where only text does."""


def spans_of(blocks: Sequence[Simple], between: str) -> Spans:
    """The text of simple blocks as one run; a picture is a link to itself."""
    spans: list[Span] = []
    for block in blocks:
        if spans:
            spans.append(Span(between))
        if isinstance(block, Image):
            spans.extend(honest([Span(block.alt or block.url, link=block.url)]))
        else:
            spans.extend(block.spans)
    return merged(spans)


def heading_of(blocks: Sequence[Simple]) -> Spans:
    """The text of simple blocks as a heading needs it: in one line."""
    spans = spans_of(blocks, " ")
    return merged(Span(span.text.replace("\n", " "), span.style, span.link) for span in spans)


def is_simple(block: Block) -> TypeGuard[Simple]:
    """Whether a block fits where only text does."""
    return isinstance(block, Paragraph | Image)


def table_of(rows: Sequence[Sequence[Sequence[Block]]]) -> list[Block]:
    """The table of these cells; their blocks in order where it is no table of simple cells."""
    full = [[[block for block in cell if is_simple(block)] for cell in row] for row in rows if row]
    inner = [block for row in rows for cell in row for block in cell]
    width = max(map(len, full), default=0)
    if width < 2 or not all(map(is_simple, inner)):
        return inner
    head, *rest = [
        (*(spans_of(cell, "\n") for cell in row), *((),) * (width - len(row))) for row in full
    ]
    return [Table(head, tuple(rest))]
