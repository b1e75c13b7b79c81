"""Tables as columns of monospaced text, where they are narrow and plain enough for it."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import combining, east_asian_width

from bot.platforms.discord.escape import inert
from bot.platforms.discord.limits import TABLE_COLUMNS
from briefings.blocks import Spans, Table, text_of

_GAP = "  "


def as_text(table: Table) -> str | None:
    """The table in aligned columns under a ruled head; nothing where that would lose or wrap."""
    rows = [[_cell(cell) for cell in row] for row in (table.head, *table.rows)]
    if not table.head or not table.rows or not all(_fits(row) for row in (table.head, *table.rows)):
        return None
    widths = [max(map(columns, column)) for column in zip(*rows, strict=True)]
    if sum(widths) + len(_GAP) * (len(widths) - 1) > TABLE_COLUMNS:
        return None
    rule = ["─" * width for width in widths]
    return "\n".join(_row(row, widths) for row in (rows[0], rule, *rows[1:]))


def columns(text: str) -> int:
    """The columns that a text takes in a monospaced font: wide East Asian letters take two."""
    return sum(_columns(letter) for letter in text)


def _columns(letter: str) -> int:
    if combining(letter) or letter in "\u200b\u200c\u200d\ufe0e\ufe0f":
        return 0
    return 2 if east_asian_width(letter) in "WF" else 1


def _cell(spans: Spans) -> str:
    return inert(text_of(spans)).strip()


def _fits(row: Sequence[Spans]) -> bool:
    """Whether no cell has a link or a line break, which columns of plain text would lose."""
    return not any(span.link or "\n" in span.text.strip() for cell in row for span in cell)


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (
        cell + " " * (width - columns(cell)) for cell, width in zip(cells, widths, strict=True)
    )
    return _GAP.join(padded).rstrip()
