"""Reads discussions again, after a time in which nobody listened: slowly, and page by page."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot.clock import Clock
from bot.delivery.pace import Pace
from bot.errors import BriefingBotError, PostDelayed, PostError, PostUnknown
from bot.listening import Listening
from bot.platforms.abilities import Recalled, Recalling
from bot.platforms.port import Address, Platform
from bot.rereading import Round, counted, span
from bot.store.recollections import Progress, Recollections, Unread

log = logging.getLogger(__name__)

EVERY = 1.0
"""Seconds between looks, each of which reads one page of a platform at most."""

DAILY = timedelta(days=1)
"""After so long everything is read again: news of a deletion may have been lost as well."""

LAG = timedelta(minutes=2)
"""What is younger may not be told yet, though it was said.
https://github.com/korotovsky/slack-mcp-server/pull/284"""

AGAIN = timedelta(seconds=30)
"""Before a page is asked for again that did not come."""

TRIES = 3

UNREADABLE = "A page of a thread can not be read ({why})."

TOLD_EVERY = 10
"""Threads between two lines of the log."""


class Lanes(Protocol):
    """Who sees to it that one process at a time does a work."""

    async def hold(self, lane: str) -> bool:
        """Take a lane; whether it is ours now."""

    async def release(self, lane: str) -> None:
        """Let go of a lane."""


@dataclass(slots=True)
class Recollection:
    """Looks at the platforms that are online, one page a look; `look` never raises."""

    listening: Listening
    recollections: Recollections
    lanes: Lanes
    platforms: Mapping[str, Platform]
    pace: Callable[[str], Pace]
    clock: Clock
    began: dict[str, datetime] = field(default_factory=dict)
    rounds: dict[str, Round] = field(default_factory=dict)

    async def look(self) -> None:
        """Go on with every platform's round, or begin one where something may be missing."""
        names = {*self.platforms, *self.rounds}
        await asyncio.gather(*(self._go_on(name) for name in sorted(names)))

    async def _go_on(self, name: str) -> None:
        try:
            await self._step(name)
        except BriefingBotError as error:
            self._put_off(name)
            log.warning("%s", error, extra={"action": "recall.put_off", "platform": name})
        except Exception:  # the other platforms go on, whatever broke
            self._put_off(name)
            log.exception("Reading broke off.", extra={"action": "recall.failed"})

    def _put_off(self, name: str) -> None:
        if reading := self.rounds.get(name):
            reading.next_at = self.clock.now() + AGAIN

    async def _step(self, name: str) -> None:
        platform, reading = self.platforms.get(name), self.rounds.get(name)
        if not isinstance(platform, Recalling):
            if reading:
                await self._end(name)
        elif reading is None:
            if self._is_due(name):
                await self._begin(name)
        elif not reading.queue:
            await self._end(name)
        elif self.clock.now() >= reading.next_at:
            await self._read(platform, reading)

    def _is_due(self, name: str) -> bool:
        before = self.began.get(name)
        missed = name in self.listening.gaps.names
        return before is None or missed or self.clock.now() - before >= DAILY

    async def _begin(self, name: str) -> None:
        now = self.clock.now()
        if await self.lanes.hold(_lane(name)):
            unread = await self.recollections.unread(name)
            reading = Round(now, deque(unread), now, len(unread))
            reading.begin()
            await self._note(name, reading)
            self.rounds[name] = reading
            if unread:
                _tell("Threads of %s are read again: %d of them.", name, reading.threads)
        self.began[name] = now
        self.listening.gaps.names.discard(name)

    async def _end(self, name: str) -> None:
        reading = self.rounds.pop(name)
        await self.lanes.release(_lane(name))
        if not reading.queue:
            await self._note(name, reading, self.clock.now())
            if reading.threads:
                said = "Threads of %s were read again: %d of them; %d messages are gone."
                _tell(said, name, reading.threads, reading.gone)

    async def _read(self, platform: Recalling, reading: Round) -> None:
        now, thread = self.clock.now(), reading.queue[0].thread
        reading.next_at = now + reading.distance
        try:
            async with self.pace(platform.name).reading(now.timestamp()):
                page = await platform.recall(Address(thread.channel, thread.thread), reading.more)
        except PostDelayed as delay:
            reading.slow_down(self.clock.now(), timedelta(seconds=delay.seconds))
        except PostError as error:
            await self._fail(platform.name, reading, error)
        except (KeyError, TypeError, ValueError) as odd:  # not every server tells what it should
            await self._fail(platform.name, reading, PostUnknown(UNREADABLE.format(why=repr(odd))))
        else:
            reading.asked_at = now
            await self._take(reading, page, now)
            await self._turn(platform.name, reading, page.more)

    async def _fail(self, name: str, reading: Round, error: PostError) -> None:
        """Try again what may come yet, and leave out what never will."""
        reading.failures += 1
        if isinstance(error, PostUnknown) and reading.failures < TRIES:
            reading.next_at = self.clock.now() + AGAIN
            return
        log.warning("A thread is not read again: %s", error, extra={"action": "recall.refused"})
        reading.read += 1
        reading.turn()
        await self._note(name, reading)

    async def _take(self, reading: Round, page: Recalled, asked_at: datetime) -> None:
        """Keep what is told, and forget what no longer is."""
        thread, told = reading.queue[0].thread, tuple(each.message for each in page.said)
        for each in page.said:
            await self.listening.keep(each)
        await self.recollections.count(thread, counted(page, asked_at - LAG))
        if reading.is_resumed and reading.after is None and page.said:
            reading.after = page.said[0].at
        if whole := span(reading, page, asked_at - LAG):
            reading.gone += await self.recollections.settle(thread, (*reading.told, *told), whole)
        if page.said:
            reading.after, reading.told = page.said[-1].at, told

    async def _turn(self, name: str, reading: Round, more: str | None) -> None:
        """To the next page, or to the next thread."""
        unread = reading.queue[0]
        if more == reading.more:  # a server that knows no pages tells the first one for ever
            more = None
        await self.recollections.reach(unread.thread, more)
        reading.more, reading.failures = more, 0
        if more is not None:
            return
        if reading.is_resumed:  # what came before may have changed since: from the start, last
            reading.queue.append(Unread(unread.thread, unread.at))
        else:
            reading.read += 1
        reading.turn()
        await self._note(name, reading)
        if reading.read % TOLD_EVERY == 0 and reading.queue:
            _tell("Threads of %s are read again: %d of %d.", name, reading.read, reading.threads)

    async def _note(self, name: str, reading: Round, ended: datetime | None = None) -> None:
        told = Progress(name, reading.began_at, reading.threads, reading.read, ended)
        await self.recollections.note(told)


def _lane(name: str) -> str:
    return f"{name} discussions"


def _tell(sentence: str, *named: object) -> None:
    log.info(sentence, *named, extra={"action": "recall.progress"})
