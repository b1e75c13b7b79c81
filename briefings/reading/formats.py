"""Which format a document has, and the headings of AsciiDoc and reStructuredText as Markdown's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum
from pathlib import PurePath

from briefings.reading.placed import Line
from briefings.reading.shapes import width


class Format(Enum):
    """How a document marks its structure."""

    PLAIN = "plain text"
    MARKDOWN = "Markdown"
    HTML = "HTML"
    ASCIIDOC = "AsciiDoc"
    RST = "reStructuredText"


_SUFFIXES = {
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".mdown": Format.MARKDOWN,
    ".mkd": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".adoc": Format.ASCIIDOC,
    ".asciidoc": Format.ASCIIDOC,
    ".asc": Format.ASCIIDOC,
    ".rst": Format.RST,
}
_HTML = re.compile(r"\s*(?:<!doctype html|<html|<head|<body|<article|<div|<h1|<p>)", re.IGNORECASE)
_SECTION = re.compile(r"^ {0,3}#{2,6}[ \t]+\S", re.MULTILINE)
_TITLE = re.compile(r"^ {0,3}#[ \t]+\S", re.MULTILINE)
_MARKS = re.compile(
    r"^ {0,3}#{1,6}\s*[^\s#]|\*\*[^*\n]{1,200}\*\*|\]\([^\s()]{1,200}|^ {0,3}```", re.MULTILINE
)
"""What only Markdown has; underlined headings are read in plain text as well."""
_LINK = re.compile(r"\]\(https?://|\*\*\w")
_EQUALS = re.compile(r"(={1,6}) +(\S.*)")
_DELIMITER = re.compile(r"(?:-{4,}|={4,}|\.{4,}|_{4,}|\*{4,}|\|===|--)")
_SHORTEST_RULE = 4
"""Under a title longer than it, which docutils takes as well.
https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#sections"""
_ROLE = re.compile(r"(?<![\w:]):[a-z][\w:-]{0,60}:`([^`<]+?)(?: *<[^>]*>)?`")
_LITERAL = re.compile(r"``([^`\n]+)``")
_REFERENCE = re.compile(r"`([^`<\n]+?) *<(https?://[^>\s]+)>`__?")


def format_of(text: str, name: str) -> Format:
    """The format by the file name's suffix, corrected by what the text shows."""
    told = _SUFFIXES.get(PurePath(name).suffix.lower())
    if told is Format.MARKDOWN:
        return told if _MARKS.search(text) or _HTML.match(text) else Format.PLAIN
    if told:
        return told
    if _HTML.match(text):
        return Format.HTML
    headed = _TITLE.search(text) and _LINK.search(text)
    return Format.MARKDOWN if headed or _SECTION.search(text) else Format.PLAIN


def without_foreign_marks(lines: Sequence[Line], kind: Format) -> list[Line]:
    """The lines with the headings of AsciiDoc and reStructuredText marked as in Markdown."""
    match kind:
        case Format.ASCIIDOC:
            return [replace(line, text=_from_asciidoc(line.text)) for line in lines]
        case Format.RST:
            return list(_from_rst(lines))
        case _:
            return list(lines)


def _from_asciidoc(text: str) -> str:
    if found := _EQUALS.fullmatch(text):
        return f"{'#' * len(found[1])} {found[2]}"
    if _DELIMITER.fullmatch(text):
        return "~~~" if text.startswith(("----", "....")) else ""
    return text


def _from_rst(lines: Sequence[Line]) -> Iterator[Line]:
    """Underlined titles; the level is the order in which their adornments first appear."""
    levels: list[str] = []
    place = 0
    while place < len(lines):
        over = _adornment(lines, place)
        title = place + bool(over)
        under = _adornment(lines, title + 1)
        text = lines[title].text.strip() if title < len(lines) else ""
        long = len(under) >= min(width(text), _SHORTEST_RULE)
        if under and text and long and not _adornment(lines, title):
            style = (over and under[0]) + under[0]
            levels += [] if style in levels else [style]
            yield Line(lines[title].number, "")
            yield Line(
                lines[title].number, f"{'#' * min(levels.index(style) + 1, 6)} {_inline(text)}"
            )
            yield Line(lines[title].number, "")
            place = title + 2
        else:
            yield replace(lines[place], text=_inline(lines[place].text))
            place += 1


def _adornment(lines: Sequence[Line], place: int) -> str:
    text = lines[place].text.strip() if place < len(lines) else ""
    return text if len(text) > 1 and not text[0].isalnum() and text == text[0] * len(text) else ""


def _inline(text: str) -> str:
    text = _REFERENCE.sub(r"[\1](\2)", text)
    return _LITERAL.sub(r"`\1`", _ROLE.sub(r"`\1`", text))
