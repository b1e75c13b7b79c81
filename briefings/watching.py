"""Lines that a channel watches: how one is chosen, what is asked on its day, what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import assert_never

from briefings import followup_words as words
from briefings.blocks import Item, List, Paragraph, Quote, Span, Style, plain
from briefings.card import shorten
from briefings.chapters import title_of
from briefings.followups import Fate, Settle, Watch
from briefings.intents import OpenBriefing
from briefings.message import Action, Actions, Message, Note, Part, Weight
from briefings.model import BriefingId, Entry
from briefings.owning import compose_sentence
from briefings.promises import Promise
from briefings.tongue import say
from briefings.words import day

AGAIN = timedelta(days=7)
"""After "not yet", until it is asked again."""

CHOICES = 10
"""Lines of a section that can be chosen: each has a button."""


class Standing(StrEnum):
    """How it stands with a watched line."""

    WATCHED = "watched"
    ASKED = "asked"
    DONE = "done"
    DROPPED = "dropped"
    REFUSED = "refused"
    """Its platform refused the question, day after day."""


NOTED = {Standing.ASKED: words.ASKED, Standing.REFUSED: words.REFUSED}


@dataclass(frozen=True, slots=True)
class Watched:
    """A line that a channel watches, and when it is asked for the `round`th time.

    `thread` is where it is asked; nothing: in the channel, or the thread that there is by then.
    """

    name: str
    platform: str
    channel: str
    thread: str | None
    briefing: BriefingId
    section: int
    line: str
    due: date
    standing: Standing = Standing.WATCHED
    round: int = 0


def compose_choice(entry: Entry, lines: Sequence[Promise]) -> Message:
    """Which line of a section is to be watched."""
    shown = lines[:CHOICES]
    items = [Item((Paragraph((_day(each.due), *plain(f" · {each.line}"))),)) for each in shown]
    buttons = [
        Action(f"{number} · {day(each.due)}", Watch(entry.id, each.section, each.name))
        for number, each in enumerate(shown, 1)
    ]
    blocks = (
        Paragraph(plain(say(words.WHICH))),
        List(tuple(items), ordered=True),
        Actions(tuple(buttons)),
    )
    return Message(say(words.WATCH), blocks)


def compose_watching(watched: Watched, *, new: bool) -> Message:
    """That a line is watched, and when it is asked about."""
    told = words.ASK_IN_THREAD if watched.thread else words.ASK_THEN
    sentence = words.on_day(told if new else words.ALREADY, watched.due)
    return Message(say(words.WATCHING), (_quote(watched), Paragraph(plain(sentence))))


def compose_nothing_ahead() -> Message:
    """That there is nothing to watch in a section any more."""
    return compose_sentence(say(words.WATCH), say(words.OVER))


def compose_due(watched: Watched, title: str, newer: Entry | None, today: date) -> Message:
    """What a channel is asked about a line on its day, with a newer briefing where there is one."""
    blocks: list[Part] = [_quote(watched), Note(plain(words.from_briefing(title)))]
    buttons = [
        Action(say(words.DONE), _settle(watched, Fate.DONE), Weight.PRIMARY),
        Action(say(words.NOT_YET), _settle(watched, Fate.LATER)),
        Action(say(words.DROP), _settle(watched, Fate.DROP)),
    ]
    if newer:
        blocks.append(Paragraph(plain(say(words.NEWER))))
        name = shorten(title_of(newer.briefing))
        blocks.append(Actions((Action(name, OpenBriefing(newer.id)),)))
    return Message(_question(watched, today), (*blocks, Actions(tuple(buttons))))


def compose_settled(watched: Watched, fate: Fate) -> Message:
    """What came of a line, for the thread to see."""
    match fate:
        case Fate.DONE:
            title, told = words.DONE, say(words.IS_DONE)
        case Fate.LATER:
            title, told = words.NOT_YET, words.on_day(words.IS_LATER, watched.due)
        case Fate.DROP:
            title, told = words.DROP, say(words.IS_DROPPED)
        case _:
            assert_never(fate)
    return Message(say(title), (_quote(watched), Paragraph(plain(told))))


def compose_settled_before() -> Message:
    """That somebody answered before."""
    return compose_sentence(say(words.WATCHING), say(words.SETTLED))


def compose_watched(watched: Sequence[Watched], titles: Sequence[str]) -> Message:
    """What a channel watches, the next day first."""
    if not watched:
        return compose_sentence(say(words.WATCHED), say(words.NONE_WATCHED))
    items = [_item(each, title) for each, title in zip(watched, titles, strict=True)]
    buttons = [
        Action(words.drop(number), _settle(each, Fate.DROP))
        for number, each in enumerate(watched[:CHOICES], 1)
    ]
    blocks = (List(tuple(items), ordered=True), Actions(tuple(buttons)))
    return Message(say(words.WATCHED), blocks)


def _item(watched: Watched, title: str) -> Item:
    stands = f" ({say(NOTED[watched.standing])})" if watched.standing in NOTED else ""
    told = f" · {watched.line}{stands}\n"
    source = Span(words.from_briefing(title), Style.EMPHASIS)
    return Item((Paragraph((_day(watched.due), Span(told), source)),))


def _question(watched: Watched, today: date) -> str:
    if watched.round:
        return say(words.STILL_OPEN)
    return (
        say(words.DUE_TODAY) if watched.due == today else words.on_day(words.WAS_DUE, watched.due)
    )


def _settle(watched: Watched, fate: Fate) -> Settle:
    return Settle(fate, watched.name, watched.round)


def _quote(watched: Watched) -> Quote:
    return Quote((Paragraph(plain(watched.line)),))


def _day(when: date) -> Span:
    return Span(day(when), Style.STRONG)
