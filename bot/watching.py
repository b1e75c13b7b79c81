"""Answers those who watch lines of briefings: what is asked about, when, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.platforms.events import Place
from bot.store.discussions import Discussions
from bot.store.ledger import Ledger
from bot.store.promises import Promises
from bot.today import Today
from briefings.answers import compose_stale
from briefings.chapters import title_of
from briefings.followups import Fate, Settle, Watch
from briefings.message import Audience, Message, Reply
from briefings.model import BriefingId, Entry, Library
from briefings.promises import Promise, promises
from briefings.tongue import speaking
from briefings.watching import (
    Standing,
    compose_choice,
    compose_nothing_ahead,
    compose_settled,
    compose_settled_before,
    compose_watched,
    compose_watching,
)


@dataclass(frozen=True, slots=True)
class Watching:
    """What is watched is written down; `bot.promising` asks about it."""

    promises: Promises
    discussions: Discussions
    ledger: Ledger
    today: Today
    library: Callable[[], Library]

    async def watch(self, intent: Watch, place: Place) -> Reply:
        """Watch a line, or choose one of those whose day is still to come."""
        entry = self.library().get(intent.briefing)
        if entry is None or not place.channel:
            return Reply(compose_stale())
        today = await self.today.day(place)
        ahead = [each for each in promises(entry, intent.section) if each.due > today]
        if intent.line:
            ahead = [each for each in ahead if each.name == intent.line]
        match ahead:
            case []:
                return Reply(compose_nothing_ahead())
            case [line]:
                return Reply(await self._watch(entry, line, place))
            case _:
                return Reply(compose_choice(entry, ahead))

    async def settle(self, intent: Settle, place: Place) -> Reply:
        """Write down what came of a line, for the channel to see; once."""
        watched = await self.promises.find(intent.promise)
        if watched is None or (watched.platform, watched.channel) != _here(place):
            return Reply(compose_stale())
        may = watched.standing is Standing.ASKED or (
            intent.fate is Fate.DROP and watched.standing in (Standing.WATCHED, Standing.REFUSED)
        )
        if not may or watched.round != intent.round:
            return Reply(compose_settled_before())
        settled = await self.promises.settle(watched, intent.fate, await self.today.day(place))
        if settled is None:
            return Reply(compose_settled_before())
        with speaking(await self.today.tongue(place)):
            return Reply(compose_settled(settled, intent.fate), Audience.CHANNEL)

    async def listed(self, place: Place) -> Message:
        """What a channel watches."""
        watched = await self.promises.at(_here(place))
        return compose_watched(watched, [self._title(each.briefing) for each in watched])

    async def _watch(self, entry: Entry, line: Promise, place: Place) -> Message:
        thread = await self._thread(entry.id, place)
        watched, new = await self.promises.watch(_here(place), thread, entry, line)
        return compose_watching(watched, new=new)

    async def _thread(self, briefing: BriefingId, place: Place) -> str | None:
        """The thread about the briefing in which somebody stands, or its newest one there."""
        if place.thread:
            here = await self.discussions.thread(place.platform, place.channel, place.thread)
            if here and here.briefing == briefing:
                return here.thread
        record = await self.ledger.posted(place.platform, place.channel, briefing)
        return record.thread if record else None

    def _title(self, briefing: BriefingId) -> str:
        entry = self.library().get(briefing)
        return title_of(entry.briefing) if entry else briefing


def _here(place: Place) -> tuple[str, str]:
    return place.platform, place.channel
