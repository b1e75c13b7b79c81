"""Answers what people type and press, in any room: look up, compose, reply."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, assert_never

from bot.absences import Absences
from bot.discussing import Discussing
from bot.followups import FollowUps
from bot.inviting import Inviting
from bot.listening import Listening
from bot.lookup import LookUp
from bot.newsroom import Newsroom
from bot.owners import OwnersDesk
from bot.platforms.desk import Answer, Completion
from bot.platforms.events import Asked, Event, News, Ordered, Place, Pressed, Submitted, Visited
from bot.platforms.port import Platform
from bot.platforms.talk import Talk
from bot.today import Today
from bot.visiting import Visiting
from briefings import answers
from briefings.card import compose_section, compose_sections, compose_shared
from briefings.followups import Compare, Settle, Signal, Watch
from briefings.forms import AGREED, FormName
from briefings.home import compose_broken_home
from briefings.intents import (
    Decide,
    Discuss,
    DiscussPart,
    Intent,
    MoreResults,
    MoreSections,
    OnBriefing,
    OpenBriefing,
    OpenDraft,
    OpenForm,
    OpenSection,
    Rewrite,
    SaveDraft,
    Share,
)
from briefings.message import Audience, Home, Message, Reply
from briefings.model import Entry, Library
from briefings.pick import Nothing
from briefings.search import Suggestion
from briefings.talk_intents import Conclude, OpenConclusions, PostRecap
from briefings.tongue import speaking

log = logging.getLogger(__name__)


class Shelf(Protocol):
    """The library as the desk uses it: all entries, and what a half-typed query may become."""

    @property
    def library(self) -> Library:
        """Every entry, by its id."""

    def complete(self, text: str, limit: int) -> tuple[Suggestion, ...]:
        """Completions of a half-typed query."""


@dataclass(frozen=True, slots=True)
class FrontDesk:
    """Answers every event of every room; never raises."""

    shelf: Shelf
    lookup: LookUp
    discussing: Discussing
    today: Today
    owners: OwnersDesk
    newsroom: Newsroom
    visiting: Visiting
    absences: Absences
    listening: Listening
    followups: FollowUps
    platforms: Mapping[str, Platform]
    inviting: Inviting | None = None

    async def answer(self, event: Event) -> Answer:
        """The reply to a command, a press or a form, or a form to fill in."""
        try:
            return await self._answer(event)
        except Exception:  # a person waits: whatever broke, they get a sentence, we the trace
            log.exception("An answer failed.", extra={"action": "answer.failed"})
            return Reply(answers.compose_broken())

    def complete(self, text: str) -> tuple[Completion, ...]:
        """At most 25 completions of a half-typed query."""
        return tuple(Completion(each.label, each.text) for each in self.shelf.complete(text, 25))

    async def home(self, visit: Visited) -> Home:
        """What somebody sees who looks at the bot itself."""
        try:
            return await self.visiting.home(visit)
        except Exception:  # as above
            log.exception("A home failed.", extra={"action": "answer.failed"})
            return compose_broken_home()

    async def hear(self, news: News) -> None:
        """Take note that a channel was lost or regained."""
        try:
            await self.absences.hear(news)
        except Exception:  # as above
            log.exception("News were not taken note of.", extra={"action": "channel.failed"})

    async def listen(self, talk: Talk) -> None:
        """Take note of what was said in a discussion."""
        try:
            await self.listening.listen(talk)
        except Exception:  # as above
            log.exception("What was said was not kept.", extra={"action": "talk.failed"})

    async def _answer(self, event: Event) -> Answer:
        match event:
            case Asked(text, place):
                return Reply(await self._told(text.strip(), place))
            case Pressed(intent, place, person):
                stale = Reply(answers.compose_stale())
                return await self._pressed(intent, place, person) if intent else stale
            case Ordered():
                invited = await self.inviting.order(event) if self.inviting else None
                return invited or await self._ordered(event)
            case Submitted(form) if form is None or form in AGREED:
                return await self.owners.submit(event)
            case Submitted():
                return await self.newsroom.submit(event)
            case _:
                assert_never(event)

    async def _ordered(self, event: Ordered) -> Answer:
        told = await self.followups.order(event) or await self.newsroom.order(event)
        return told or await self.owners.order(event)

    async def _told(self, text: str, place: Place) -> Message:
        return await self.lookup.answer(text, 0, place) if text else await self._todays(place)

    async def _todays(self, place: Place) -> Message:
        picked = await self.today.at((place.platform, place.channel))
        if isinstance(picked, Nothing):
            return answers.compose_nothing_today(picked.reason)
        return await self.newsroom.table.card(self.shelf.library[picked.briefing], place)

    async def _pressed(self, intent: Intent, place: Place, person: str) -> Answer:
        match intent:
            case OpenForm(FormName.WRITE):
                return self.newsroom.writers.begin()
            case OpenForm() if place.channel:
                return await self.owners.open(intent, place)
            case OpenForm():
                return Reply(answers.compose_stale())
            case Watch() | Settle() | Signal() | Compare():
                return await self.followups.press(intent, place, person)
            case MoreResults(query, page):
                return Reply(await self.lookup.answer(query, page, place))
            case OpenDraft() | SaveDraft() | Rewrite() | Decide():
                return await self.newsroom.press(intent, place, person)
            case Conclude() | OpenConclusions() | PostRecap():
                return await self.newsroom.press(intent, place, person)
            case _:
                entry = self.shelf.library.get(intent.briefing)
                if entry is None:
                    return Reply(answers.compose_stale())
                await self.followups.signalling.note_reader(entry.id, place, person)
                return await self._about(entry, intent, place)

    async def _about(self, entry: Entry, intent: OnBriefing, place: Place) -> Reply:
        match intent:
            case OpenBriefing():
                return Reply(await self.newsroom.table.card(entry, place))
            case OpenSection(_, number):
                discussed = await self.discussing.is_open_to(entry, place)
                told = compose_section(entry, number, discussed=discussed)
                return Reply(told or answers.compose_stale())
            case MoreSections(_, page):
                return Reply(compose_sections(entry, page))
            case Share():
                with speaking(await self.today.tongue(place)):
                    return Reply(compose_shared(entry), Audience.CHANNEL)
            case Discuss():
                told = await self.discussing.discuss(entry, place)
                return Reply(await self.newsroom.table.offering(told, entry, place))
            case DiscussPart(_, number):
                return Reply(await self.discussing.discuss_part(entry, number, place))
            case _:
                assert_never(intent)
