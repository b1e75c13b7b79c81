"""Documents in, briefings out: the one way in for every format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from briefings.blocks import Heading
from briefings.model import Briefing, TitleFrom
from briefings.reading.cleaning import clean, undoubled
from briefings.reading.dates import dates_in, stated_date
from briefings.reading.decoding import decode
from briefings.reading.fields import About, about
from briefings.reading.formats import Format, format_of, without_foreign_marks
from briefings.reading.frontmatter import Field, head_of
from briefings.reading.furniture import is_furniture
from briefings.reading.hypertext import page
from briefings.reading.known import keys
from briefings.reading.markdown import parse
from briefings.reading.mending import mended
from briefings.reading.mentions import lines_of, questions_in, sources_in, topics_in
from briefings.reading.outline import outlined, sections_of
from briefings.reading.placed import Line, Placed
from briefings.reading.plain import as_markdown
from briefings.reading.result import Reading, Remark, Unreadable
from briefings.reading.titles import titled

__all__ = ["Reading", "Remark", "Unreadable", "read"]

LARGEST = 1_000_000
"""Bytes of a document."""
MOST_SECTIONS = 2_000
_TOP = 10
"""Lines above the first section in which a document states its date."""


def read(data: bytes, name: str, headings: Sequence[str] = ()) -> Reading:
    """The briefing in a document; `name` is its file name, `headings` are surely headings.

    Raises `Unreadable` with one sentence of reason, which does not name the file.
    """
    if len(data) > LARGEST:
        raise Unreadable("It is larger than 1 MB: split it, or keep to its text.")
    text, remarks = decode(data)
    text = clean(text)
    if not text.strip():
        raise Unreadable("It is empty: a briefing needs some text.")
    source = _Source(text, format_of(text, name), keys(headings), remarks)
    return source.reading(headings)


@dataclass
class _Source:
    text: str
    format: Format
    certain: frozenset[str]
    remarks: list[Remark] = field(default_factory=list)
    page_title: str | None = None
    head: int = 0
    """Lines that the front matter takes."""

    def report(self, line: int | None, text: str) -> None:
        """Remember a remark, once."""
        remark = Remark(line, text)
        if remark not in self.remarks:
            self.remarks.append(remark)

    def reading(self, headings: Sequence[str]) -> Reading:
        """The briefing and the remarks in the order of the lines."""
        fields, placed = self._html() if self.format is Format.HTML else self._text(headings)
        said = about(fields, self.report)
        placed = outlined(placed, self.certain)
        self._check(placed)
        briefing = self._briefing(said, placed)
        ordered = sorted(self.remarks, key=lambda remark: remark.line or 0)
        return Reading(briefing, tuple(ordered))

    def _check(self, placed: Sequence[Placed]) -> None:
        if sum(isinstance(each.block, Heading) for each in placed) > MOST_SECTIONS:
            raise Unreadable(f"It has more than {MOST_SECTIONS:,} sections: split it.")

    def _briefing(self, said: About, placed: list[Placed]) -> Briefing:
        plain = self.format is Format.PLAIN
        lines = self._top(placed, MOST_SECTIONS) if plain else ()
        title = titled(placed, said.title, lines, self.page_title)
        origin = said.title_from if title.origin is TitleFrom.METADATA else title.origin
        if title.origin is TitleFrom.FIRST_SENTENCE:
            self.report(title.line, f"There is no title; the first sentence gave “{title.text}”.")
        sections = tuple(sections_of(title.rest))
        if not any(section.level for section in sections):
            self.report(None, "There is no heading; the document is one untitled section.")
        top = self._top(title.rest, _TOP)
        return Briefing(
            title.text,
            sections,
            origin,
            said.date if said.dated else self._date(title.text, top),
            topics_in(top) if said.topics is None else said.topics,
            sources_in(sections) if said.sources is None else said.sources,
            questions_in(sections) if said.questions is None else said.questions,
            said.extras,
        )

    def _date(self, title: str, top: Sequence[str]) -> date | None:
        names = (title, self.page_title or "")
        found = next((day for name in names for day in dates_in(name)), None)
        return found or stated_date(top)

    def _top(self, placed: Sequence[Placed], most: int) -> list[str]:
        """The lines above the first heading, at most so many that are not blank."""
        heads = (place for place, each in enumerate(placed) if isinstance(each.block, Heading))
        first = next(heads, len(placed))
        if self.format is Format.HTML:
            lines = [line for each in placed[:first] for line in lines_of(each.block)]
        else:
            last = placed[first].line if first < len(placed) else None
            lines = self.text.split("\n")[self.head : last and last - 1]
        return [line for line in lines if line.strip() and not is_furniture(line)][:most]

    def _html(self) -> tuple[list[Field], list[Placed]]:
        found = page(self.text, self.report)
        self.page_title = found.title
        return found.fields, found.blocks

    def _text(self, headings: Sequence[str]) -> tuple[list[Field], list[Placed]]:
        head = head_of(self.text, self.report)
        self.head = head.lines
        texts = self.text.split("\n")[head.lines :]
        kept = undoubled(texts)
        if len(kept) < len(texts):
            self.report(head.lines + 1, "Every line end is doubled; the empty lines are left out.")
        lines = [Line(head.lines + place + 1, texts[place]) for place in kept]
        if self.format is Format.PLAIN:
            lines = as_markdown(lines, headings, self.report)
        else:
            lines = mended(without_foreign_marks(lines, self.format), self.report)
        return list(head.fields), parse(lines, self.report)
