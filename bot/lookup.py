"""Looking up: what a query means, what it finds, and where that was posted before."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import date
from typing import Protocol

from bot.errors import BriefingBotError
from bot.platforms.events import Place
from bot.platforms.port import Address, Platform
from bot.retelling import Retelling
from bot.store.past import Card, PastPosts
from briefings import answers
from briefings.browsing import browse, wish_in
from briefings.choosing import PAGE
from briefings.message import Message
from briefings.model import BriefingId, Library
from briefings.search import MatchKind, Results, Winner, decide

log = logging.getLogger(__name__)

LINK_WITHIN = 0.3
"""Seconds that links may take together: an answer without them is better than a late one."""

LINKS_KEPT = 10_000
"""Links kept at hand; Slack is asked once for each."""

ANY_DAY = date(2000, 1, 1)
"""Whether words mean days is the same on every day; which days is not."""


class Shelf(Protocol):
    """The library as it is looked up: all entries, and the search over them."""

    @property
    def library(self) -> Library:
        """Every entry, by its id."""

    def search(self, query: str, limit: int, offset: int) -> Results:
        """A page of hits."""


class LookUp:
    """Answers a query in a place."""

    def __init__(
        self,
        shelf: Shelf,
        past: PastPosts,
        platforms: Mapping[str, Platform],
        today: Callable[[Place], Awaitable[date]],
        retelling: Retelling | None = None,
    ) -> None:
        """`today` says which day it is in a place; it is asked only where that matters."""
        self._shelf = shelf
        self._past = past
        self._platforms = platforms
        self._today = today
        self._retelling = retelling
        self._links: dict[tuple[str, str, str], str | None] = {}

    async def answer(self, query: str, page: int, place: Place) -> Message:
        """The briefing, a choice of briefings, or what is near."""
        results = await self.results(query, page, place)
        if self._retelling and not page:
            results = await self._retelling.also(results, place)
        library, shown = self._shelf.library, answers.shown(results, page)
        past = await self._posts(place, shown)
        told = answers.compose_results(results, library, page, past)
        if self._retelling is None or page or not isinstance(decide(results), Winner):
            return told
        return await self._retelling.noting(told, library[shown[0]], place)

    async def results(self, query: str, page: int, place: Place) -> Results:
        """An exact name is meant before a topic or days, and those before words."""
        found = self._shelf.search(query, PAGE, page * PAGE)
        is_named = found.hits and found.hits[0].kind is MatchKind.EXACT
        if is_named or wish_in(query, ANY_DAY) is None:
            return found
        wish = wish_in(query, await self._today(place))
        if wish is None:
            return found
        # A large library takes longer than the loop may stand still.
        browsed = await asyncio.to_thread(browse, self._shelf.library, wish, PAGE, page * PAGE)
        return browsed if browsed.total or browsed.nearest or not found.hits else found

    async def _posts(
        self, place: Place, briefings: Collection[BriefingId]
    ) -> Mapping[BriefingId, answers.Posted]:
        """Where the briefings were posted here; a look-up never fails for want of that."""
        try:
            cards = await self._past.cards(place.platform, place.channel, briefings)
            async with asyncio.timeout(LINK_WITHIN):
                links = await asyncio.gather(*(self._link(place, card) for card in cards.values()))
        except (BriefingBotError, TimeoutError) as error:
            log.warning("No links to past posts: %s", error, extra={"action": "link.failed"})
            return {}
        return {
            briefing: answers.Posted(card.day, link)
            for (briefing, card), link in zip(cards.items(), links, strict=True)
        }

    async def _link(self, place: Place, card: Card) -> str | None:
        known = (place.platform, place.channel, card.message)
        if known not in self._links:
            platform = self._platforms.get(place.platform)
            found = await platform.link(Address(place.channel), card.message) if platform else None
            if len(self._links) >= LINKS_KEPT:
                self._links.clear()
            self._links[known] = found
        return self._links[known]
