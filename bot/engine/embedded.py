"""The engine of a process that needs nothing beside it: each lane is a task."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Protocol

from bot.delivery.lane import Lane
from bot.errors import StoreError

log = logging.getLogger(__name__)

POLL = 2.0
"""Seconds between looks for what was put off, or written down by another process."""

AWAY = 5.0
"""Seconds before a database that does not answer is tried again."""

CLOSE_WITHIN = 8.0
"""Seconds that messages under way have to finish; what is cut off is looked up at the start."""


class Holder(Protocol):
    """Who says which process has a lane."""

    async def hold(self, lane: str) -> bool:
        """Take a lane where nobody else has it."""

    async def release(self, lane: str) -> None:
        """Let go of it."""


class Embedded:
    """Drains each lane whenever it is woken, and looks by itself from time to time."""

    def __init__(self, lanes: Sequence[Lane], holder: Holder) -> None:
        self._holder = holder
        self._keepers = {lane.name: _Keeper(lane, holder) for lane in lanes}

    async def start(self) -> None:
        """Begin; what is due is taken up at once."""
        for keeper in self._keepers.values():
            keeper.start()

    def wake(self, lane: str) -> None:
        """Something is due there."""
        if lane in self._keepers:
            self._keepers[lane].wake()

    def add(self, lane: Lane) -> None:
        """Drain one more lane from now on."""
        if lane.name not in self._keepers:
            self._keepers[lane.name] = _Keeper(lane, self._holder)
            self._keepers[lane.name].start()

    async def settle(self) -> None:
        """Wait until every lane has gone through what may go now."""
        await asyncio.gather(*(keeper.settle() for keeper in self._keepers.values()))

    async def close(self) -> None:
        """Begin nothing more, and let what is being sent finish for a while."""
        await asyncio.gather(*(keeper.close() for keeper in self._keepers.values()))


class _Keeper:
    def __init__(self, lane: Lane, holder: Holder) -> None:
        self._lane = lane
        self._holder = holder
        self._news = asyncio.Event()
        self._passed = asyncio.Condition()
        self._begun = self._ended = 0
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._news.set()
        self._task = asyncio.create_task(self._keep())

    def wake(self) -> None:
        self._news.set()

    async def settle(self) -> None:
        """Wait for a pass that begins after now."""
        if self._task is None or self._task.done():
            return
        wanted = self._begun + 1
        self._news.set()
        async with self._passed:
            await self._passed.wait_for(lambda: self._ended >= wanted)

    async def close(self) -> None:
        if self._task is None:
            return
        self._lane.stop()
        self._news.set()
        _, late = await asyncio.wait({self._task}, timeout=CLOSE_WITHIN)
        for task in late:
            task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _keep(self) -> None:
        while not self._lane.stopping:
            await _wait(self._news, POLL)
            self._news.clear()
            self._begun += 1
            broke = not await self._pass()
            async with self._passed:
                self._ended = self._begun
                self._passed.notify_all()
            if broke:
                await _wait(asyncio.Event(), AWAY)

    async def _pass(self) -> bool:
        """Drain the lane where there is something to drain; whether that went well."""
        try:
            if await self._lane.is_due() and await self._holder.hold(self._lane.name):
                try:
                    await self._lane.drain()
                finally:
                    await self._holder.release(self._lane.name)
        except StoreError as error:
            log.error("%s", error, extra={"action": "store.away"})  # noqa: TRY400 (a sentence)
            return False
        except Exception:  # the lane goes on, whatever broke
            log.exception("A lane broke off.", extra={"action": "lane.failed"})
            return False
        return True


async def _wait(event: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return
