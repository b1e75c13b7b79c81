"""Sources, questions and topics that a document names in its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from briefings.blocks import Block, Heading, List, Paragraph, Quote, Spans, Table, text_of
from briefings.model import Section, Source
from briefings.reading.known import QUESTIONS, SOURCES, key
from briefings.reading.targets import web_address

_TOPICS = re.compile(r"[*_]*(?:topics|tags|keywords)[*_]*\s*:[*_]*\s*(\S.*)", re.IGNORECASE)
_PUNCTUATION = " \t\n-–—:;,.()[]"


def sources_in(sections: Iterable[Section]) -> tuple[Source, ...]:
    """The sources that a section named so lists: each link, or the text of an item without one."""
    named = (section for section in sections if key(section.name) in SOURCES)
    found = (
        source for section in named for entry in _entries(section.blocks) for source in _of(entry)
    )
    return tuple(dict.fromkeys(found))


def questions_in(sections: Iterable[Section]) -> tuple[str, ...]:
    """The questions that a section of questions lists."""
    named = (section for section in sections if key(section.name) in QUESTIONS)
    texts = (text_of(entry) for section in named for entry in _entries(section.blocks))
    return tuple(" ".join(text.split()) for text in texts if text.strip().endswith(("?", "？")))


def topics_in(lines: Iterable[str]) -> tuple[str, ...]:
    """The topics of a line such as `Topics: energy, grid`."""
    found = next(filter(None, map(_TOPICS.fullmatch, map(str.strip, lines))), None)
    parts = re.split(r"[,;|]", found[1]) if found else []
    return tuple(filter(None, (" ".join(part.split()).strip(" *_.#") for part in parts)))


def lines_of(block: Block) -> list[str]:
    """The lines of text in a block, each item of a list on its own."""
    return [line for spans in _entries([block]) for line in text_of(spans).split("\n")]


def first_entry(block: Block) -> str:
    """The first words of a block; empty for one without words."""
    return next(filter(None, map(text_of, _entries([block]))), "")


def _entries(blocks: Sequence[Block]) -> Iterator[Spans]:
    for block in blocks:
        match block:
            case Paragraph(spans) | Heading(spans):
                yield spans
            case List(items):
                for item in items:
                    yield from _entries(item.blocks)
            case Quote(inner):
                yield from _entries(inner)
            case Table(_, rows):
                yield from (cell for row in rows for cell in row)
            case _:
                pass


def _of(spans: Spans) -> list[Source]:
    """Each web link is a source; an address alone takes its name from the words around it."""
    links = [span for span in spans if span.link and web_address(span.link)]
    if not links:
        text = " ".join(text_of(spans).split())
        return [Source(text)] if text else []
    words = text_of(span for span in spans if not span.link).strip(_PUNCTUATION)
    if len(links) == 1 and links[0].text == links[0].link and words:
        return [Source(" ".join(words.split()), links[0].link)]
    return [Source(" ".join(span.text.split()) or str(span.link), span.link) for span in links]
