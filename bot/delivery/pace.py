"""The send budget of one token: who may send when, so that the platform never has to say no."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count

from bot.clock import Clock
from bot.delivery.window import Window
from bot.platforms.port import Rate, Rates

LEAD = 0.03
"""Seconds by which a turn is given before its moment: time to write the intent down."""

LONGEST_LEAD, EASE = 1.0, 0.998
"""A slow database makes turns come earlier, by so much at most; each in time takes some back."""

HAIR = 0.02
"""Seconds on top of a channel's own pause: the network does not keep distances exactly."""

BLINK = 0.001
"""Seconds that any wait takes at least, so that rounding never makes it none."""

SLOWER, FASTER, SLOWEST = 1.25, 0.998, 4.0
"""What the distance of all sends is multiplied by after a general limit and after each send."""

GENERAL = 3
"""Channels limited within a second that mean a limit on everything."""


@dataclass(slots=True, order=True)
class _Waiting:
    at: float
    """What a heap sorts by: since when it waits, or when its channel is free."""
    number: int
    since: float = field(compare=False)
    key: str = field(compare=False)
    rate: Rate = field(compare=False)
    turn: asyncio.Future[float] = field(compare=False)


class Pace:
    """Gives turns: the longest-waiting channel first, and none that would earn a refusal."""

    def __init__(self, clock: Clock, rates: Rates) -> None:
        self._clock = clock
        self._rates = rates
        self._lead = LEAD
        self._window = Window(rates.overall)
        self._ready: list[_Waiting] = []
        self._resting: list[_Waiting] = []
        self._sent: dict[str, deque[float]] = {}
        self._free: dict[str, float] = {}
        self._limited: deque[tuple[float, str]] = deque(maxlen=GENERAL)
        self._number = count()
        self._next = float("-inf")
        self._stretch = 1.0
        self._news = asyncio.Event()
        self._giving: asyncio.Task[None] | None = None

    async def turn(self, channel: str, since: float) -> float:
        """The moment (of the clock's `ticks`) at which to send to a channel, shortly before it."""
        return await self._wait(channel, since, self._rates.channel)

    async def open(self, since: float) -> float:
        """The moment at which to open a thread, all calls that it takes counted."""
        if not self._rates.opening:
            return self._clock.ticks()
        moment = await self._wait("", since, self._rates.overall)
        self._next += self._distance() * (self._rates.opening - 1)
        return moment

    async def look(self, since: float) -> float:
        """The moment at which to read something back."""
        return await self._wait("?", since, self._rates.reading)

    def answer(self, channel: str) -> None:
        """Somebody is answered there right now: posts give way."""
        now = self._clock.ticks()
        self._next = max(self._next, now) + self._distance()
        self._note(channel, now, self._rates.channel)

    def limited(self, channel: str, seconds: float) -> None:
        """The platform said no there; from several channels at once it means everybody."""
        now = self._clock.ticks()
        self._free[channel] = max(self._free.get(channel, now), now + seconds)
        self._limited.append((now, channel))
        recent = {name for at, name in self._limited if now - at <= 1}
        if len(recent) >= GENERAL:
            self._limited.clear()
            self._next = max(self._next, now + seconds)
            self._stretch = min(self._stretch * SLOWER, SLOWEST)

    @property
    def waiting(self) -> int:
        """Turns that somebody waits for."""
        return len(self._ready) + len(self._resting)

    def left(self) -> float:
        """The share of the budget that is not in use: none while anybody waits for it alone."""
        behind = self._next - self._clock.ticks()
        return 1.0 if behind <= 0 else max(0.0, 1.0 - behind / (self._distance() + self._lead))

    def stop(self) -> None:
        """Let everybody go who waits: nothing is sent any more."""
        for waiting in (*self._ready, *self._resting):
            if not waiting.turn.done():
                waiting.turn.set_result(self._clock.ticks())
        self._ready.clear()
        self._resting.clear()
        self._news.set()

    async def until(self, moment: float) -> None:
        """Wait for a turn's exact moment; where that was missed, turns are given earlier."""
        pause = moment - self._clock.ticks()
        if pause > 0:
            self._lead = max(LEAD, self._lead * EASE)
            await self._clock.sleep(pause)
        else:
            self._lead = min(self._lead - pause, LONGEST_LEAD)
        while (pause := self._window.excess(self._clock.ticks())) > 0:
            await self._clock.sleep(max(pause, BLINK))

    async def _wait(self, key: str, since: float, rate: Rate) -> float:
        turn: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        heappush(self._ready, _Waiting(since, next(self._number), since, key, rate, turn))
        self._news.set()
        if self._giving is None:
            self._giving = asyncio.create_task(self._give())
        return await turn

    async def _give(self) -> None:
        try:
            while self._ready or self._resting:
                if pause := self._give_one():
                    await self._rest(pause)
        finally:
            self._giving = None

    def _give_one(self) -> float:
        """Give the next turn where its time has come; the seconds until it has, or none."""
        now = self._clock.ticks()
        self._wake_rested(now)
        if not self._ready:
            return max(self._resting[0].at - now - self._lead, 0.0) if self._resting else 0.0
        early = self._next - self._lead - now
        if early > 0:
            return early
        first = heappop(self._ready)
        if first.turn.done():
            return 0.0
        free = self._free_at(first.key, first.rate, now)
        if free > now + self._lead:
            first.at = free
            heappush(self._resting, first)
            return 0.0
        self._grant(first, max(self._next, free, now))
        return 0.0

    def _grant(self, waiting: _Waiting, moment: float) -> None:
        self._next = moment + self._distance()
        self._stretch = max(1.0, self._stretch * FASTER)
        self._note(waiting.key, moment, waiting.rate)
        waiting.turn.set_result(moment)

    def _wake_rested(self, now: float) -> None:
        while self._resting and self._resting[0].at - self._lead <= now:
            rested = heappop(self._resting)
            rested.at = rested.since
            heappush(self._ready, rested)

    def _free_at(self, key: str, rate: Rate, now: float) -> float:
        sent = self._sent.get(key)
        full = sent is not None and len(sent) >= rate.calls
        earliest = sent[0] + rate.seconds + HAIR if sent and full else now
        return max(earliest, self._free.get(key, now))

    def _note(self, key: str, moment: float, rate: Rate) -> None:
        self._sent.setdefault(key, deque(maxlen=rate.calls)).append(moment)
        if len(self._sent) > 4096:
            self._forget(moment)

    def _forget(self, now: float) -> None:
        old = now - max(self._rates.channel.seconds, self._rates.reading.seconds) - 1
        self._sent = {key: sent for key, sent in self._sent.items() if sent[-1] > old}
        self._free = {key: free for key, free in self._free.items() if free > now}

    def _distance(self) -> float:
        overall = self._rates.overall
        return overall.seconds / overall.calls * self._stretch

    async def _rest(self, seconds: float) -> None:
        """Sleep, unless somebody else comes to wait."""
        self._news.clear()
        asleep = asyncio.ensure_future(self._clock.sleep(max(seconds, BLINK)))
        news = asyncio.ensure_future(self._news.wait())
        try:
            await asyncio.wait({asleep, news}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            asleep.cancel()
            news.cancel()
