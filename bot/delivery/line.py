"""Who waits for a turn: the longest-waiting first, those whose channel rests aside."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count

from bot.platforms.port import Rate


@dataclass(slots=True, order=True)
class Waiting:
    """Somebody who waits for a turn of the channel `key`."""

    at: float
    """What a heap sorts by: since when it waits, or when its channel is free."""
    number: int
    since: float = field(compare=False)
    key: str = field(compare=False)
    rate: Rate = field(compare=False)
    turn: asyncio.Future[float] = field(compare=False)


class Line:
    """Everybody who waits."""

    def __init__(self) -> None:
        self.ready: list[Waiting] = []
        self._resting: list[Waiting] = []
        self._number = count()

    def __len__(self) -> int:
        return len(self.ready) + len(self._resting)

    def join(self, since: float, key: str, rate: Rate) -> asyncio.Future[float]:
        """Stand in line; the future is the turn."""
        turn: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        heappush(self.ready, Waiting(since, next(self._number), since, key, rate, turn))
        return turn

    def first(self) -> Waiting:
        """Take out the longest-waiting of those who are ready."""
        return heappop(self.ready)

    def rest(self, waiting: Waiting, until: float) -> None:
        """Put somebody aside until the channel is free."""
        waiting.at = until
        heappush(self._resting, waiting)

    def wake(self, before: float) -> None:
        """Bring back those whose channel is free before a moment."""
        while self._resting and self._resting[0].at <= before:
            rested = heappop(self._resting)
            rested.at = rested.since
            heappush(self.ready, rested)

    def next_rested(self) -> float | None:
        """When the first channel is free for which somebody was put aside."""
        return self._resting[0].at if self._resting else None

    def leave(self) -> Iterator[Waiting]:
        """Everybody, who then wait no more."""
        yield from (*self.ready, *self._resting)
        self.ready.clear()
        self._resting.clear()
