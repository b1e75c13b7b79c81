"""Plain text becomes Markdown lines: headings marked, paragraphs parted, nothing else touched."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from briefings.reading.context import Context
from briefings.reading.furniture import bulletin_heading, unglued, without_furniture
from briefings.reading.known import keys
from briefings.reading.placed import Line, Report
from briefings.reading.shapes import BULLET, GAP, LIST_ITEM, RULE, has_ended, width

_SPECIAL = re.compile(r"[\\`&]|<(?!https?://[^\s<>]+>|mailto:[^\s<>]+>)")
_STARTS = re.compile(r"[#+=~:>-]|(?=\d+[.)](?:\s|$))")
_MARKED = re.compile(r"(#{2,6})\s*([^#\s].*?)\s*#*")
_MARKED_FIRST = re.compile(r"(#)\s*([^#\s].*?[^#\s.,;!])\s*#*")
_STARRED = re.compile(r"\*\*?([^*\s][^*]*[^*\s.,;!])\*\*?")
_LIST_MARK = re.compile(r"^(?:[-•●▪◦‣·–*]|#)\s+(?=\S)")
_SHORT = 60
_COLUMNS = 3


def as_markdown(lines: Sequence[Line], headings: Sequence[str], report: Report) -> list[Line]:
    """The lines as Markdown, each with the number it had in the source."""
    trimmed = [Line(line.number, line.text.expandtabs(4).rstrip()) for line in lines]
    indent = min(
        (len(text) - len(text.lstrip()) for line in trimmed if (text := line.text)), default=0
    )
    trimmed = [Line(line.number, line.text[indent:]) for line in trimmed]
    known = unglued(without_furniture(_closed_up(trimmed), report), report)
    context = Context([line.text for line in known], keys(headings))
    page = _Page(known, context)
    while page.place < len(known):
        page.step()
    return page.out


def _closed_up(lines: Sequence[Line]) -> list[Line]:
    """The lines with a single empty one wherever there are several."""
    told = ("", *(line.text for line in lines))
    return [line for line, before in zip(lines, told, strict=False) if line.text or before]


@dataclass
class _Page:
    """The Markdown so far and the place in the plain lines."""

    lines: Sequence[Line]
    context: Context
    out: list[Line] = field(default_factory=list)
    place: int = 0
    before: str = ""
    """The text line that the next one might continue."""

    def step(self) -> None:
        """Turn one line, or one table, into Markdown."""
        line = self.lines[self.place]
        stripped = line.text.strip()
        if level := self.context.underlined(self.place):
            self._heading(line, stripped, level)
            self.place += 2
        elif (rows := self._columns()) >= _COLUMNS:
            self._table(rows)
        else:
            self._line(line, stripped)
            self.place += 1

    def _line(self, line: Line, stripped: str) -> None:
        if not stripped or stripped == "&&":
            self._blank(line)
        elif stripped == "$$" or RULE.fullmatch(stripped):
            self._rule(line)
        elif marked := self._marked(line.text):
            self._heading(line, marked[2], len(marked[1]))
        elif bulletin := bulletin_heading(line.text):
            self._heading(line, bulletin[0], 2)
            self._text(Line(line.number, bulletin[1]))
        elif _STARRED.fullmatch(line.text) or self.context.is_heading(self.place):
            self._heading(line, _LIST_MARK.sub("", stripped).strip("*"), 2)
        elif LIST_ITEM.match(line.text) or stripped.startswith((">", "|")):
            self._structure(line)
        else:
            self._text(line)

    def _marked(self, text: str) -> re.Match[str] | None:
        """A heading marked as in Markdown; a single mark may stand before a hashtag as well."""
        first = self.place == self.context.first_line
        return _MARKED.fullmatch(text) or (_MARKED_FIRST.fullmatch(text) if first else None)

    def _blank(self, line: Line) -> None:
        self.out.append(Line(line.number, ""))
        self.before = ""

    def _rule(self, line: Line) -> None:
        """A rule above a boxed heading belongs to its box; others divide."""
        if self.context.underlined(self.place + 1) is None:
            self._blank(line)
            self.out.append(Line(line.number, "___"))
        self._blank(line)

    def _heading(self, line: Line, text: str, level: int) -> None:
        self._blank(line)
        self.out.append(Line(line.number, f"{'#' * level} {_escaped(text)}"))
        self._blank(line)

    def _structure(self, line: Line) -> None:
        """List items, quotes and table rows are Markdown already, but for foreign bullets."""
        if self.before and not self.context.wrap:
            self._blank(line)
        text = BULLET.sub(r"\1- ", line.text)
        indent = len(text) - len(text.lstrip())
        if indent > 3 and not self._in_list():
            text = text.lstrip()
        self.out.append(Line(line.number, _escaped(text)))
        self.before = line.text if LIST_ITEM.match(line.text) else ""

    def _in_list(self) -> bool:
        last = next((line.text for line in reversed(self.out) if line.text), "")
        return bool(LIST_ITEM.match(last)) or last.startswith("  ")

    def _text(self, line: Line) -> None:
        if not line.text:
            return
        if self.before:
            self._part(line)
        keep = self.before and self._in_list()
        text = _escaped(line.text if keep else line.text.lstrip())
        start = text.lstrip()
        if found := _STARTS.match(start):
            text = text[: len(text) - len(start)] + _guarded(start, found.end())
        self.out.append(Line(line.number, text))
        self.before = line.text

    def _part(self, line: Line) -> None:
        """Decide what the line break after the line before stands for."""
        last = self.out[-1]
        match _break(self.before, line.text, self.context.wrap):
            case "paragraph":
                self._blank(line)
            case "line":
                self.out[-1] = replace(last, text=last.text + "\\")
            case _:
                pass

    def _columns(self) -> int:
        """How many lines from here on are set in columns."""
        if "   " not in self.context.at(self.place):
            return 0
        place = self.place
        while (
            GAP.search(text := self.context.at(place).strip()) and not LIST_ITEM.match(text)
        ) or (place > self.place and text and RULE.fullmatch(text)):
            place += 1
        return place - self.place

    def _table(self, rows: int) -> None:
        """Columns only keep their meaning letter by letter."""
        lines = self.lines[self.place : self.place + rows]
        indent = min(len(line.text) - len(line.text.lstrip()) for line in lines)
        self._blank(lines[0])
        self.out.append(replace(lines[0], text="~~~~~"))
        self.out.extend(Line(line.number, line.text[indent:]) for line in lines)
        self.out.append(replace(lines[-1], text="~~~~~"))
        self._blank(lines[-1])
        self.place += rows


def _break(before: str, text: str, wrap: int | None) -> str:
    """What a line break in running text stands for: a blank, a line or a paragraph."""
    if wrap:
        return "line" if width(before) < 0.6 * wrap and not text[0].islower() else "blank"
    if text.lstrip()[0].islower() and not has_ended(before):
        return "blank"
    if width(before) < _SHORT and width(text) < _SHORT:
        return "line"
    return "paragraph" if has_ended(before) or width(before) < _SHORT else "blank"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def _guarded(text: str, end: int) -> str:
    """The text with a mark at its start that Markdown would take for structure escaped."""
    return "\\" + text if end else re.sub(r"^(\d+)", r"\1\\", text)
