"""How a briefing reads: its card, and its chapters, each of which is one message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

import regex

from briefings import words
from briefings.blocks import Block, Heading, Paragraph, Span, Spans, plain
from briefings.cut import cut_block
from briefings.intents import Discuss, MoreSections, OpenSection, Share
from briefings.message import Action, Actions, Message, Note, Part, Post, Weight
from briefings.model import Briefing, Entry, Section, Source
from briefings.writing import text_of_section

LEAD_LIMIT = 1_500
"""Code points of the first section that stand on the card; the rest opens the thread."""

BUTTONS = 8
"""Section buttons on a card; the others are a press away."""

LABEL_LIMIT = 40
"""Code points of a button's label, so that two buttons stand side by side on a phone."""

SOURCES_LIMIT = 300
"""Code points of sources that stand on the card; more of them make a part of their own."""

WORDS_A_MINUTE = 230

Chapter: TypeAlias = tuple[Section, ...]
"""A section of the highest level and the deeper ones that follow it."""

_WITHOUT_BLANKS = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]")


def compose_post(entry: Entry) -> Post:
    """The card for the channel and the parts for its thread; together the whole briefing."""
    lead, rest = _lead(entry.briefing)
    card = _card(entry, lead, Action(words.DISCUSS, Discuss(entry.id), Weight.PRIMARY))
    parts = (_chapter_message(entry, chapter) for chapter in chapters(entry.briefing)[1:])
    return Post(card, (*_continuation(entry, rest), *parts, *_sources_part(entry.briefing)))


def compose_card(entry: Entry) -> Message:
    """The card as an answer to one person, who may share it."""
    lead, rest = _lead(entry.briefing)
    share = Action(words.SHARE, Share(entry.id), Weight.PRIMARY)
    return _card(entry, lead, share, more=bool(rest))


def compose_shared(entry: Entry) -> Message:
    """The card as one person shows it to the channel."""
    lead, rest = _lead(entry.briefing)
    return _card(entry, lead, more=bool(rest))


def compose_section(entry: Entry, number: int) -> Message | None:
    """One chapter as an answer, with the buttons of the others; nothing where it is not there."""
    told = chapters(entry.briefing)
    if not 0 <= number < len(told):
        return None
    message = _chapter_message(entry, told[number])
    about = Note(plain(entry.briefing.title))
    buttons = _buttons(entry, [each for each in range(len(told)) if each != number], 0)
    return replace(message, blocks=(about, *message.blocks, *buttons))


def compose_sections(entry: Entry, page: int) -> Message:
    """A further page of section buttons."""
    numbers = range(len(chapters(entry.briefing)))
    return Message(entry.briefing.title, _buttons(entry, numbers, page))


def chapters(briefing: Briefing) -> tuple[Chapter, ...]:
    """The sections in their order, each deeper one with the section that it belongs to."""
    top = min((section.level for section in briefing.sections if section.level), default=0)
    found: list[Chapter] = []
    for section in briefing.sections:
        if found and section.level > top:
            found[-1] = (*found[-1], section)
        else:
            found.append((section,))
    return tuple(found)


def minutes_to_read(briefing: Briefing) -> int:
    """Whole minutes, at least one."""
    text = " ".join(text_of_section(section) for section in briefing.sections)
    return max(1, round(len(_WITHOUT_BLANKS.sub("字 ", text).split()) / WORDS_A_MINUTE))


def shorten(text: str, limit: int = LABEL_LIMIT) -> str:
    """The text for a label, with "…" in place of what is over the limit; labels only."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def _card(entry: Entry, lead: tuple[Part, ...], *last: Action, more: bool = False) -> Message:
    numbers = range(0 if more else 1, len(chapters(entry.briefing)))
    actions = _buttons(entry, numbers, 0, *last)
    sources = () if _sources_part(entry.briefing) else _sources_note(entry.briefing)
    return Message(
        entry.briefing.title, (Note(plain(_summary(entry.briefing))), *lead, *sources, *actions)
    )


def _summary(briefing: Briefing) -> str:
    told = words.reading_time(minutes_to_read(briefing))
    date = (words.day(briefing.date),) if briefing.date else ()
    topics = (", ".join(briefing.topics),) if briefing.topics else ()
    return " · ".join((*date, *topics, told))


def _lead(briefing: Briefing) -> tuple[tuple[Part, ...], tuple[Block, ...]]:
    """The first chapter's heading and as much of it as a card holds, and what is left of it."""
    told = chapters(briefing)
    if not told:
        return (), ()
    heading = told[0][0].heading
    stay, go = _divide(_blocks(told[0]), LEAD_LIMIT)
    return (*((Heading(heading),) if heading else ()), *stay), go


def _divide(blocks: Sequence[Block], limit: int) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    stay: list[Block] = []
    for number, block in enumerate(blocks):
        if _length((*stay, block)) <= limit:
            stay.append(block)
            continue
        pieces = None if stay else cut_block(block, lambda part: _length((part,)) <= limit)
        kept, left = pieces or ((), (block,))
        return (*stay, *kept), (*left, *blocks[number + 1 :])
    return tuple(stay), ()


def _length(blocks: tuple[Block, ...]) -> int:
    return len(text_of_section(Section((), 0, blocks)))


def _blocks(chapter: Chapter) -> tuple[Block, ...]:
    first, *deeper = chapter
    below = (block for section in deeper for block in (_heading(section), *section.blocks))
    return (*first.blocks, *below)


def _heading(section: Section) -> Block:
    return Heading(section.heading, max(3, section.level))


def _chapter_message(entry: Entry, chapter: Chapter) -> Message:
    name = chapter[0].name or entry.briefing.title
    return Message(name, _blocks(chapter))


def _continuation(entry: Entry, rest: tuple[Block, ...]) -> Iterator[Message]:
    if rest:
        name = chapters(entry.briefing)[0][0].name or entry.briefing.title
        yield Message(words.continued(name), rest)


def _buttons(entry: Entry, numbers: Sequence[int], page: int, *last: Action) -> tuple[Actions, ...]:
    told = chapters(entry.briefing)
    here = numbers[page * BUTTONS : (page + 1) * BUTTONS]
    actions = [
        Action(shorten(told[number][0].name or words.UNTITLED), OpenSection(entry.id, number))
        for number in here
    ]
    if len(numbers) > (page + 1) * BUTTONS:
        actions.append(Action(words.MORE_SECTIONS, MoreSections(entry.id, page + 1)))
    actions.extend(last)
    return (Actions(tuple(actions)),) if actions else ()


def _sources_note(briefing: Briefing) -> tuple[Note, ...]:
    if not briefing.sources or _tells_sources(briefing):
        return ()
    between = Span(" · ")
    names = [span for source in briefing.sources for span in (between, _named(source))][1:]
    return (Note((Span(f"{words.SOURCES}: "), *names)),)


def _sources_part(briefing: Briefing) -> tuple[Message, ...]:
    notes = _sources_note(briefing)
    if sum(len(span.text) for note in notes for span in note.spans) <= SOURCES_LIMIT:
        return ()
    lines: list[Spans] = [(_named(source),) for source in briefing.sources]
    return (Message(words.SOURCES, tuple(Paragraph(line) for line in lines)),)


def _tells_sources(briefing: Briefing) -> bool:
    return any(section.name.casefold() == words.SOURCES.casefold() for section in briefing.sections)


def _named(source: Source) -> Span:
    return Span(source.name, link=source.url)
