"""What stands after a briefing's text: its questions, its sources and its other fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefings import words
from briefings.blocks import (
    Block,
    Item,
    List,
    Paragraph,
    Quote,
    Span,
    Spans,
    Style,
    Table,
    plain,
    spans_in,
    text_of,
)
from briefings.filling import filled
from briefings.honesty import honest
from briefings.message import Message, Note
from briefings.model import Briefing, Source
from briefings.tongue import say

SOURCES_LIMIT = 300
"""Code points of sources that stand on the card; more of them make a part of their own."""
_BETWEEN = "\0"


def sources_note(briefing: Briefing) -> tuple[Note, ...]:
    """The sources that the text does not name, in one line; none where that line is too long."""
    notes = _note(_untold_sources(briefing))
    return tuple(note for note in notes if len(text_of(note.spans)) <= SOURCES_LIMIT)


def closing_parts(briefing: Briefing) -> Iterator[Message]:
    """What neither the text nor the card's note says, a message for each kind."""
    questions = _untold(briefing.questions, briefing)
    yield from _part(say(words.QUESTIONS), map(plain, questions))
    if not sources_note(briefing):
        yield from _part(say(words.SOURCES), map(_named, _untold_sources(briefing)))
    yield from _part(say(words.FIELDS), (_field(name, text) for name, text in briefing.extras))


def _note(sources: tuple[Source, ...]) -> tuple[Note, ...]:
    spans = [span for source in sources for span in (Span(" · "), *_named(source))]
    if not spans:
        return ()
    return (Note(filled(say(words.SOURCES_ARE), sources=tuple(spans[1:]))),)


def _part(title: str, lines: Iterable[Spans]) -> Iterator[Message]:
    items = tuple(Item((Paragraph(line),)) for line in lines)
    if items:
        yield Message(title, (List(items),))


def _named(source: Source) -> Spans:
    return honest([Span(source.name or source.url or "", link=source.url)])


def _field(name: str, text: str) -> Spans:
    return (Span(f"{name}: ", Style.STRONG), *plain(text))


def _untold(texts: tuple[str, ...], briefing: Briefing) -> tuple[str, ...]:
    told = _BETWEEN.join(map(_one_line, _texts(briefing)))
    return tuple(text for text in texts if _one_line(text) not in told)


def _untold_sources(briefing: Briefing) -> tuple[Source, ...]:
    links = {span.link for span in _spans(briefing)}
    new = set(_untold(tuple(source.name for source in briefing.sources), briefing))
    return tuple(
        source
        for source in briefing.sources
        if source.name in new or (source.url is not None and source.url not in links)
    )


def _spans(briefing: Briefing) -> Iterator[Span]:
    return (
        span
        for section in briefing.sections
        for span in (*section.heading, *spans_in(section.blocks))
    )


def _texts(briefing: Briefing) -> Iterator[str]:
    for section in briefing.sections:
        yield section.name
        yield from _texts_in(section.blocks)


def _texts_in(blocks: Iterable[Block]) -> Iterator[str]:
    """What is said in one piece: a paragraph, a cell."""
    for block in blocks:
        match block:
            case List(items):
                yield from (text for item in items for text in _texts_in(item.blocks))
            case Quote(within):
                yield from _texts_in(within)
            case Table(head, rows):
                yield from (text_of(cell) for row in (head, *rows) for cell in row)
            case _:
                yield text_of(spans_in((block,)))


def _one_line(text: str) -> str:
    return " ".join(text.split())
