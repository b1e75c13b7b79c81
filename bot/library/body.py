"""A briefing's text, block by block, as it is searched and quoted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from briefings.blocks import (
    Block,
    Code,
    Divider,
    Heading,
    Image,
    List,
    Paragraph,
    Quote,
    Table,
    text_of,
)
from briefings.model import Briefing


def text_of_briefing(briefing: Briefing) -> str:
    """The text of all blocks, one a line or more; headings and other fields are not in it."""
    blocks = (block for section in briefing.sections for block in section.blocks)
    return "\n".join(text for text in _texts(blocks) if text.strip())


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        yield from _text(block)


def _text(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(spans) | Heading(spans):
            yield text_of(spans)
        case List(items):
            for item in items:
                yield from _texts(item.blocks)
        case Quote(blocks):
            yield from _texts(blocks)
        case Code(text):
            yield text
        case Table(head, rows):
            for row in (head, *rows):
                yield " · ".join(map(text_of, row))
        case Image(_, alt):
            yield alt
        case Divider():
            return
        case _:
            assert_never(block)
