"""The last gate before a call: whatever holds calls up, the platform never counts too many."""

from __future__ import annotations

import asyncio
from bisect import insort

from bot.clock import Clock
from bot.platforms.port import Rate

FORGET = 1.0001
"""The quickest call is believed a little less with each call: the network's ways change."""

HAIR = 0.02
"""Seconds on top of the stretch: what is the quickest call is only known from those that were."""

BLINK = 0.001
"""Seconds that any wait takes at least, so that rounding never makes it none."""


class Window:
    """Lets so many calls through in any stretch of so many seconds, as the platform counts them.

    The platform counts a call some time between its start and its end. Of two calls, one that
    begins `seconds` after the end of the other, less what the quickest call takes, is counted
    `seconds` after it at least, however long either was on its way.
    """

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._under_way = 0
        self._gone: list[float] = []
        self._quickest = float("inf")
        self._answered = 0

    def excess(self, now: float) -> float:
        """Seconds to wait before asking again; none lets one through, which has to `leave`."""
        while self._gone and self._gone[0] + self._rate.seconds + HAIR <= now:
            del self._gone[0]
        if self._under_way + len(self._gone) < self._rate.calls:
            self._under_way += 1
            return 0.0
        if self._gone:
            return self._gone[0] + self._rate.seconds + HAIR - now
        return self._rate.seconds / self._rate.calls

    def leave(self, began: float, now: float, *, answered: bool) -> None:
        """A call that was let through ended; `answered` where the platform was really asked."""
        self._under_way -= 1
        took = max(now - began, 0.0)
        if answered:
            self._answered += 1
            self._quickest = min(self._quickest * FORGET, took)
        # The first calls open their connections: what is quick is not known from them.
        known = self._answered > self._rate.calls
        insort(self._gone, now - (min(self._quickest, took) if known else 0.0))

    def count(self, now: float) -> None:
        """A call goes out by another way."""
        insort(self._gone, now)


class Gate:
    """Those who wait for a window, one after the other: all at once would wake up for each."""

    def __init__(self, clock: Clock, window: Window) -> None:
        self._clock = clock
        self._window = window
        self._lock = asyncio.Lock()

    @property
    def crowded(self) -> bool:
        """Whether somebody waits."""
        return self._lock.locked()

    async def enter(self) -> float:
        """Wait until a call may begin; the moment at which it does."""
        async with self._lock:
            while (pause := self._window.excess(began := self._clock.ticks())) > 0:
                await self._clock.sleep(max(pause, BLINK))
        return began
