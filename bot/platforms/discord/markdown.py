"""Blocks in Discord's markdown: each block as the lines that show it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias, assert_never

from bot.platforms.discord.escape import BREAK, escape, fenced, one_line
from bot.platforms.discord.links import beside, is_drawn, join, target
from bot.platforms.discord.spans import line, lines
from bot.platforms.discord.tables import as_text
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
    Table,
)
from briefings.cut import as_paragraphs
from briefings.message import Note

Lines: TypeAlias = list[str]

INDENT = "  "
RULE = "───"
_LANGUAGE = re.compile(r"[a-z0-9_+.#-]{1,30}", re.IGNORECASE)


def write(block: Block | Note) -> Lines:
    """The block as lines of markdown; no line where it says nothing."""
    match block:
        case Paragraph(spans):
            return lines(spans)
        case Note(spans):
            return _prefixed("-# ", lines(spans))
        case Heading(spans, level):
            return title(spans, level + 1)
        case List():
            return list(_list(block, ""))
        case Quote(blocks):
            return ["> " + each for each in _stacked(blocks)]
        case Code():
            return _code(block.text, block.language)
        case Table():
            return _table(block)
        case Image():
            return _image(block)
        case Divider():
            return [RULE]
        case _:
            assert_never(block)


def title(spans: Spans, level: int) -> Lines:
    """A heading; Discord has three sizes."""
    words = line(spans)
    return [f"{'#' * min(level, 3)} {words}"] if words else []


def _prefixed(prefix: str, drawn: Lines) -> Lines:
    return [prefix + each for each in drawn if each.strip()]


def _stacked(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Blocks inside a quote; Discord nests no quotes, so an inner one shows its mark as text."""
    for number, block in enumerate(each for each in blocks if write(each)):
        if number:
            yield ""
        for each in write(block):
            yield "\\" + each if isinstance(block, Quote) else each


def _list(block: List, indent: str) -> Iterator[str]:
    for number, item in enumerate(block.items, block.start):
        yield from _item(item, indent, f"{number}." if block.ordered else "-")


def _item(item: Item, indent: str, bullet: str) -> Iterator[str]:
    """An entry; what Discord can not show inside a list stands unindented between its lines."""
    first, *others = item.blocks or (Paragraph(()),)
    begun = _running(first)
    yield f"{indent}{bullet} {begun[0] if begun else BREAK}"
    yield from (indent + INDENT + each for each in begun[1:])
    for block in others if begun else item.blocks:
        yield from _inside(block, indent + INDENT)


def _running(block: Block) -> Lines:
    """The lines of a block that may stand beside a bullet; none where it may not."""
    match block:
        case Heading(spans):
            words = line(spans)
            return [words] if words else []
        case Paragraph() | Image() | Divider():
            return write(block)
        case _:
            return []


def _inside(block: Block, indent: str) -> Iterator[str]:
    if isinstance(block, List):
        yield from _list(block, indent)
    elif isinstance(block, Quote | Code | Table):
        yield from write(block)
    else:
        yield from (indent + each for each in _running(block))


def _code(text: str, language: str = "") -> Lines:
    inside = fenced(text)
    if not inside.strip():
        return []
    name = language if _LANGUAGE.fullmatch(language) else ""
    # Discord drops blank lines after the opening fence.
    begun = BREAK + inside if inside.startswith("\n") else inside
    return [f"```{name}", *begun.split("\n"), "```"]


def _table(table: Table) -> Lines:
    text = as_text(table)
    if text is not None:
        return _code(text)
    return [each for row in as_paragraphs(table) for each in ("", *lines(row.spans))][1:]


def _image(image: Image) -> Lines:
    """A picture as a line of text, where it can not be shown: its words and its address."""
    words, address = one_line(image.alt), target(image.url)
    if address is not None:
        return [join(words, escape(words), address) if words else f"<{address}>"]
    shown = beside(words, image.url) if is_drawn(image.url) else ""
    return [f"{escape(words)}{shown}".strip()] if words or shown else []
