"""The send budget of one token: who may send when, so that the platform never has to say no."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.clock import Clock
from bot.delivery.line import Line, Waiting
from bot.delivery.rests import Rests
from bot.delivery.strain import Strain
from bot.delivery.window import BLINK, Gate, Window
from bot.platforms.port import Rate, Rates

LEAD = 0.15
"""Seconds by which a turn is given before its moment: time to write the intent down."""

GRAIN, MOST = 1.0, 10
"""Turns of so many seconds, and so many at most, have one moment: they share a commit and a
wake-up of the process. A crash leaves what has a turn in doubt, so they are not more."""

LONGEST_LEAD, EASE = 1.0, 0.998
"""A slow database makes turns come earlier, by so much at most; each in time takes some back."""

CREDIT, IDLE = 3.0, 0.5
"""Seconds of turns that may be caught up where the process was held up, and where nobody waited:
below the limit, by the last gate; while somebody stands there, nobody else gets a turn."""

STEP = 0.01
"""Seconds until the last gate is looked at again."""


class Pace:
    """Gives turns: the longest-waiting channel first, and none that would earn a refusal."""

    def __init__(self, clock: Clock, rates: Rates) -> None:
        self._clock = clock
        self._rates = rates
        self._lead = LEAD
        self._window = Window(rates.ceiling or rates.overall)
        self._gate = Gate(clock, self._window)
        self._line = Line()
        self._rests = Rests(max(rates.channel.seconds, rates.reading.seconds))
        self._strain = Strain()
        overall = rates.overall
        self._together = max(1, min(MOST, round(GRAIN * overall.calls / overall.seconds)))
        self._next = float("-inf")
        self._missed = float("-inf")
        self._news = asyncio.Event()
        self._giving: asyncio.Task[None] | None = None

    async def turn(self, channel: str, since: float) -> float:
        """The moment (of the clock's `ticks`) at which to send to a channel, shortly before it."""
        return await self._wait(channel, since, self._rates.channel)

    @asynccontextmanager
    async def opening(self, since: float) -> AsyncIterator[None]:
        """Wait for the turn to open a thread in the block, all calls that it takes counted."""
        calls = self._rates.opening
        if not calls:
            yield
            return
        moment = await self._wait("", since, self._rates.overall)
        self._next += self._distance() * (calls - 1)
        began = await self.until(moment)
        try:
            yield
        finally:
            self.ended(began, answered=False)
            for _ in range(calls - 1):
                self._window.count(self._clock.ticks())

    @asynccontextmanager
    async def reading(self, since: float) -> AsyncIterator[None]:
        """Wait for the turn to read something back in the block."""
        began = await self.until(await self._wait("?", since, self._rates.reading))
        try:
            yield
        finally:
            self.ended(began, answered=False)

    def answer(self, channel: str) -> None:
        """Somebody is answered there right now: posts give way."""
        now = self._clock.ticks()
        self._next = max(self._next, now) + self._distance()
        self._window.count(now)
        self._rests.note(channel, now, self._rates.channel)

    def limited(self, channel: str, seconds: float, *, everything: bool = False) -> None:
        """The platform said no there, or everywhere; several channels at once mean everybody."""
        self.rest(channel, seconds)
        now = self._clock.ticks()
        if self._strain.note(channel, now, everything=everything):
            self._next = max(self._next, now + seconds)

    def rest(self, channel: str, seconds: float) -> None:
        """Nothing goes to a channel for a while: the platform said so."""
        self._rests.limit(channel, (now := self._clock.ticks()) + seconds, now)

    @property
    def waiting(self) -> int:
        """Turns that somebody waits for."""
        return len(self._line)

    def left(self) -> float:
        """The share of the budget that is not in use: none while anybody waits for it alone."""
        behind = self._next - self._clock.ticks()
        return 1.0 if behind <= 0 else max(0.0, 1.0 - behind / (self._distance() + self._lead))

    def stop(self) -> None:
        """Let everybody go who waits: nothing is sent any more."""
        for waiting in self._line.leave():
            if not waiting.turn.done():
                waiting.turn.set_result(self._clock.ticks())
        self._news.set()

    async def until(self, moment: float) -> float:
        """Wait for a turn's exact moment; where that was missed, turns are given earlier.

        The moment at which the call begins; tell its end by `ended`.
        """
        pause = moment - self._clock.ticks()
        if pause > 0:
            self._lead = max(LEAD, self._lead * EASE)
            await self._clock.sleep(pause)
        elif self._line.ready and moment > self._missed:  # once for those who share a moment
            self._missed = moment
            self._lead = min(self._lead - pause, LONGEST_LEAD)
        return await self._gate.enter()

    def ended(self, began: float, *, answered: bool = True) -> None:
        """A call ended that was waited for by `until`; `answered` if the platform was asked."""
        self._window.leave(began, self._clock.ticks(), answered=answered)

    async def _wait(self, key: str, since: float, rate: Rate) -> float:
        if not self._line.ready:  # whoever waits already is looked at in time
            self._news.set()
        turn = self._line.join(since, key, rate)
        if self._giving is None:
            self._giving = asyncio.create_task(self._keep_giving())
        return await turn

    async def _keep_giving(self) -> None:
        self._next = max(self._next, self._clock.ticks() - IDLE)
        try:
            while self._line:
                if pause := self._give_some():
                    await self._rest(pause)
        finally:
            self._giving = None

    def _give_some(self) -> float:
        """Give the next turns where their time has come; the seconds until it has, or none."""
        now = self._clock.ticks()
        self._line.wake(now + self._lead)
        if not self._line.ready:
            rested = self._line.next_rested()
            return 0.0 if rested is None else max(rested - now - self._lead, 0.0)
        early = self._next - self._lead - now
        if early > 0:
            return early
        if self._gate.crowded:
            return STEP
        moment, given = max(self._next, now - CREDIT), 0
        if moment <= now:
            self._missed = max(self._missed, moment)
        while given < self._together and self._line.ready:
            given += self._give(self._line.first(), moment, now)
        return 0.0

    def _give(self, first: Waiting, moment: float, now: float) -> bool:
        """Give a turn, unless nobody waits for it any more or the channel has to rest."""
        if first.turn.done():
            return False
        free = self._rests.free_at(first.key, first.rate, now)
        if free > now + self._lead:
            self._line.rest(first, free)
            return False
        moment = max(moment, free) if free > now else moment
        self._next = max(self._next, moment) + self._distance()
        self._strain.ease()
        self._rests.note(first.key, max(moment, now), first.rate)
        first.turn.set_result(moment)
        return True

    def _distance(self) -> float:
        overall = self._rates.overall
        return overall.seconds / overall.calls * self._strain.stretch

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
