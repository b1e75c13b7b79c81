"""Markdown becomes placed blocks: markdown-it parses, this names what it found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from markdown_it.token import Token

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
    Table,
)
from briefings.reading.cells import heading_of, spans_of
from briefings.reading.collecting import Run, tidy
from briefings.reading.hypertext import fragment
from briefings.reading.inline import runs_of
from briefings.reading.placed import Line, Placed, Report
from briefings.reading.tokens import tokens_of

_LANGUAGE = re.compile(r"^\s*([\w.+#-]+)(?=\s|$)")


@dataclass(frozen=True, slots=True)
class _Text:
    """What an inline token holds, until the block around it is known."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    spans: Spans


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[Spans, ...]


_Loose = Item | _Text | _Cell | _Row
_Piece: TypeAlias = Block | _Loose


def parse(lines: Sequence[Line], report: Report, *, written: bool = False) -> list[Placed]:
    """The blocks of Markdown lines; raises `Unreadable` where they nest too deeply.

    `written` says that this program wrote them: no markup in them is too much.
    """
    text = "\n".join(line.text for line in lines)
    numbers = [line.number for line in lines]
    env: dict[str, Any] = {}
    tokens = tokens_of(text, env, report, written=written)
    placed = _walk(tokens, numbers, report)
    return _with_unused(placed, env, tokens, numbers) if "references" in env else placed


def _walk(tokens: Sequence[Token], numbers: Sequence[int], report: Report) -> list[Placed]:
    placed: list[Placed] = []
    opened: list[tuple[Token, list[_Piece]]] = []
    line = 1
    for token in tokens:
        if token.map and token.map[0] < len(numbers):
            line = numbers[token.map[0]]
        if token.nesting == 1:
            opened.append((token, []))
            continue
        start = token
        if token.nesting == -1:
            start, inner = opened.pop()
            pieces = _closed(start, inner)
        else:
            pieces = _leaf(token, line, report)
        if opened:
            opened[-1][1].extend(pieces)
        else:
            placed.extend(_placed(start, pieces, numbers))
    return placed


def _placed(start: Token, pieces: Sequence[_Piece], numbers: Sequence[int]) -> Iterator[Placed]:
    line = numbers[start.map[0]] if start.map and start.map[0] < len(numbers) else None
    return (Placed(line, piece) for piece in pieces if not isinstance(piece, _Loose))


def _leaf(token: Token, line: int, report: Report) -> Sequence[_Piece]:
    match token.type:
        case "inline":
            return [_Text(tuple(runs_of(token, line, report)))]
        case "fence" | "code_block":
            language = "".join(_LANGUAGE.findall(token.info))
            if rest := token.info.strip()[len(language) :].strip():
                report(line, f"“{rest}” beside the language of a block of code is left out.")
            return [Code(token.content.removesuffix("\n"), language)]
        case "hr":
            return [Divider()]
        case _:
            return fragment(token.content, line, report)


def _closed(token: Token, inner: Sequence[_Piece]) -> Sequence[_Piece]:
    """The pieces that a container with these pieces in it amounts to."""
    match token.type:
        case "paragraph_open":
            return _paragraphs(inner)
        case "heading_open":
            return [Heading(heading_of(_paragraphs(inner)), int(token.tag[1]))]
        case "list_item_open":
            return [Item(tuple(piece for piece in inner if not isinstance(piece, _Loose)))]
        case "bullet_list_open":
            return [List(_items(inner))]
        case "ordered_list_open":
            return [List(_items(inner), ordered=True, start=int(token.attrs.get("start", 1)))]
        case "blockquote_open":
            return [Quote(tuple(piece for piece in inner if not isinstance(piece, _Loose)))]
        case _:
            return _of_table(token, inner)


def _of_table(token: Token, inner: Sequence[_Piece]) -> Sequence[_Piece]:
    match token.type:
        case "th_open" | "td_open":
            return [_Cell(spans_of(_paragraphs(inner), " "))]
        case "tr_open":
            return [_Row(tuple(piece.spans for piece in inner if isinstance(piece, _Cell)))]
        case "table_open":
            head, *rows = (piece.cells for piece in inner if isinstance(piece, _Row))
            return [Table(head, tuple(rows))]
        case _:  # thead and tbody hold the rows
            return inner


def _items(inner: Sequence[_Piece]) -> tuple[Item, ...]:
    return tuple(piece for piece in inner if isinstance(piece, Item))


def _runs(inner: Sequence[_Piece]) -> Iterator[Run]:
    return (run for piece in inner if isinstance(piece, _Text) for run in piece.runs)


def _paragraphs(inner: Sequence[_Piece]) -> list[Paragraph | Image]:
    return [run if isinstance(run, Image) else Paragraph(run) for run in _runs(inner)]


def _with_unused(
    placed: list[Placed], env: dict[str, Any], tokens: Sequence[Token], numbers: Sequence[int]
) -> list[Placed]:
    """The blocks and, as text, the definitions of links that no link uses."""
    used = {child.attrs.get("href") for token in tokens for child in token.children or ()}
    used |= {child.attrs.get("src") for token in tokens for child in token.children or ()}
    for label, found in env["references"].items():
        if found["href"] not in used:
            words = f"[{label}]: {found['href']} {found['title']}".rstrip()
            line = numbers[found["map"][0]]
            place = sum(1 for block in placed if (block.line or 0) <= line)
            placed.insert(place, Placed(line, Paragraph(tidy([Span(words)]))))
    return placed
