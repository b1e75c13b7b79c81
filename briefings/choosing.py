"""How one of several results is chosen: by buttons or a menu, and by turning the pages."""

from __future__ import annotations

from collections.abc import Iterator

from briefings import words
from briefings.card import shorten
from briefings.intents import MoreResults, OpenBriefing
from briefings.message import Action, Actions, Menu, Option, Part
from briefings.model import Entry, Library
from briefings.search import Hit, Results
from briefings.tokens import TOKEN_LIMIT
from briefings.tongue import say

PAGE = 5
"""Results on a page: as many as are taken in at a glance, each with the words that matched."""

FEW = 3
"""Results with a button each; more stand in a menu, which shows more of every title."""

LAST_PAGE = 9_999
"""The furthest page that a token can name."""

_ROOM_FOR_QUERY = TOKEN_LIMIT - len(f"b1:more:{LAST_PAGE}:")


def ways_on(
    results: Results, hits: tuple[Hit, ...], library: Library, page: int
) -> tuple[Part, ...]:
    """What stands below a list: a button a result, or a menu of them; and the pages beside it."""
    turns = tuple(_turns(results, page))
    if len(hits) <= FEW:
        return (Actions((*map(_button, hits), *turns)),)
    numbered = enumerate(hits, page * PAGE + 1)
    options = tuple(_option(number, hit, library[hit.id]) for number, hit in numbered)
    menu = Menu(say(words.OPEN_ONE), options)
    return (menu, Actions(turns)) if turns else (menu,)


def can_be_pressed(query: str) -> bool:
    """Whether a button can carry a query and look for it again."""
    return bool(query.strip()) and len(query) <= _ROOM_FOR_QUERY


def _button(hit: Hit) -> Action:
    return Action(shorten(hit.title) or say(words.NAMELESS), OpenBriefing(hit.id))


def _option(number: int, hit: Hit, entry: Entry) -> Option:
    """A result under the number that it has in the list, with its day and topics."""
    told = entry.briefing
    about = (*([words.day(told.date)] if told.date else ()), ", ".join(told.topics))
    label = f"{number}. {hit.title.strip() or say(words.NAMELESS)}"
    return Option(label, OpenBriefing(hit.id), " · ".join(filter(None, about)))


def _turns(results: Results, page: int) -> Iterator[Action]:
    """The page before and the one after, where there are any."""
    if not can_be_pressed(results.query):
        return
    if page:
        yield Action(say(words.PREVIOUS), MoreResults(results.query, page - 1))
    if results.total > (page + 1) * PAGE and page < LAST_PAGE:
        yield Action(say(words.MORE), MoreResults(results.query, page + 1))
