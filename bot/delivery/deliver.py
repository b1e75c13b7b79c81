"""Delivers an edition from its rows: card first, then the thread, each message at most once."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.delivery.pace import Pace
from bot.errors import PostDelayed, PostError, PostRefused, PostUnknown
from bot.platforms.port import Address, Platform
from bot.store.ledger import Ledger
from bot.store.rows import OPEN, Record, State, Written
from briefings.schedule import Edition

UNSURE = (State.SENDING, State.UNKNOWN)

log = logging.getLogger(__name__)

TRIES = 6
"""Sends of one message that are delayed or stay unknown, before it is parked."""

LOOKS = (1, 3, 8, 20, 30)
"""Seconds before each look for a message that perhaps was sent: history lags behind sending."""

EARLIER = timedelta(seconds=60)
"""How far before the first try a look begins: the platform's clock is not ours."""


class Unclear(PostError):
    """Nobody could find out whether a message was sent; a person has to look."""


class Delivery:
    """Turns editions into posts; idempotent and resumable, whoever calls it."""

    def __init__(self, ledger: Ledger, platforms: Mapping[str, Platform], clock: Clock) -> None:
        self._ledger = ledger
        self._platforms = platforms
        self._clock = clock
        self._pace = Pace(clock)

    async def deliver(self, edition: Edition) -> State | None:
        """Send what is not sent yet; the state it ends in, or nothing where it cannot go now."""
        record = await self._ledger.find(edition)
        if record is None:
            return None
        platform = self._platforms.get(record.plan.platform)
        if record.plan.state not in OPEN or platform is None:
            return record.plan.state
        return await self._finish(record, *await self._outcome(platform, record))

    async def _outcome(self, platform: Platform, record: Record) -> tuple[State, str | None]:
        try:
            await self._send_all(platform, record)
        except PostRefused as error:
            return State.REFUSED, str(error)
        except PostError as error:
            return State.PARKED, str(error)
        return State.SENT, None

    async def _finish(self, record: Record, state: State, reason: str | None) -> State:
        plan = record.plan
        await self._ledger.finish(plan.edition, state, reason)
        level = logging.INFO if state is State.SENT else logging.ERROR
        sentence = f"{plan.title}: {state} in {plan.platform} channel {plan.channel}"
        extra = {"action": f"edition.{state}", "channel": plan.channel, "platform": plan.platform}
        log.log(level, "%s", f"{sentence}. {reason}" if reason else f"{sentence}.", extra=extra)
        return state

    async def _send_all(self, platform: Platform, record: Record) -> None:
        channel, thread = record.plan.channel, record.thread
        for message in await self._ledger.messages(record.plan.edition):
            to = Address(channel, thread if message.number else None)
            sent = message.platform_id or await self._send(platform, to, message)
            if thread is None and record.plan.threaded:
                thread = await self._open_thread(platform, record, sent)

    async def _open_thread(self, platform: Platform, record: Record, card: str) -> str:
        plan = record.plan
        for _ in range(TRIES):
            try:
                thread = await platform.open_thread(plan.channel, card, plan.title or "")
            except PostDelayed as delay:
                await self._clock.sleep(delay.seconds)
            except PostUnknown:
                await self._clock.sleep(LOOKS[1])  # opening a thread twice opens one
            else:
                await self._ledger.open_thread(plan.edition, thread)
                return thread
        raise Unclear(f"The thread under the card in channel {plan.channel} could not be opened.")

    async def _send(self, platform: Platform, to: Address, message: Written) -> str:
        if message.state in UNSURE and (tried := message.first_tried_at):
            found = await self._look(platform, to, message, tried)
            if found is not None:
                return found
        for _ in range(TRIES):
            if sent := await self._try(platform, to, message):
                return sent
        raise Unclear(f"Channel {to.channel} did not take a message in {TRIES} tries.")

    async def _try(self, platform: Platform, to: Address, message: Written) -> str | None:
        began = message.first_tried_at or self._clock.now()
        async with self._pace.turn(platform.name, to.channel):
            await self._ledger.mark(message, State.SENDING)
            try:
                sent = await platform.post(to, message.draft.payload, message.draft.marker)
            except PostDelayed as delay:
                await self._ledger.mark(message, State.PLANNED, reason=str(delay))
                await self._clock.sleep(delay.seconds)
                return None
            except PostRefused as error:
                await self._ledger.mark(message, State.REFUSED, reason=str(error))
                raise
            except PostUnknown as error:
                await self._ledger.mark(message, State.UNKNOWN, reason=str(error))
                return await self._look(platform, to, message, began)
        await self._ledger.mark(message, State.SENT, sent)
        return sent

    async def _look(
        self, platform: Platform, to: Address, message: Written, began: datetime
    ) -> str | None:
        """The id of a message that perhaps was sent, or nothing where it surely was not."""
        seen = False
        for pause in LOOKS:
            await self._clock.sleep(pause)
            try:
                found = await platform.find(to, message.draft.marker, began - EARLIER)
            except PostRefused:
                break
            except PostError:
                continue
            if found:
                await self._ledger.mark(message, State.SENT, found, "found in the channel")
                return found
            seen = True
        if not seen:
            raise Unclear(
                f"A message to channel {to.channel} was perhaps sent, and the channel cannot be"
                " read: look there, then post it again or leave it."
            )
        return None
