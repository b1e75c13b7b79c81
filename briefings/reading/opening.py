"""A document opened: what its head says, and its blocks with their lines, whatever its format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import dedent

from briefings.reading.cleaning import undoubled, unquoted
from briefings.reading.fields import About, about
from briefings.reading.formats import Format, format_of, without_foreign_marks
from briefings.reading.frontmatter import head_of
from briefings.reading.furniture import is_furniture
from briefings.reading.known import keys
from briefings.reading.markdown import parse
from briefings.reading.mending import mended
from briefings.reading.mentions import lines_of
from briefings.reading.outline import outlined
from briefings.reading.pages import page
from briefings.reading.placed import Line, Placed, Report, is_heading
from briefings.reading.plain import as_markdown
from briefings.reading.shapes import RULE

_MOST = 100


@dataclass(frozen=True, slots=True)
class Opened:
    """A document's particulars and its blocks, headings among them."""

    about: About
    placed: list[Placed]
    format: Format
    lines: Sequence[str]
    """The source below the front matter; empty for HTML, whose lines mean nothing."""
    first: int = 1
    """The number of the first of these lines."""
    name: str = ""
    """The name of an HTML page."""

    def above(self, placed: Sequence[Placed]) -> list[str]:
        """The lines of text above the first heading of these blocks, the first hundred at most."""
        place = next((place for place, each in enumerate(placed) if is_heading(each)), len(placed))
        if self.format is Format.HTML:
            lines = [line for each in placed[:place] for line in lines_of(each.block)]
        else:
            end = placed[place].line if place < len(placed) else None
            lines = list(self.lines[: None if end is None else end - self.first])
        told = (line for line in lines[:_MOST] if not RULE.fullmatch(line.strip()))
        return [line for line in told if line.strip() and not is_furniture(line)]


def opened(text: str, name: str, headings: Sequence[str], report: Report) -> Opened:
    """The document in a cleaned text; raises `Unreadable` where it nests too deeply."""
    text = _unmarked(text, report)
    kind = format_of(text, name)
    if kind is Format.HTML:
        found = page(text, report)
        placed = outlined(found.blocks, keys(headings))
        return Opened(about(found.fields, report), placed, kind, (), name=found.title)
    head = head_of(text, report)
    said = about(head.fields, report)
    texts = text.split("\n")[head.lines :]
    lines = [Line(head.lines + place, line) for place, line in enumerate(texts, start=1)]
    if said.marked:
        blocks = parse(lines, report, written=True)
        return Opened(said, blocks, Format.MARKDOWN, texts, head.lines + 1)
    blocks = parse(_markdown(lines, kind, headings, report), report)
    placed = outlined(blocks, keys(headings), judged=kind is Format.PLAIN)
    return Opened(said, placed, kind, texts, head.lines + 1)


def _unmarked(text: str, report: Report) -> str:
    """The text without what stands at the start of every line: a quotation's marks, blanks."""
    bare = unquoted(text)
    if bare != text:
        report(1, "Every line is quoted; the marks are left out.")
    return dedent(bare) if bare.lstrip("\n").startswith((" ", "\t")) else bare


def _markdown(
    lines: Sequence[Line], kind: Format, headings: Sequence[str], report: Report
) -> list[Line]:
    kept = undoubled([line.text for line in lines])
    if len(kept) < len(lines):
        report(lines[0].number, "Every line end is doubled; the empty lines are left out.")
    lines = [lines[place] for place in kept]
    if kind is Format.PLAIN:
        return as_markdown(lines, headings, report)
    return mended(without_foreign_marks(lines, kind), report)
