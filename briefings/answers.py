"""What the bot answers: the text of every reply that is not a briefing itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias, assert_never

from briefings import words
from briefings.blocks import Item, List, Paragraph, Span, Spans, Style, plain
from briefings.card import compose_card, shorten
from briefings.chapters import title_of
from briefings.choosing import PAGE, can_be_pressed, ways_on
from briefings.filling import filled
from briefings.intents import MoreResults
from briefings.message import Action, Actions, Message, Note, Part
from briefings.model import BriefingId, Entry, Library
from briefings.search import Choice, Decision, Hit, Miss, Results, Winner, decide
from briefings.tongue import say


@dataclass(frozen=True, slots=True)
class Posted:
    """When a briefing was last posted in the channel, and the card's address where it is known."""

    day: date
    link: str | None = None


Past: TypeAlias = Mapping[BriefingId, Posted]

NO_PAST: Past = {}


def shown(results: Results, page: int = 0) -> tuple[BriefingId, ...]:
    """The briefings that an answer will name."""
    decision = _decided(results, page)
    match decision:
        case Winner(briefing):
            return (briefing,)
        case Choice(hits):
            return tuple(hit.id for hit in hits)
        case Miss():
            return ()
        case _:
            assert_never(decision)


def compose_results(
    results: Results, library: Library, page: int = 0, past: Past = NO_PAST
) -> Message:
    """The answer to a look-up: the briefing, a choice of briefings, or the nearest names."""
    decision = _decided(results, page)
    match decision:
        case Winner(briefing):
            card = _noting_past(compose_card(library[briefing]), past.get(briefing))
            return _noting(card, results)
        case Choice(hits):
            return _noting(_choice(results, hits, library, page, past), results)
        case Miss(nearest):
            miss = _miss(results, nearest) if library else _nothing_at_all(results)
            return _noting(miss, results)
        case _:
            assert_never(decision)


def compose_nothing_today(reason: str) -> Message:
    """Why there is no briefing today."""
    return _said(say(words.NOTHING_TODAY), words.nothing_today(reason))


def compose_stale() -> Message:
    """The answer to an action that the bot never made, or whose briefing is gone."""
    return _said(say(words.STALE_TITLE), say(words.STALE))


def compose_repeated() -> Message:
    """The answer to an event that was heard before."""
    return _said(say(words.REPEATED_TITLE), say(words.REPEATED))


def compose_broken() -> Message:
    """The answer when the bot failed."""
    return _said(say(words.BROKEN_TITLE), say(words.BROKEN))


def compose_discussion(entry: Entry, link: str | None) -> Message:
    """Where the discussion of a briefing is."""
    title = Span(title_of(entry.briefing), link=link)
    spans = filled(say(words.DISCUSSION_IS), title=title)
    return Message(say(words.DISCUSS), (Paragraph(spans),))


def compose_no_discussion() -> Message:
    """That no thread about a briefing is known in this channel."""
    return _said(say(words.DISCUSS), say(words.NO_DISCUSSION))


def _said(title: str, sentence: str) -> Message:
    return Message(title, (Paragraph(plain(sentence)),))


def _decided(results: Results, page: int) -> Decision:
    return Choice(results.hits) if page and results.hits else decide(results)


def _choice(
    results: Results, hits: tuple[Hit, ...], library: Library, page: int, past: Past
) -> Message:
    first = page * PAGE + 1
    items = tuple(Item((Paragraph(_line(hit, library, past)),)) for hit in hits)
    count = Note(plain(words.results(first, first + len(hits) - 1, results.total)))
    listed = (count, List(items, ordered=True, start=first))
    blocks = (*listed, *ways_on(results, hits, library, page))
    return Message(results.title or words.about(results.query), blocks)


def _line(hit: Hit, library: Library, past: Past) -> Spans:
    date = library[hit.id].briefing.date
    told = f" · {words.day(date)}" if date else ""
    excerpt = (Span("\n"), *hit.excerpt) if hit.excerpt else ()
    title = Span(hit.title or say(words.NAMELESS), Style.STRONG)
    posted = past.get(hit.id)
    before = (Span(" · "), _told(posted)) if posted else ()
    return (title, *plain(told), *before, *excerpt)


def _told(posted: Posted) -> Span:
    return Span(words.posted_here(posted.day), link=posted.link)


def _noting_past(card: Message, posted: Posted | None) -> Message:
    if posted is None:
        return card
    told = _told(posted)
    note = Note((replace(told, text=f"{told.text[:1].upper()}{told.text[1:]}"),))
    return replace(card, blocks=(*card.blocks, note))


def _miss(results: Results, nearest: tuple[str, ...]) -> Message:
    names = [name for name in nearest if can_be_pressed(name)]
    actions = tuple(Action(shorten(name), MoreResults(name, 0)) for name in names)
    why = say(words.NOTHING_THERE) if results.title else say(words.NO_MATCH)
    hint: tuple[Part, ...] = (Paragraph(plain(why)),)
    if actions:
        hint = (Paragraph(plain(say(words.DID_YOU_MEAN))), Actions(actions))
    title = results.title or words.nothing_about(results.query)
    return Message(title, (*hint, Note(plain(say(words.BROWSE)))))


def _nothing_at_all(results: Results) -> Message:
    title = results.title or words.nothing_about(results.query)
    return _said(title, say(words.EMPTY_LIBRARY))


def _noting(message: Message, results: Results) -> Message:
    """The answer, with a word about what was not read: of the question, or of the library yet."""
    notes = (
        *([words.few_words(len(results.query))] if results.cut else ()),
        *([say(words.STILL_READING)] if results.partial else ()),
    )
    return Message(message.title, (*(Note(plain(each)) for each in notes), *message.blocks))
