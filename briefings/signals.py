"""Quiet signals: four buttons under a card, counted, never named; and what explains a briefing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefings import followup_words as words
from briefings.blocks import Paragraph, plain
from briefings.card import shorten
from briefings.chapters import chapters, name_of, title_of
from briefings.followups import Kind
from briefings.intents import OpenBriefing, OpenSection
from briefings.message import Action, Actions, Message, Note, Part
from briefings.model import Entry
from briefings.reading.known import key, keys
from briefings.signal_row import LABELS
from briefings.tongue import say

EXPLAINING = keys(
    """
    why it's important|why it is important|why it matters|why this matters|background|context
    |the backstory|how it works|what you need to know|what to know|the big picture|terminology
    |the details|details|beyond the headlines|in one sentence|warum es wichtig ist|hintergrund
    |warum das wichtig ist|pourquoi c'est important|contexte|por qué es importante|contexto
    |背景|为什么重要
    """.replace("\n", " ").split("|")
)
"""Headings under which a briefing explains itself."""

SECTIONS, BRIEFINGS = 3, 3
"""As many are offered to read."""


def compose_counted(
    kind: Kind, counts: Mapping[Kind, int], *, given: bool
) -> tuple[str, tuple[Part, ...]]:
    """The title and blocks that say a signal is counted, or taken back, and how many there are."""
    told = say(words.NOTED if given else words.TAKEN_BACK)
    return say(LABELS[kind]), (Paragraph(plain(told)), Note(plain(_so_far(counts))))


def compose_signal(kind: Kind, counts: Mapping[Kind, int], *, given: bool) -> Message:
    """What somebody is told who gave a signal, or took it back."""
    return Message(*compose_counted(kind, counts, given=given))


def compose_explained(
    entry: Entry, related: Sequence[Entry], counts: Mapping[Kind, int], *, author: bool
) -> Message:
    """What somebody reads who asks to explain a briefing; `author`: whether one is told."""
    title, blocks = compose_counted(Kind.EXPLAIN, counts, given=True)
    sections = _sections(entry)
    told: list[Part] = []
    if sections:
        told.append(Paragraph(plain(say(words.READ_ON))))
        told.append(Actions(tuple(sections)))
    if related:
        told.append(Paragraph(plain(say(words.READ_RELATED))))
        told.append(Actions(tuple(_open(each) for each in related[:BRIEFINGS])))
    if not told:
        told.append(Paragraph(plain(say(words.NOTHING_TO_READ))))
    if author:
        told.append(Paragraph(plain(say(words.AUTHOR_TOLD))))
    return Message(title, (*told, *blocks))


def compose_to_author(entry: Entry) -> Message:
    """What the author of a briefing is told, without who asked."""
    told = Paragraph(plain(words.to_author(title_of(entry.briefing))))
    return Message(say(words.WANTED), (told, Actions((_open(entry),))))


def _so_far(counts: Mapping[Kind, int]) -> str:
    return words.so_far(
        " · ".join(f"{say(label)} {counts.get(kind, 0)}" for kind, label in LABELS.items())
    )


def _sections(entry: Entry) -> list[Action]:
    """The sections that explain; of a briefing that has none of them, all but the first."""
    named = [(number, name_of(each)) for number, each in enumerate(chapters(entry.briefing))]
    fitting = [each for each in named if key(each[1]) in EXPLAINING] or named[1:]
    shown = [each for each in fitting if each[1]][:SECTIONS]
    return [Action(shorten(name), OpenSection(entry.id, number)) for number, name in shown]


def _open(entry: Entry) -> Action:
    return Action(shorten(title_of(entry.briefing)), OpenBriefing(entry.id))
