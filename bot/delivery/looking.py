"""Finds out what became of a message that perhaps was sent: the channel is read back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.delivery import reasons
from bot.delivery.pace import Pace
from bot.errors import PostDelayed, PostError, PostRefused
from bot.platforms.port import Address, Platform
from bot.store.ledger import Ledger
from bot.store.rows import State, Written

LOOKS = (1, 3, 8, 12, 14)
"""Seconds before each look: history lags behind sending, and a call of a worker that was given up
may still be under way. See `bot.store.rhythm.Rhythm`."""

MORE = (15, 30, 60)
"""Seconds before each further look, where the last one failed: the channel may be readable soon."""

EARLIER = timedelta(seconds=60)
"""How far before the first try a look begins: the platform's clock is not ours."""

WAITS = 20
"""Times that a look itself is put off before it counts as failed."""


class Unclear(PostError):
    """Nobody could find out whether a message was sent; a person has to look."""


@dataclass(frozen=True, slots=True)
class Looking:
    """Looks for one message."""

    ledger: Ledger
    platform: Platform
    pace: Pace
    clock: Clock
    since: float

    async def settle(self, to: Address, message: Written) -> Written:
        """The message found, or planned again where it surely is not there; raises Unclear."""
        began = message.first_tried_at or self.clock.now()
        cause = message.reason or reasons.SEND_BROKEN_OFF
        failure: PostError | None = None
        for pause, is_further in self._pauses(message):
            if is_further and failure is None:
                break
            await self.clock.sleep(pause)
            try:
                found = await self._look(to, message, began - EARLIER)
            except PostError as error:
                failure = error
                if isinstance(error, PostRefused):
                    break
                continue
            failure = None
            if found is not None:
                reason = reasons.FOUND
                return await self.ledger.mark(message, State.RECONCILED, found, reason)
            message = await self.ledger.mark(message, State.UNKNOWN, reason=cause)
        if failure is None:
            reason = reasons.NOT_THERE.format(reason=cause)
            return await self.ledger.mark(message, State.PLANNED, reason=reason)
        return await self._give_up(to, message, failure)

    def _pauses(self, message: Written) -> Iterator[tuple[int, bool]]:
        yield from ((pause, False) for pause in LOOKS[message.looks :])
        yield from ((pause, True) for pause in MORE)

    async def _look(self, to: Address, message: Written, since: datetime) -> str | None:
        for _ in range(WAITS):
            try:
                async with self.pace.reading(self.since):
                    return await self.platform.find(to, message.draft.marker, since)
            except PostDelayed as delay:
                waited = delay
                await self.clock.sleep(delay.seconds)
        raise waited

    async def _give_up(self, to: Address, message: Written, failure: PostError) -> Written:
        sentence = reasons.UNCLEAR.format(channel=to.channel, reason=failure)
        await self.ledger.mark(message, State.PARKED, reason=sentence)
        raise Unclear(sentence) from failure
