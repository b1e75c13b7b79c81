"""What the bot answers: the text of every reply that is not a briefing itself."""

from __future__ import annotations

from typing import assert_never

from briefings import words
from briefings.blocks import Item, List, Paragraph, Span, Spans, Style, plain
from briefings.card import compose_card, shorten
from briefings.chapters import title_of
from briefings.intents import TOKEN_LIMIT, MoreResults, OpenBriefing
from briefings.message import Action, Actions, Message, Note, Part
from briefings.model import Entry, Library
from briefings.search import Choice, Hit, Miss, Results, Winner, decide

PAGE = 5
"""Results on a page: as many as have a button each in one row on Discord."""

_ROOM_FOR_QUERY = TOKEN_LIMIT - len("b1:more:9999:")


def compose_results(results: Results, library: Library, page: int = 0) -> Message:
    """The answer to a look-up: the briefing, a choice of briefings, or the nearest names."""
    decision = Choice(results.hits) if page and results.hits else decide(results)
    match decision:
        case Winner(briefing):
            return _noting_cut(compose_card(library[briefing]), results)
        case Choice(hits):
            return _noting_cut(_choice(results, hits, library, page), results)
        case Miss(nearest):
            return _noting_cut(_miss(results, nearest), results)
        case _:
            assert_never(decision)


def compose_nothing_today(reason: str) -> Message:
    """Why there is no briefing today."""
    return _say(words.NOTHING_TODAY, words.nothing_today(reason))


def compose_stale() -> Message:
    """The answer to an action that the bot never made, or whose briefing is gone."""
    return _say(words.STALE_TITLE, words.STALE)


def compose_broken() -> Message:
    """The answer when the bot failed."""
    return _say(words.BROKEN_TITLE, words.BROKEN)


def compose_discussion(entry: Entry, link: str | None) -> Message:
    """Where the discussion of a briefing is."""
    title = title_of(entry.briefing)
    spans = (Span(words.DISCUSSION_IS), Span(title, link=link), Span("."))
    return Message(words.DISCUSS, (Paragraph(spans),))


def compose_no_discussion() -> Message:
    """That no thread about a briefing is known in this channel."""
    return _say(words.DISCUSS, words.NO_DISCUSSION)


def _say(title: str, sentence: str) -> Message:
    return Message(title, (Paragraph(plain(sentence)),))


def _choice(results: Results, hits: tuple[Hit, ...], library: Library, page: int) -> Message:
    first = page * PAGE + 1
    items = tuple(Item((Paragraph(_line(hit, library)),)) for hit in hits)
    count = Note(plain(words.results(first, first + len(hits) - 1, results.total)))
    blocks = (count, List(items, ordered=True, start=first), _hit_actions(results, hits, page))
    return Message(words.about(results.query), blocks)


def _line(hit: Hit, library: Library) -> Spans:
    date = library[hit.id].briefing.date
    told = f" · {words.day(date)}" if date else ""
    excerpt = (Span("\n"), *hit.excerpt) if hit.excerpt else ()
    return (Span(hit.title or words.NAMELESS, Style.STRONG), *plain(told), *excerpt)


def _hit_actions(results: Results, hits: tuple[Hit, ...], page: int) -> Actions:
    actions = [Action(shorten(hit.title) or words.NAMELESS, OpenBriefing(hit.id)) for hit in hits]
    is_more = results.total > (page + 1) * PAGE
    if is_more and _fits_token(results.query):
        actions.append(Action(words.MORE, MoreResults(results.query, page + 1)))
    return Actions(tuple(actions))


def _miss(results: Results, nearest: tuple[str, ...]) -> Message:
    names = [name for name in nearest if _fits_token(name)]
    actions = tuple(Action(shorten(name), MoreResults(name, 0)) for name in names)
    hint: tuple[Part, ...] = (Paragraph(plain(words.NO_MATCH)),)
    if actions:
        hint = (Paragraph(plain(words.DID_YOU_MEAN)), Actions(actions))
    title = words.nothing_about(results.query)
    return Message(title, (*hint, Note(plain(words.BROWSE))))


def _fits_token(query: str) -> bool:
    return bool(query.strip()) and len(query) <= _ROOM_FOR_QUERY


def _noting_cut(message: Message, results: Results) -> Message:
    if not results.cut:
        return message
    note = Note(plain(words.few_words(len(results.query))))
    return Message(message.title, (note, *message.blocks))
