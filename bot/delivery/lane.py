"""A lane: one send budget and the editions that wait for it, delivered until none may go now."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Sequence
from contextlib import aclosing, suppress
from datetime import timedelta

from bot.clock import Clock
from bot.delivery import reasons
from bot.delivery.deliver import Delivery
from bot.delivery.lateness import Lateness
from bot.errors import Overtaken, StoreError
from bot.store.ledger import Ledger
from bot.store.rows import Record, State, Written
from briefings.schedule import Edition

log = logging.getLogger(__name__)

IN_HAND = 1000
"""Editions that a lane takes from the ledger at a time."""

UNDER_WAY = 256
"""Editions that are delivered at the same time: each waits most of its time for its turn."""

PATIENCE = 5.0
"""Seconds of delay that are waited out; for longer ones the edition goes back to the ledger."""

LOOK_AGAIN = 1.0
"""Seconds before the ledger is asked again for what became due meanwhile."""

MISHAP = timedelta(minutes=1)
"""Before an edition is tried again whose delivery broke for a reason that nobody foresaw."""


class Lane:
    """Delivers the editions of one platform; safe to run anywhere, any number of times."""

    def __init__(self, name: str, ledger: Ledger, delivery: Delivery, clock: Clock) -> None:
        self.name = name
        self._ledger = ledger
        self._delivery = delivery
        self._clock = clock
        self._lateness = Lateness(ledger, delivery, clock)
        self._hand: deque[tuple[Record, Sequence[Written]]] = deque()
        self._ask_at = float("-inf")
        self._under_way: dict[Edition, asyncio.Task[None]] = {}
        self._ended = asyncio.Event()
        self._stopping = False

    async def is_due(self) -> bool:
        """Whether an edition waits that may go now, to a platform that is online."""
        return self._is_online() and await self._ledger.is_due(self.name)

    @property
    def stopping(self) -> bool:
        """Whether it begins nothing more."""
        return self._stopping

    def stop(self) -> None:
        """Begin nothing more; what is being sent is finished."""
        self._stopping = True
        self._delivery.stop()

    async def drain(self) -> None:
        """Deliver due editions until none is left that may go now; raises StoreError."""
        try:
            while (self._is_online() and await self._refill()) or self._under_way:
                self._begin()
                if self._under_way:
                    await self._room()
            await self._put_back()
        finally:
            await self._end()

    def _is_online(self) -> bool:
        return self.name in self._delivery.platforms and self._delivery.may_go_on()

    async def _refill(self) -> bool:
        """Take more where the hand is half empty; whether there is anything in it."""
        if self._stopping:
            return False
        idle = not self._hand and not self._under_way
        if idle or (len(self._hand) < IN_HAND // 2 and self._clock.ticks() >= self._ask_at):
            self._begin()  # what is under way must last until more is taken
            await self._take()
        return bool(self._hand)

    async def _take(self) -> None:
        wanted, came = IN_HAND - len(self._hand), 0
        busy = bool(self._hand or self._under_way)
        async with aclosing(self._ledger.take_due(self.name, wanted, busy=busy)) as bites:
            async for taken in bites:
                messages = await self._ledger.all_messages([each.plan.edition for each in taken])
                self._hand += [(each, messages.get(each.plan.edition, ())) for each in taken]
                came += len(taken)
                self._begin()  # the first ones need not wait for the last
                if self._stopping:
                    break
        # Where there were fewer than wanted, asking again at once would find none either.
        self._ask_at = self._clock.ticks() + (LOOK_AGAIN if came < wanted else 0.0)

    def _begin(self) -> None:
        while self._hand and len(self._under_way) < UNDER_WAY and self._delivery.may_go_on():
            record, messages = self._hand.popleft()
            edition = record.plan.edition
            self._under_way[edition] = asyncio.create_task(self._deliver(record, messages))

    async def _room(self) -> None:
        """Wait until there is room for many more, or a little while.

        Waiting for each delivery by itself would look at all of them for every one that ends.
        """
        self._ended.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_AGAIN):
                await self._ended.wait()

    async def _deliver(self, record: Record, messages: Sequence[Written]) -> None:
        try:
            began = self._clock.now()
            state = await self._delivery.complete(record, messages, PATIENCE)
            await self._lateness.note(record, messages, state, began)
        except StoreError as error:
            log.warning("%s", error, extra={"action": "store.away"})
            await self._clock.sleep(LOOK_AGAIN)
        except Exception:  # one edition's trouble is no other's
            log.exception("A delivery broke off.", extra={"action": "delivery.failed"})
            await self._put_off(record)
        finally:
            self._under_way.pop(record.plan.edition, None)
            if len(self._under_way) <= (UNDER_WAY // 2 if self._hand else 0):
                self._ended.set()

    async def _put_off(self, record: Record) -> None:
        later = self._clock.now() + MISHAP
        try:
            await self._ledger.finish(record, State.DELAYED, reasons.BROKEN_OFF, later)
        except (StoreError, Overtaken) as error:
            log.warning("%s", error, extra={"action": "delivery.failed"})
            await self._clock.sleep(LOOK_AGAIN)

    async def _put_back(self) -> None:
        """Give back what was not begun, all at once: there may be hundreds, and little time."""
        back = [self._give_back(record) for record, _ in self._hand]
        self._hand.clear()
        await asyncio.gather(*back)

    async def _give_back(self, record: Record) -> None:
        with suppress(Overtaken):
            await self._ledger.finish(record, State.PLANNED, reasons.WORKER_STOPPED)

    async def _end(self) -> None:
        """Cut off what is still under way, where the drain itself was cut off or broke."""
        self._hand.clear()
        tasks = tuple(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
