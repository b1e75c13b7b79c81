"""Sends one message at most once: the intent before, the outcome after, a look where in doubt."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from bot.clock import Clock
from bot.delivery import reasons
from bot.delivery.looking import Looking, Unclear
from bot.delivery.pace import Pace
from bot.delivery.titles import Neutral, post_named
from bot.errors import BriefingBotError, PostDelayed, PostRefused, PostUnknown
from bot.platforms.abilities import Counting
from bot.platforms.port import Address, Platform
from bot.store.ledger import Ledger
from bot.store.rows import State, Written
from bot.store.states import STANDS

TRIES = 6
"""Sends of one message that are delayed or stay unknown, before it is left for later."""


class Later(BriefingBotError):
    """The message is surely not sent and has to wait for `seconds`."""

    def __init__(self, sentence: str, seconds: float) -> None:
        super().__init__(sentence)
        self.seconds = seconds


class Stopped(BriefingBotError):
    """This worker sends no more; another one, or its successor, goes on."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Where and how the messages of one edition go."""

    ledger: Ledger
    platform: Platform
    pace: Pace
    clock: Clock
    since: float
    """Since when the edition is due, which decides who goes first."""
    patience: float
    """Seconds that a delay may take before the edition is put aside for it."""
    may_send: Callable[[], bool]
    neutral_title: Neutral

    async def send(self, to: Address, message: Written) -> str:
        """The message's id in its channel, however often this is asked.

        Raises PostRefused, Later, Unclear or Stopped.
        """
        for _ in range(TRIES):
            message = await self._advance(to, message)
            if message.state in STANDS:
                return message.platform_id or ""
        raise Later(message.reason or reasons.NOT_YET, self.patience)

    async def _advance(self, to: Address, message: Written) -> Written:
        match message.state:
            case State.PLANNED | State.DELAYED:
                return await self._try(to, message)
            case State.SENDING:
                gone = reasons.WORKER_WENT
                return await self.ledger.mark(message, State.UNKNOWN, reason=gone)
            case State.UNKNOWN:
                looking = Looking(self.ledger, self.platform, self.pace, self.clock, self.since)
                return await looking.settle(to, message)
            case State.PARKED:
                raise Unclear(message.reason or reasons.NOBODY_KNOWS)
            case State.REFUSED:
                raise PostRefused(message.reason or reasons.REFUSED)
            case _:
                return message

    async def _try(self, to: Address, message: Written) -> Written:
        moment = await self._turn(to)
        sending = await self.ledger.mark(message, State.SENDING)
        began = await self.pace.until(moment)
        if not self.may_send():
            self.pace.ended(began, answered=False)
            await self.ledger.mark(sending, State.DELAYED, reason=reasons.WORKER_STOPPED_BEFORE)
            raise Stopped(reasons.WORKER_STOPS)
        return await self._post(to, sending, began)

    async def _turn(self, to: Address) -> float:
        """The moment of its turn, for which a worker that stops does not wait."""
        moment = await self.pace.turn(to.channel, self.since) if self.may_send() else 0.0
        if not self.may_send():
            raise Stopped(reasons.WORKER_STOPS)
        return moment

    async def _post(self, to: Address, message: Written, began: float) -> Written:
        try:
            sent, why = await self._call(to, message, began)
        except PostDelayed as delay:
            delayed = await self.ledger.mark(message, State.DELAYED, reason=str(delay))
            await self._wait(to, delay)
            return delayed
        except PostRefused as error:
            await self.ledger.mark(message, State.REFUSED, reason=str(error))
            raise
        except PostUnknown as error:
            return await self.ledger.mark(message, State.UNKNOWN, reason=str(error))
        except asyncio.CancelledError:
            cut = self.ledger.mark(message, State.UNKNOWN, reason=reasons.CUT_OFF_SENDING)
            await asyncio.shield(cut)
            raise
        # While others wait for their turns, their intents are about to be committed anyway.
        haste = not self.pace.waiting
        return await self.ledger.mark(message, State.SENT, sent, why, haste=haste)

    async def _call(self, to: Address, message: Written, began: float) -> tuple[str, str | None]:
        answered = False
        try:
            sent = await post_named(self.platform, to, message.draft, self.neutral_title)
            answered = True
        finally:
            self.pace.ended(began, answered=answered)
        if isinstance(self.platform, Counting) and (seconds := self.platform.spent(to)) > 0:
            self.pace.rest(to.channel, seconds)
        return sent

    async def _wait(self, to: Address, delay: PostDelayed) -> None:
        if delay.limited:
            self.pace.limited(to.channel, delay.seconds, everything=delay.everything)
        if delay.seconds > self.patience:
            raise Later(str(delay), delay.seconds)
        await self.clock.sleep(delay.seconds)
