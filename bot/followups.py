"""Where presses and lines go that are about a post that stands there: watch, signal, compare."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import assert_never

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.clock import Clock
from bot.platforms.desk import Answer
from bot.platforms.events import Ordered, Place
from bot.platforms.port import Platform
from bot.promising import PromiseDesk
from bot.signalling import Signalling
from bot.store.discussions import Discussions
from bot.store.heard import Heard
from bot.store.ledger import Ledger
from bot.store.manners import ChannelManners
from bot.store.promises import Promises
from bot.store.signals import Signals
from bot.store.versions import Versions
from bot.today import Today
from bot.watching import Watching
from briefings.answers import compose_stale
from briefings.corrections import compose_changes
from briefings.differences import differences
from briefings.followups import Compare, FollowUp, Settle, Signal, Watch
from briefings.message import Reply
from briefings.model import Library

WATCHED = "watched"


@dataclass(frozen=True, slots=True)
class FollowUps:
    """Brings each of them to whoever answers it."""

    watching: Watching
    signalling: Signalling
    versions: Versions
    library: Callable[[], Library]

    async def press(self, intent: FollowUp, place: Place, person: str) -> Answer:
        """The answer to a press."""
        match intent:
            case Watch():
                return await self.watching.watch(intent, place)
            case Settle():
                return await self.watching.settle(intent, place)
            case Signal():
                return await self.signalling.press(intent, place, person)
            case Compare():
                return await self._compare(intent)
            case _:
                assert_never(intent)

    async def order(self, event: Ordered) -> Answer | None:
        """The answer to a line; nothing where it is about something else."""
        if event.text.strip().casefold().rstrip(":") != WATCHED:
            return None
        return Reply(await self.watching.listed(event.place))

    async def _compare(self, intent: Compare) -> Reply:
        entry = self.library().get(intent.briefing)
        before = await self.versions.read(intent.briefing, intent.before)
        after = await self.versions.read(intent.briefing, intent.after)
        if entry is None or before is None or after is None:
            return Reply(compose_stale())
        found = await asyncio.to_thread(differences, before, after)
        return Reply(compose_changes(entry, found))


def followups_of(
    database: AsyncEngine,
    today: Today,
    ledger: Ledger,
    library: Callable[[], Library],
    platforms: Mapping[str, Platform],
    clock: Clock,
) -> FollowUps:
    """Those who answer about posts that stand."""
    promises, discussions = Promises(database, clock), Discussions(database, clock)
    watching = Watching(promises, discussions, ledger, today, library)
    signals, manners = Signals(database), ChannelManners(database, clock)
    heard = Heard(database, clock)
    signalling = Signalling(signals, manners, ledger, heard, today, library, platforms)
    return FollowUps(watching, signalling, Versions(database), library)


def promise_desk(
    followups: FollowUps,
    platforms: Mapping[str, Platform],
    wake: Callable[[str], None],
    clock: Clock,
) -> PromiseDesk:
    """What is asked about watched lines with."""
    watching = followups.watching
    return PromiseDesk(
        watching.promises, watching.ledger, watching.today, watching.library, platforms, wake, clock
    )
