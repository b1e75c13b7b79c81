"""Documents in, briefings out: the one way in for every format."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import yaml

from briefings.blocks import Paragraph, plain
from briefings.model import Briefing, Section, Source, TitleFrom
from briefings.reading.result import Reading, Remark, Unreadable

__all__ = ["Reading", "Remark", "Unreadable", "read"]

_KNOWN = ("What's Happening?", "Why It's Important?", "What's Next?", "Beyond the Headlines")


def read(data: bytes, name: str, headings: Sequence[str] = ()) -> Reading:
    """The briefing in a document; `name` is its file name, `headings` are surely headings.

    Raises `Unreadable` with one sentence of reason, which does not name the file.
    """
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    if not text.strip():
        raise Unreadable("The document is empty.")
    fields, body = _front_matter(text)
    sections = _sections(body, (*_KNOWN, *headings))
    title = str(fields.get("title", ""))
    origin = TitleFrom.METADATA
    if not title and sections and sections[0].level == 1:
        title, origin, sections = sections[0].name, TitleFrom.HEADING, sections[1:]
    remarks: tuple[Remark, ...] = ()
    if not title:
        title, origin = _first_sentence(sections), TitleFrom.FIRST_SENTENCE
        remarks = (Remark(1, "There is no title: the first sentence gives one."),)
    day = fields.get("date")
    return Reading(
        Briefing(
            title,
            sections,
            origin,
            day if isinstance(day, date) else None,
            tuple(map(str, fields.get("topics", ()))),  # type: ignore[call-overload]
            tuple(Source(str(item)) for item in fields.get("sources", ())),  # type: ignore[attr-defined]
        ),
        remarks,
    )


def _front_matter(text: str) -> tuple[dict[str, object], str]:
    found = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    return (dict(yaml.safe_load(found[1])), text[found.end() :]) if found else ({}, text)


def _sections(body: str, known: Sequence[str]) -> tuple[Section, ...]:
    found: list[tuple[str, int, list[str]]] = [("", 0, [])]
    for line in body.splitlines():
        if mark := re.match(r"(#{1,6}) (.+)", line):
            found.append((mark[2], len(mark[1]), []))
        elif line.strip() in known:
            found.append((line.strip(), 2, []))
        else:
            found[-1][2].append(line)
    return tuple(
        Section(plain(heading), level, _paragraphs(lines))
        for heading, level, lines in found
        if heading or any(map(str.strip, lines))
    )


def _paragraphs(lines: list[str]) -> tuple[Paragraph, ...]:
    parts = "\n".join(lines).split("\n\n")
    return tuple(Paragraph(plain(" ".join(part.split()))) for part in parts if part.strip())


def _first_sentence(sections: Sequence[Section]) -> str:
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                return re.split(r", |\. ", block.spans[0].text)[0]
    return ""
