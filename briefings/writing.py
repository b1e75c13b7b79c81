"""Briefings out: Markdown that reads back as the same briefing, and a section's plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

import yaml

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
    text_of,
)
from briefings.markup import escaped, inline, target
from briefings.model import Briefing, Section, Source, TitleFrom

_HIGHEST_NUMBER = 999_999_999
"""The highest that an ordered list may count. https://spec.commonmark.org/0.31.2/#list-items"""


def write(briefing: Briefing) -> str:
    """The briefing as Markdown with YAML front matter, which `read` turns into the same again.

    That holds for every briefing that a reading can yield: clean text (see `cleaning.clean`),
    honest links, no `Heading` directly in a section, rows as wide as their table's head.
    """
    fields: dict[str, object] = {"title": briefing.title}
    if briefing.title_from is not TitleFrom.METADATA:
        fields["title_from"] = briefing.title_from.value
    fields |= {
        "date": briefing.date,
        "topics": list(briefing.topics),
        "sources": [_source(source) for source in briefing.sources],
        "questions": list(briefing.questions),
        "headings": "marked",
    }
    head = yaml.safe_dump(fields | dict(briefing.extras), allow_unicode=True, sort_keys=False)
    title = [f"# {escaped(briefing.title)}"] if briefing.title else []
    sections = [part for section in briefing.sections for part in _section(section)]
    return "\n\n".join([f"---\n{head}---", *title, *sections]) + "\n"


def text_of_section(section: Section) -> str:
    """The words of a section without its heading; blocks stand apart by an empty line."""
    return "\n\n".join(filter(None, map(_text, section.blocks)))


def _source(source: Source) -> dict[str, str]:
    return {"name": source.name} | ({"url": source.url} if source.url else {})


def _section(section: Section) -> Iterator[str]:
    if section.level:
        yield f"{'#' * section.level} {inline(section.heading)}".rstrip()
    if section.blocks:
        yield _blocks(section.blocks)


def _blocks(blocks: Sequence[Block], parent: str = "*") -> str:
    """The blocks below each other; of two lists in a row each has a mark of its own."""
    parts: list[str] = []
    mark = parent
    for block in blocks:
        mark = _other(mark) if isinstance(block, List) else parent
        parts.append(_block(block, mark))
    return "\n\n".join(parts)


def _other(mark: str) -> str:
    return "-" if mark == "*" else "*"


def _block(block: Block, mark: str) -> str:
    match block:
        case Paragraph(spans):
            return inline(spans)
        case Heading(spans, level):
            return f"{'#' * level} {inline(spans)}".rstrip()
        case List():
            return _list(block, mark)
        case Quote(blocks):
            return _indented(_blocks(blocks), "> ", "> ")
        case Code(text, language):
            fence = _fence(text)
            return f"{fence}{language}\n{text}\n{fence}"
        case Table():
            return _table(block)
        case Image(url, alt):
            return f"![{escaped(alt)}]({target(url)})"
        case Divider():
            return "___"
        case _:
            assert_never(block)


def _list(block: List, mark: str) -> str:
    """A list's marks differ from those of the list around it and of the list before it."""
    marks = (_mark(block, place, mark) for place in range(len(block.items)))
    return "\n".join(
        _indented(_blocks(item.blocks, mark), f"{each} ", " " * (len(each) + 1))
        for each, item in zip(marks, block.items, strict=True)
    )


def _mark(block: List, place: int, mark: str) -> str:
    if not block.ordered:
        return mark
    return f"{min(block.start + place, _HIGHEST_NUMBER)}{'.' if mark == '-' else ')'}"


def _indented(text: str, first: str, others: str) -> str:
    lines = (others + line if line else others.rstrip() for line in text.split("\n"))
    return (first + "\n".join(lines)[len(others) :] if text else first).rstrip(" ")


def _fence(text: str) -> str:
    fence = "```"
    while fence in text:
        fence += "`"
    return fence


def _table(table: Table) -> str:
    rows = [table.head, *table.rows]
    head, *rest = (f"| {' | '.join(inline(cell, is_cell=True) for cell in row)} |" for row in rows)
    return "\n".join([head, "|" + " --- |" * len(table.head), *rest])


def _text(block: Block) -> str:
    match block:
        case Paragraph(spans) | Heading(spans):
            return text_of(spans)
        case List(items):
            return "\n".join(_item(block, place, item) for place, item in enumerate(items))
        case Quote(blocks):
            return "\n\n".join(map(_text, blocks))
        case Code(text):
            return text
        case Table(head, rows):
            return "\n".join(_row(row) for row in (head, *rows))
        case Image(url, alt):
            return alt or url
        case Divider():
            return ""
        case _:
            assert_never(block)


def _item(block: List, place: int, item: Item) -> str:
    mark = f"{block.start + place}." if block.ordered else "-"
    text = "\n".join(map(_text, item.blocks))
    return _indented(text, f"{mark} ", " " * (len(mark) + 1))


def _row(cells: Sequence[Spans]) -> str:
    return " | ".join(text_of(cell).replace("\n", " ") for cell in cells)
