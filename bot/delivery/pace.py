"""The pace at which one channel takes messages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.clock import Clock

INTERVAL = timedelta(seconds=1.05)
"""Between two messages in one channel: Slack takes about one a second, Discord five in five.
https://docs.slack.dev/apis/web-api/rate-limits"""


@dataclass(slots=True)
class _Turn:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    next: datetime | None = None


class Pace:
    """Gives each channel its turns; channels do not wait for each other."""

    def __init__(self, clock: Clock, interval: timedelta = INTERVAL) -> None:
        self._clock = clock
        self._interval = interval
        self._turns: dict[tuple[str, str], _Turn] = {}

    @asynccontextmanager
    async def turn(self, platform: str, channel: str) -> AsyncIterator[None]:
        """The channel's next turn to send one message."""
        turn = self._turns.setdefault((platform, channel), _Turn())
        async with turn.lock:
            now = self._clock.now()
            if turn.next is not None and turn.next > now:
                await self._clock.sleep((turn.next - now).total_seconds())
            try:
                yield
            finally:
                turn.next = self._clock.now() + self._interval
