"""Answers what people type and press, in any room: look up, compose, reply."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol, assert_never

from bot.clock import Clock
from bot.errors import PostError
from bot.platforms.port import Address, Asked, Completion, Place, Platform, Pressed
from bot.store.ledger import Ledger
from briefings import answers
from briefings.card import compose_card, compose_section, compose_sections, compose_shared
from briefings.intents import (
    Discuss,
    Intent,
    MoreResults,
    MoreSections,
    OpenBriefing,
    OpenSection,
    Share,
)
from briefings.message import Audience, Message, Reply
from briefings.model import BriefingId, Entry, Library
from briefings.pick import Nothing, pick
from briefings.schedule import Edition, Subscription
from briefings.search import Results, Suggestion

log = logging.getLogger(__name__)


class Shelf(Protocol):
    """The library as the desk uses it: all entries, and the search over them."""

    @property
    def library(self) -> Library:
        """Every entry, by its id."""

    def search(self, query: str, limit: int, offset: int) -> Results:
        """A page of hits."""

    def complete(self, text: str, limit: int) -> tuple[Suggestion, ...]:
        """Completions of a half-typed query."""


class FrontDesk:
    """Answers every event of every room; never raises."""

    def __init__(
        self,
        shelf: Shelf,
        ledger: Ledger,
        subscriptions: Sequence[Subscription],
        default: Subscription,
        platforms: Mapping[str, Platform],
        clock: Clock,
    ) -> None:
        self._shelf = shelf
        self._ledger = ledger
        self._subscriptions = subscriptions
        self._default = default
        self._platforms = platforms
        self._clock = clock

    async def answer(self, event: Asked | Pressed) -> Reply:
        """The reply to a command or a press."""
        try:
            return await self._answer(event)
        except Exception:  # a person waits: whatever broke, they get a sentence, we the trace
            log.exception("An answer failed.", extra={"action": "answer.failed"})
            return Reply(answers.compose_broken())

    def complete(self, text: str) -> tuple[Completion, ...]:
        """At most 25 completions of a half-typed query."""
        found = self._shelf.complete(text, 25)
        return tuple(Completion(each.label, each.text) for each in found)

    async def _answer(self, event: Asked | Pressed) -> Reply:
        match event:
            case Asked(text, place):
                return Reply(await self._told(text.strip(), place))
            case Pressed(intent, place):
                stale = Reply(answers.compose_stale())
                return await self._pressed(intent, place) if intent else stale
            case _:
                assert_never(event)

    async def _told(self, text: str, place: Place) -> Message:
        return self._results(text, 0) if text else await self._today(place)

    def _results(self, query: str, page: int) -> Message:
        results = self._shelf.search(query, answers.PAGE, page * answers.PAGE)
        return answers.compose_results(results, self._shelf.library, page)

    async def _today(self, place: Place) -> Message:
        library, subscription = self._shelf.library, self._subscription(place)
        day = self._clock.now().astimezone(subscription.zone).date()
        record = await self._ledger.find(Edition(subscription.id, day))
        posted = record and record.plan.briefing and library.get(record.plan.briefing)
        if posted:
            return compose_card(posted)
        history = await self._ledger.history(place.platform, place.channel)
        picked = pick(library, subscription, history, day)
        if isinstance(picked, Nothing):
            return answers.compose_nothing_today(picked.reason)
        return compose_card(library[picked.briefing])

    def _subscription(self, place: Place) -> Subscription:
        here = (place.platform, place.channel)
        for each in self._subscriptions:
            if (each.platform, each.channel) == here:
                return each
        return replace(self._default, platform=place.platform, channel=place.channel)

    async def _pressed(self, intent: Intent, place: Place) -> Reply:
        if isinstance(intent, MoreResults):
            return Reply(self._results(intent.query, intent.page))
        entry = self._shelf.library.get(intent.briefing)
        if entry is None:
            return Reply(answers.compose_stale())
        return await self._about(entry, intent, place)

    async def _about(
        self,
        entry: Entry,
        intent: OpenBriefing | OpenSection | MoreSections | Share | Discuss,
        place: Place,
    ) -> Reply:
        match intent:
            case OpenBriefing():
                return Reply(compose_card(entry))
            case OpenSection(_, number):
                return Reply(compose_section(entry, number) or answers.compose_stale())
            case MoreSections(_, page):
                return Reply(compose_sections(entry, page))
            case Share():
                return Reply(compose_shared(entry), Audience.CHANNEL)
            case Discuss():
                return Reply(await self._discussion(entry, place))
            case _:
                assert_never(intent)

    async def _discussion(self, entry: Entry, place: Place) -> Message:
        record = await self._ledger.posted(place.platform, place.channel, entry.id)
        if record is None or record.thread is None:
            return answers.compose_no_discussion()
        return answers.compose_discussion(entry, await self._link(place, entry.id, record.thread))

    async def _link(self, place: Place, briefing: BriefingId, thread: str) -> str | None:
        try:
            at = Address(place.channel, thread)
            return await self._platforms[place.platform].link(at, thread)
        except (PostError, KeyError) as error:
            log.warning("No link to %s: %s", briefing, error, extra={"action": "link.failed"})
            return None
