"""What a team concluded from a discussion: the form it is written in, and how it is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from briefings import recap_words as words
from briefings.blocks import Block, Heading, Paragraph, Span, plain, spans_in, text_of
from briefings.card import shorten
from briefings.chapters import title_of
from briefings.forms import Filled, Form, FormName, TextField
from briefings.message import Action, Actions, Message, Note, Part
from briefings.model import BriefingId, Entry
from briefings.reading.reader import read
from briefings.reading.result import Unreadable
from briefings.talk_intents import Conclude, OpenConclusions
from briefings.tongue import say
from briefings.words import day

TEXT = "text"
TEXT_LIMIT = 3_000
"""Code points of a text in a form: what Slack's takes, the narrowest; Discord's takes 4,000.
https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element"""

LEAD = 500
"""Code points of a conclusion that stand on a card; a button shows all of it."""

SHOWN = 3
"""Conclusions that are shown at once, the newest ones."""

LEVEL = 4
"""Of the headings that somebody wrote into a conclusion."""


@dataclass(frozen=True, slots=True)
class View:
    """What a team concluded about a briefing, who wrote it down when, and where it was said."""

    name: str
    briefing: BriefingId
    text: str
    person: str
    at: datetime
    replies: int
    link: str | None = None

    @property
    def day(self) -> date:
        """The day on which it was written down (UTC)."""
        return self.at.date()


def compose_conclusion_form(name: str, text: str) -> Form:
    """The form, with what there is to begin with."""
    field = TextField(
        TEXT, say(words.WHAT_WE_SAID), text, say(words.HINT), limit=TEXT_LIMIT, lines=True
    )
    title = say(words.WHAT_WE_SAID)
    return Form(FormName.CONCLUDE, title, (field,), say(words.APPROVE), subject=name)


def read_conclusion_form(filled: Filled) -> tuple[str, str | None]:
    """The text, and a sentence where something is wrong with it."""
    text = _sound("".join(filled.get(TEXT, ()))).strip()
    if not text:
        return text, say(words.EMPTY)
    if len(text) > TEXT_LIMIT:
        return text, words.too_long(len(text), TEXT_LIMIT)
    return text, None


def compose_concluded(title: str, view: View) -> Message:
    """What is told in the thread once it is written down, with a way to correct it."""
    edit = Actions((Action(say(words.EDIT), Conclude(view.name)),))
    by = Note((Span(view.person, person=view.person), Span(f" · {say(words.IN_LIBRARY)}")))
    return Message(words.what_we_said_of(title), (*blocks_of_text(view.text), by, edit))


def compose_conclusions(entry: Entry, views: Sequence[View]) -> Message:
    """All of what was concluded about a briefing, as an answer."""
    if not views:
        return Message(say(words.WHAT_WE_SAID), (Paragraph(plain(say(words.NOTHING_YET))),))
    blocks: list[Part] = [Note(plain(title_of(entry.briefing)))]
    for each in views[:SHOWN]:
        blocks += [*blocks_of_text(each.text), _signed(each)]
    return Message(say(words.WHAT_WE_SAID), tuple(blocks))


def noting_conclusions(card: Message, entry: Entry, views: Sequence[View]) -> Message:
    """A card that also says what was concluded, with a button that shows all of it."""
    if not views:
        return card
    first, *_ = views
    told = (Heading(plain(say(words.WHAT_WE_SAID)), 3), *_lead(first), _signed(first))
    button = Action(say(words.WHAT_WE_SAID), OpenConclusions(entry.id))
    before = [part for part in card.blocks if not isinstance(part, Actions)]
    rows = [part for part in card.blocks if isinstance(part, Actions)]
    buttons = Actions((button, *(action for row in rows for action in row.actions)))
    return replace(card, blocks=(*before, *told, buttons))


def blocks_of_text(text: str) -> tuple[Block, ...]:
    """What somebody wrote, read as documents are."""
    document = f"---\ntitle: Text\nheadings: marked\n---\n\n{_sound(text)}\n"
    try:
        found = read(document.encode(), "text.md")
    except Unreadable:
        return (Paragraph(plain(text)),)
    return tuple(
        block
        for section in found.briefing.sections
        for block in (
            *((Heading(section.heading, LEVEL),) if section.heading else ()),
            *section.blocks,
        )
    )


def _sound(text: str) -> str:
    """The text without halves of characters, which nothing can keep."""
    return text.encode(errors="replace").decode()


def words_of(text: str) -> str:
    """What somebody wrote, without what marks it up."""
    return " ".join(text_of(spans_in((block,))) for block in blocks_of_text(text))


def _lead(view: View) -> Iterator[Block]:
    """As many whole blocks as have room; at least the beginning of the first one."""
    room = LEAD
    for number, block in enumerate(blocks_of_text(view.text)):
        told = text_of(spans_in((block,)))
        room -= len(told)
        if room < 0:
            if not number:
                yield Paragraph(plain(shorten(told, LEAD)))
            return
        yield block


def _signed(view: View) -> Note:
    told = (Span(view.person, person=view.person), Span(f" · {day(view.day)} · "))
    return Note((*told, Span(words.replies_of(view.replies), link=view.link)))
