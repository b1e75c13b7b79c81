"""The inbox: events are written down before their platform is told, and end when they are done."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from bot.errors import StoreError
from bot.platforms.abilities import Reworking
from bot.platforms.desk import Desk, Relay
from bot.platforms.port import Platform
from bot.store.inbox import Inbox as Rows
from bot.store.inbox import Waiting

log = logging.getLogger(__name__)

EVERY = 5.0
"""Seconds between looks for what others left undone."""

WITHIN = 1.0
"""Seconds that an event waits to be written down: its platform gives up after three."""

AGAIN = 10.0
"""Seconds before a database is asked again that did not answer."""

MOST = 90.0
"""Seconds that an event's work may take: less than the lease after which others take it up."""

Key: TypeAlias = tuple[str, str]

T = TypeVar("T")


class Receiving(Relay):
    """A desk with an inbox."""

    def __init__(self, desk: Desk, inbox: Inbox) -> None:
        super().__init__(desk)
        self.inbox = inbox


@dataclass(slots=True)
class Inbox:
    """The `bot.platforms.desk.Inbox` of this process; never raises. Without a database events are
    answered all the same."""

    rows: Rows
    online: Mapping[str, Platform]
    _writing: dict[Key, asyncio.Task[bool]] = field(default_factory=dict)
    _undone: set[Key] = field(default_factory=set)
    _away_until: float = float("-inf")
    _is_away: bool = False

    async def keep(self, platform: str, key: str, event: Mapping[str, object]) -> bool:
        """Write an event down; whether it is ours to work, or somebody has it already."""
        if _ticks() < self._away_until:
            return True
        writing = asyncio.create_task(self.rows.keep(platform, key, event))
        # Not cancelled where it takes too long: a transaction that is cut off may keep its locks.
        await asyncio.wait({writing}, timeout=WITHIN)
        if not writing.done():
            self._writing[platform, key] = writing
            self._miss("It did not answer in time.")
            return True
        return await self._spared(writing, otherwise=True)

    async def done(self, platform: str, key: str) -> None:
        """An event's work is done: nobody is to do it again."""
        if late := self._writing.pop((platform, key), None):
            await asyncio.wait({late})
            await self._spared(late, otherwise=False)
        self._undone.add((platform, key))
        if late or _ticks() >= self._away_until:  # what was late has come: the database answers
            await self._forget(platform, key)

    async def look(self) -> None:
        """Take up what was begun and not done, here or by a process that is gone."""
        for key in tuple(self._undone):
            if not await self._forget(*key):
                return  # nor would the database answer anything else
        if await self._spared(self.rows.is_empty(), otherwise=True):
            return
        for each in await self._spared(self.rows.drop(), otherwise=()):
            said = {"action": "event.dropped", "platform": each.platform}
            log.warning("Event %s was given up: it is too old, or was tried too often.", each.key,
                        extra=said)  # fmt: skip
        able = {name for name, each in self.online.items() if isinstance(each, Reworking)}
        taken = await self._spared(self.rows.take(able), otherwise=()) if able else ()
        await asyncio.gather(*(self._work(each) for each in taken))

    async def _work(self, waiting: Waiting) -> None:
        if (waiting.platform, waiting.key) in self._undone:
            return
        platform = self.online.get(waiting.platform)
        if not isinstance(platform, Reworking):
            return  # it went offline meanwhile: somebody else takes it up
        said = {"action": "event.resumed", "platform": waiting.platform}
        log.info("Event %s is taken up again.", waiting.key, extra=said)
        try:
            async with asyncio.timeout(MOST):
                await platform.work(waiting.event)
        except Exception:  # it is taken up again when its lease is over, a few times
            log.exception("An event's work broke off.", extra={"action": "event.failed"})
        else:
            await self.done(waiting.platform, waiting.key)

    async def _forget(self, platform: str, key: str) -> bool:
        """Whether an event that is done stands there no more."""
        try:
            await self.rows.done(platform, key)
        except StoreError as error:
            self._miss(str(error))
            return False
        self._undone.discard((platform, key))
        return True

    async def _spared(self, asked: Awaitable[T], *, otherwise: T) -> T:
        """What the database answers, or something else where it does not."""
        try:
            answer = await asked
        except StoreError as error:
            self._miss(str(error))
            return otherwise
        if self._is_away:
            self._is_away = False
            log.info("Events are written down again.", extra={"action": "inbox.back"})
        return answer

    def _miss(self, why: str) -> None:
        """Say once that the database is away, and leave it alone for a while."""
        self._away_until = _ticks() + AGAIN
        if not self._is_away:
            self._is_away = True
            log.warning("Events are answered without being written down before: %s", why,
                        extra={"action": "inbox.away"})  # fmt: skip


def _ticks() -> float:
    return asyncio.get_running_loop().time()
