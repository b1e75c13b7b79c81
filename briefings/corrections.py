"""What is told of a correction: a note on the card, a word in the thread, and what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from zoneinfo import ZoneInfo

from briefings import followup_words as words
from briefings.blocks import Heading, Paragraph, Quote, Span, Spans, Style, plain
from briefings.card import shorten
from briefings.chapters import title_of
from briefings.differences import Change, Difference, Piece
from briefings.followups import Compare
from briefings.intents import OpenBriefing
from briefings.message import Action, Actions, Message, Note, Part
from briefings.model import Entry
from briefings.owning import compose_sentence
from briefings.tongue import say
from briefings.words import all_of

SHOWN = 30
"""Sentences that are shown: of a document written anew, the whole is quicker to read."""


def noting_corrected(card: Message, at: datetime, zone: ZoneInfo, posted: date) -> Message:
    """A card with a note that it was corrected at a moment; `posted` is its local day."""
    note = Note((Span(words.corrected(at, zone, posted), Style.STRONG),))
    return replace(card, blocks=(note, *card.blocks))


def compose_corrected(
    entry: Entry, found: Sequence[Difference], versions: tuple[int, int]
) -> Message:
    """What the thread is told of a correction that matters."""
    names = dict.fromkeys(_name(each) for each in found if each.matters)
    told = Paragraph(plain(words.changed_in(all_of(tuple(names)))))
    show = Action(say(words.WHAT_CHANGED), Compare(entry.id, *versions))
    return Message(say(words.CORRECTED_TITLE), (told, Actions((show,))))


def compose_changes(entry: Entry, found: Sequence[Difference]) -> Message:
    """What changed, section by section: what was is quoted, what is new is strong."""
    if not found:
        return compose_sentence(say(words.CHANGED_TITLE), say(words.NOTHING_CHANGED))
    count = sum(len(each.changes) for each in found)
    about = (title_of(entry.briefing), say(words.HOW))
    blocks: list[Part] = [Note(plain(each)) for each in about]
    blocks.extend(islice(_blocks(found), _room(found)))
    if count > SHOWN:
        blocks.append(Note(plain(words.more_changes(count - SHOWN))))
    whole = Action(shorten(title_of(entry.briefing)), OpenBriefing(entry.id))
    return Message(say(words.CHANGED_TITLE), (*blocks, Actions((whole,))))


def _room(found: Sequence[Difference]) -> int:
    """How many blocks show the first sentences that changed."""
    blocks, sentences = 0, 0
    for each in found:
        blocks += 1
        for change in each.changes:
            if sentences == SHOWN:
                return blocks
            blocks, sentences = blocks + len(_change(change)), sentences + 1
    return blocks


def _blocks(found: Sequence[Difference]) -> Iterator[Part]:
    for each in found:
        name = each.section or say(words.TITLE_OR_BESIDE)
        yield Heading(plain(name), 3)
        for change in each.changes:
            yield from _change(change)


def _change(change: Change) -> tuple[Part, ...]:
    was = Quote((Paragraph(_spans(change.before, Style.EMPHASIS)),))
    now = Paragraph(_spans(change.after, Style.STRONG))
    if not change.before:
        return (Note(plain(say(words.NEW))), now)
    return (was, now) if change.after else (Note(plain(say(words.TAKEN_OUT))), was)


def _spans(pieces: Sequence[Piece], style: Style) -> Spans:
    return tuple(Span(each.text, style if each.changed else Style.PLAIN) for each in pieces)


def _name(difference: Difference) -> str:
    return f"“{difference.section}”" if difference.section else say(words.IN_TITLE)
