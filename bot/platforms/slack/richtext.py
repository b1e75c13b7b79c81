"""Blocks as elements of Slack's `rich_text`, in which nothing that a document says is live.

https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import assert_never

from bot.platforms.slack import limits
from bot.platforms.slack.inline import Json, Prose, inline, joined, lines
from briefings.blocks import (
    Block,
    Code,
    Divider,
    Heading,
    Image,
    List,
    Paragraph,
    Quote,
    Spans,
    Table,
)
from briefings.cut import as_paragraphs


@dataclass(frozen=True, slots=True)
class _Inside:
    """How deep a block lies in lists and in quotes."""

    lists: int = 0
    quotes: int = 0

    @property
    def bar(self) -> Json:
        """The bar beside what a quote holds and `rich_text_quote` does not."""
        return {"border": 1} if self.quotes else {}


def rich_text(*blocks: Block) -> tuple[Json, ...]:
    """The blocks in one `rich_text` block; none where they say nothing."""
    elements = _elements(blocks, _Inside())
    return ({"type": "rich_text", "elements": elements},) if elements else ()


def _elements(blocks: Iterable[Block], inside: _Inside) -> list[Json]:
    return [element for block in blocks for element in _drawn(block, inside)]


def _drawn(block: Block, inside: _Inside) -> list[Json]:
    match block:
        case Paragraph() | Heading() | Divider() | Image():
            return _prose(lines((block,)), inside)
        case Code(text):
            return _preformatted(text, inside)
        case List():
            return _list(block, inside)
        case Quote(blocks):
            return _quote(blocks, replace(inside, quotes=inside.quotes + 1))
        case Table():
            rows = [row.spans for row in as_paragraphs(block)]
            return _prose(joined(rows, "\n\n"), inside)
        case _:
            assert_never(block)


def _prose(spans: Spans, inside: _Inside) -> list[Json]:
    elements = inline(spans)
    if not elements:
        return []
    if not inside.quotes:
        return [{"type": "rich_text_section", "elements": elements}]
    nested: Json = {"border": 1} if inside.quotes > 1 else {}
    return [{"type": "rich_text_quote", "elements": elements, **nested}]


def _preformatted(text: str, inside: _Inside) -> list[Json]:
    elements = [{"type": "text", "text": text}]
    return [{"type": "rich_text_preformatted", "elements": elements, **inside.bar}] if text else []


def _quote(blocks: Sequence[Block], inside: _Inside) -> list[Json]:
    """Prose that belongs together in one element, and between it what Slack draws apart."""
    drawn: list[Json] = []
    while blocks:
        prose = _leading(blocks)
        drawn += _prose(lines(prose), inside) if prose else _drawn(blocks[0], inside)
        blocks = blocks[len(prose) or 1 :]
    return drawn


def _leading(blocks: Iterable[Block]) -> tuple[Prose, ...]:
    prose = takewhile(lambda block: isinstance(block, Paragraph | Heading), blocks)
    return tuple(block for block in prose if isinstance(block, Paragraph | Heading))


def _list(block: List, inside: _Inside) -> list[Json]:
    """Runs of items: what an item holds beside prose parts them, and numbers go on after it."""
    deeper = replace(inside, lists=inside.lists + 1)
    drawn: list[Json] = []
    run: list[Json] = []
    begun = 0
    for number, item in enumerate(block.items, start=1):
        prose = _leading(item.blocks)
        run.append(_item(prose))
        if beside := _elements(item.blocks[len(prose) :], deeper):
            drawn += [_run(block, run, begun, inside), *beside]
            run, begun = [], number
    return [*drawn, *([_run(block, run, begun, inside)] if run else [])]


def _item(prose: tuple[Prose, ...]) -> Json:
    nothing: list[Json] = [{"type": "text", "text": " "}]  # Slack takes no empty text
    return {"type": "rich_text_section", "elements": inline(lines(prose)) or nothing}


def _run(block: List, run: list[Json], begun: int, inside: _Inside) -> Json:
    drawn: Json = {
        "type": "rich_text_list",
        "style": "ordered" if block.ordered else "bullet",
        "elements": run,
        **inside.bar,
    }
    if inside.lists:
        drawn["indent"] = min(inside.lists, limits.INDENT)
    # https://docs.slack.dev/reference/block-kit/block-elements/rich-text-list-element
    if block.ordered and (offset := block.start - 1 + begun) > 0:
        drawn["offset"] = offset
    return drawn
