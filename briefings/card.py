"""How a briefing reads: its card, and its chapters, each of which is one message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from briefings import followup_words, words
from briefings.blocks import Block, Heading, plain
from briefings.breaks import whole_end
from briefings.chapters import Chapter, blocks_of, chapters, name_of, title_of
from briefings.closing import closing_parts, sources_note
from briefings.dividing import beginning_small, divide
from briefings.followups import Watch
from briefings.intents import Discuss, DiscussPart, MoreSections, OpenSection, Share
from briefings.manners import Manners
from briefings.message import Action, Actions, Message, Note, Part, Post, Weight
from briefings.model import Briefing, Entry
from briefings.opening_words import DISCUSS_PART
from briefings.promises import promises
from briefings.schedule import Layout
from briefings.signal_row import signal_row
from briefings.tongue import say
from briefings.writing import text_of_section

LEAD_LIMIT = 1_500
"""Code points of the first section that stand on the card; the rest opens the thread."""

BUTTONS = 8
"""Section buttons on a card; the others are a press away."""

LABEL_LIMIT = 40
"""Code points of a button's label, so that two buttons stand side by side on a phone."""

WORDS_A_MINUTE = 230

UNSIGNALLED = Manners(signals=False)
"""For what is only looked at: nobody has an opinion yet."""

_WITHOUT_BLANKS = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]")


def compose_post(
    entry: Entry, layout: Layout = Layout.THREAD, manners: Manners = UNSIGNALLED
) -> Post:
    """The card and the parts, which together are the whole briefing; or the card alone.

    Whatever is not in the channel is a press away.
    """
    lead, rest = _lead(entry.briefing)
    more = bool(rest) and layout is Layout.CARD
    card = _signalling(_card(entry, lead, *_discuss(entry, manners), more=more), entry, manners)
    if layout is Layout.CARD:
        return Post(card, threaded=False)  # its thread is opened once somebody asks for it
    parts = tuple(message for _, message in _parts(entry, rest))
    return Post(card, parts, layout is Layout.THREAD)


def part_sections(entry: Entry) -> tuple[int | None, ...]:
    """The section of each part of a post, counted from 0; nothing for one about the whole."""
    _, rest = _lead(entry.briefing)
    return tuple(section for section, _ in _parts(entry, rest))


def compose_taken_out(entry: Entry) -> Message:
    """What stands where a part was, once its briefing was corrected and has fewer of them."""
    return Message(title_of(entry.briefing), (Note(plain(say(words.TAKEN_OUT))),))


def compose_card(entry: Entry) -> Message:
    """The card as an answer to one person, who may share it."""
    lead, rest = _lead(entry.briefing)
    share = Action(say(words.SHARE), Share(entry.id), Weight.PRIMARY)
    return _card(entry, lead, share, more=bool(rest))


def compose_shared(entry: Entry) -> Message:
    """The card as one person shows it to the channel."""
    lead, rest = _lead(entry.briefing)
    return _card(entry, lead, more=bool(rest))


def compose_section(entry: Entry, number: int, *, discussed: bool = False) -> Message | None:
    """One chapter as an answer, with the buttons of the others; nothing where it is not there.

    Where its briefing is discussed, it can be put up there.
    """
    told = chapters(entry.briefing)
    if not 0 <= number < len(told):
        return None
    message = _chapter_message(entry, told[number])
    about = Note(plain(title_of(entry.briefing)))
    others = [each for each in range(len(told)) if each != number]
    discuss = (Action(say(DISCUSS_PART), DiscussPart(entry.id, number)),) if discussed else ()
    buttons = _buttons(entry, others, 0, *_watch(entry, number), *discuss)
    return replace(message, blocks=(about, *message.blocks, *buttons))


def compose_sections(entry: Entry, page: int) -> Message:
    """A further page of section buttons; the last one where there are fewer pages by now."""
    numbers = range(len(chapters(entry.briefing)))
    last = max(0, len(numbers) - 1) // BUTTONS
    return Message(title_of(entry.briefing), _buttons(entry, numbers, min(page, last)))


def minutes_to_read(briefing: Briefing) -> int:
    """Whole minutes, at least one."""
    text = " ".join(text_of_section(section) for section in briefing.sections)
    return max(1, round(len(_WITHOUT_BLANKS.sub("字 ", text).split()) / WORDS_A_MINUTE))


def shorten(text: str, limit: int = LABEL_LIMIT) -> str:
    """The text for a label, with "…" in place of what is over the limit; labels only."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: whole_end(line, limit - 1)].rstrip()}…"


def _card(entry: Entry, lead: tuple[Part, ...], *last: Action, more: bool = False) -> Message:
    numbers = range(0 if more else 1, len(chapters(entry.briefing)))
    summary = Note(plain(_summary(entry.briefing)))
    blocks = (summary, *lead, *sources_note(entry.briefing), *_buttons(entry, numbers, 0, *last))
    return Message(title_of(entry.briefing), blocks)


def _discuss(entry: Entry, manners: Manners) -> tuple[Action, ...]:
    discuss = Action(say(words.DISCUSS), Discuss(entry.id), Weight.PRIMARY)
    return (discuss,) if manners.opens else ()


def _signalling(card: Message, entry: Entry, manners: Manners) -> Message:
    signals = (signal_row(entry.id),) if manners.signals else ()
    return replace(card, blocks=(*card.blocks, *signals))


def _watch(entry: Entry, number: int) -> tuple[Action, ...]:
    """A button to watch what a section promises, where it promises anything."""
    there = bool(promises(entry, number))
    return (Action(say(followup_words.WATCH), Watch(entry.id, number)),) if there else ()


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
    stay, go = divide(blocks_of(told[0]), LEAD_LIMIT)
    return (*((Heading(heading),) if heading else ()), *beginning_small(stay)), go


def _parts(entry: Entry, rest: tuple[Block, ...]) -> Iterator[tuple[int | None, Message]]:
    """What goes into the thread, each with the section that it tells."""
    yield from ((0, message) for message in _continuation(entry, rest))
    for number, chapter in list(enumerate(chapters(entry.briefing)))[1:]:
        message = _chapter_message(entry, chapter)
        if message.blocks or message.title != title_of(entry.briefing):
            watch = _watch(entry, number)
            yield number, replace(message, blocks=(*message.blocks, *_row(watch)))
    yield from ((None, message) for message in closing_parts(entry.briefing))


def _chapter_message(entry: Entry, chapter: Chapter) -> Message:
    return Message(name_of(chapter) or title_of(entry.briefing), blocks_of(chapter))


def _continuation(entry: Entry, rest: tuple[Block, ...]) -> Iterator[Message]:
    if rest:
        name = name_of(chapters(entry.briefing)[0]) or title_of(entry.briefing)
        yield Message(words.continued(name), rest)


def _buttons(entry: Entry, numbers: Sequence[int], page: int, *last: Action) -> tuple[Actions, ...]:
    told = chapters(entry.briefing)
    here = numbers[page * BUTTONS : (page + 1) * BUTTONS]
    actions = [
        Action(shorten(name_of(told[number])) or say(words.UNTITLED), OpenSection(entry.id, number))
        for number in here
    ]
    if len(numbers) > (page + 1) * BUTTONS:
        actions.append(Action(say(words.MORE_SECTIONS), MoreSections(entry.id, page + 1)))
    return _row((*actions, *last))


def _row(actions: Sequence[Action]) -> tuple[Actions, ...]:
    return (Actions(tuple(actions)),) if actions else ()
