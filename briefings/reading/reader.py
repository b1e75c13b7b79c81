"""Documents in, briefings out: the one way in for every format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from briefings.blocks import Block, List, Quote
from briefings.model import Briefing, Section, TitleFrom
from briefings.reading.cleaning import clean
from briefings.reading.dates import dates_in, stated_date
from briefings.reading.decoding import decode
from briefings.reading.formats import Format
from briefings.reading.mentions import questions_in, sources_in, topics_in
from briefings.reading.opening import Opened, opened
from briefings.reading.outline import sections_of
from briefings.reading.placed import Report, is_heading
from briefings.reading.result import Reading, Remark, Unreadable
from briefings.reading.titles import Title, titled
from briefings.tongue import mark

__all__ = ["Reading", "Remark", "Unreadable", "read"]

LARGEST = 1_000_000
"""Bytes of a document."""
MOST_SECTIONS = 2_000
MOST_SCRAPS = 5_000
"""Lines of a document whose lines hold hardly more than a letter each."""
DEEPEST = 36
"""Levels of lists and quotes, in every format; a table in them takes four more to write."""
_SCRAP = 6
"""Characters of such a line on average."""
_TOP = 10
"""Lines above the first section in which a document states its date and topics."""
_MARKED = re.compile(r"^ {0,3}#{1,6}[ \t]|<h[1-6][\s>]", re.MULTILINE | re.IGNORECASE)


def read(data: bytes, name: str, headings: Sequence[str] = ()) -> Reading:
    """The briefing in a document; `name` is its file name, `headings` are surely headings.

    Raises `Unreadable` with one sentence of reason, which does not name the file.
    """
    text, remarks = _text(data)

    def report(line: int | None, sentence: str) -> None:
        remarks.append(Remark(line, sentence))

    document = opened(text, name, headings, report)
    _check(sum(map(is_heading, document.placed)))
    title = _title(document, report)
    sections = tuple(sections_of(title.rest))
    _check_depth(section for _, section in sections)
    briefing = _briefing(document, title, tuple(section for _, section in sections))
    if not any(section.level for section in briefing.sections) and not document.about.marked:
        report(None, "There is no heading; the document is one untitled section.")
    once = sorted(dict.fromkeys(remarks), key=lambda remark: remark.line or 0)
    return Reading(briefing, tuple(once), tuple(line for line, _ in sections))


def _text(data: bytes) -> tuple[str, list[Remark]]:
    """The clean text of a document that is worth a look, and what was odd about its bytes."""
    if len(data) > LARGEST:
        raise Unreadable(mark("It is larger than 1 MB: split it, or keep to its text."))
    decoded, remarks = decode(data)
    text = clean(decoded)
    if not text.strip():
        raise Unreadable(mark("It is empty: a briefing needs some text."))
    _check(len(_MARKED.findall(text)))
    _check_lines(text)
    return text, remarks


def _check(sections: int) -> None:
    if sections > MOST_SECTIONS:
        raise Unreadable(mark("It has more than 2,000 sections: split it."))


def _check_lines(text: str) -> None:
    lines = [line for line in text.split("\n") if line and not line.isspace()]
    if len(lines) > MOST_SCRAPS and sum(map(len, lines)) < _SCRAP * len(lines):
        raise Unreadable(mark("Its lines are nearly empty: join them to paragraphs."))


def _check_depth(sections: Iterable[Section]) -> None:
    if any(_depth(section.blocks) > DEEPEST for section in sections):
        raise Unreadable(mark("Lists and quotes are nested too deeply: flatten them."))


def _depth(blocks: Iterable[Block]) -> int:
    """Levels of lists and quotes in each other; a list in a list is two."""
    deepest = 0
    for block in blocks:
        match block:
            case List(items):
                deepest = max([deepest, *(2 + _depth(item.blocks) for item in items)])
            case Quote(inner):
                deepest = max(deepest, 1 + _depth(inner))
            case _:
                pass
    return deepest


def _briefing(document: Opened, title: Title, sections: tuple[Section, ...]) -> Briefing:
    said = document.about
    top = document.above(title.rest)[:_TOP]
    return Briefing(
        title.text,
        sections,
        title.origin,
        said.date if said.dated else _date(document, title.text, top),
        topics_in(top) if said.topics is None else said.topics,
        sources_in(sections) if said.sources is None else said.sources,
        questions_in(sections) if said.questions is None else said.questions,
        said.extras,
    )


def _title(document: Opened, report: Report) -> Title:
    said, placed = document.about, document.placed
    if said.title_from is TitleFrom.NONE:
        return Title("", TitleFrom.NONE, placed)
    lines = document.above(placed) if document.format is Format.PLAIN else ()
    title = titled(placed, said.title, lines, document.name)
    if title.origin is TitleFrom.FIRST_SENTENCE:
        report(title.line, f"There is no title; the first sentence gave “{title.text}”.")
    if title.origin is TitleFrom.METADATA and said.title:
        return Title(title.text, said.title_from, title.rest)
    return title


def _date(document: Opened, title: str, top: Sequence[str]) -> date | None:
    found = next((day for name in (title, document.name) for day in dates_in(name)), None)
    return found or stated_date(top)
