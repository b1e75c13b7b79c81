"""Tables of HTML: true ones become tables, those that only lay out a page dissolve."""

from __future__ import annotations

from collections.abc import Sequence

from briefings.blocks import Block, Heading, Image, Paragraph, Span, Spans, Table, merged


def spans_of(blocks: Sequence[Block], between: str) -> Spans:
    """The text of simple blocks as one run; a picture is a link to itself."""
    spans: list[Span] = []
    for block in blocks:
        if spans:
            spans.append(Span(between))
        match block:
            case Paragraph(inner) | Heading(inner):
                spans.extend(inner)
            case Image(url, alt):
                spans.append(Span(alt or url, link=url))
            case _:
                pass
    return one_line(spans) if between == " " else merged(spans)


def one_line(spans: Sequence[Span]) -> Spans:
    """The spans with line breaks as blanks, as a heading needs it."""
    return merged(Span(span.text.replace("\n", " "), span.style, span.link) for span in spans)


def table_of(rows: Sequence[Sequence[Sequence[Block]]]) -> list[Block]:
    """The table of these cells; their blocks in order where it is no table of simple cells."""
    full = [row for row in rows if row]
    width = max(map(len, full), default=0)
    if width < 2 or not all(_is_simple(cell) for row in full for cell in row):
        return [block for row in rows for cell in row for block in cell]
    head, *rest = [
        (*(spans_of(cell, "\n") for cell in row), *((),) * (width - len(row))) for row in full
    ]
    return [Table(head, tuple(rest))]


def _is_simple(cell: Sequence[Block]) -> bool:
    return all(isinstance(block, Paragraph | Image) for block in cell)
