"""Bringing payloads to the app: once for people who wait, and again and again for events."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.sandbox.faults import Faults
from bot.sandbox.faults import Kind as Trouble
from bot.sandbox.slack.limits import ACK_SECONDS
from bot.sandbox.slack.parcels import Carrier, Outcome, Parcel, Receipt
from bot.sandbox.slack.requests import Requests
from bot.sandbox.slack.sockets import Sockets


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds until an acknowledgement is late, and before each new delivery of an event.

    At once, after one minute and after five: https://docs.slack.dev/apis/events-api/#retries
    """

    ack_seconds: float = ACK_SECONDS
    retry_after: tuple[float, ...] = (0.0, 60.0, 300.0)


PATIENCE = Patience()

REASONS = {Outcome.LATE: "timeout", Outcome.FAILED: "connection_failed"}


class Delivery:
    """The way to the app: its request URL where it has one, else its sockets."""

    def __init__(
        self,
        sockets: Sockets,
        requests: Requests,
        faults: Faults,
        retry_after: Sequence[float] = PATIENCE.retry_after,
    ) -> None:
        self.sockets = sockets
        self.requests = requests
        self._faults = faults
        self._retry_after = retry_after
        self._events: set[asyncio.Task[None]] = set()

    @property
    def online(self) -> bool:
        """Whether the app can be reached."""
        return self._carrier().online

    async def bring(self, parcel: Parcel) -> Receipt:
        """Bring something that a person waits for; it is never tried twice.

        Faults on the kind (`slash_commands`, `interactive`, `events_api`): `twice` delivers it
        twice, any other loses it on the way.
        """
        fault = self._faults.strike(parcel.kind)
        if fault is None:
            return await self._carrier().carry(parcel)
        if fault.kind is not Trouble.TWICE:
            return Receipt(Outcome.FAILED)
        again = replace(parcel, attempt=parcel.attempt + 1, reason="timeout")
        first = await self._carrier().carry(parcel)
        await self._carrier().carry(again)
        return first

    def announce(self, event: Parcel) -> None:
        """Bring an event to the app in the background, with retries."""
        task = asyncio.get_running_loop().create_task(self._insist(event))
        self._events.add(task)
        task.add_done_callback(self._events.discard)

    async def settle(self) -> None:
        """Wait until every event was delivered, or given up."""
        while self._events:
            await asyncio.gather(*self._events)

    async def close(self) -> None:
        """Hang up and forget the events that were to be delivered again."""
        for task in tuple(self._events):
            task.cancel()
        await asyncio.gather(*self._events, return_exceptions=True)
        await self.requests.close()
        await self.sockets.close()

    async def _insist(self, parcel: Parcel) -> None:
        receipt = await self.bring(parcel)
        for attempt, seconds in enumerate(self._retry_after, 1):
            if receipt.outcome is Outcome.TAKEN:
                return
            await asyncio.sleep(seconds)
            reason = REASONS[receipt.outcome]
            receipt = await self.bring(replace(parcel, attempt=attempt, reason=reason))

    def _carrier(self) -> Carrier:
        return self.requests if self.requests.online else self.sockets
