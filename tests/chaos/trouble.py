"""Trouble on both platforms and in the database, all the time, and how often each kind struck."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sandbox.discord.side import DiscordSide
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.slack.side import SlackSide

KINDS = (
    Kind.LIMITED,
    Kind.BROKEN,
    Kind.AWAY,
    Kind.DROP,
    Kind.DROP,
    Kind.RESET,
    Kind.HANG,
    Kind.GARBAGE,
)
ON = {
    "slack": ("chat.postMessage", "conversations.history", "conversations.replies"),
    "discord": (
        "POST /channels/{channel_id}/messages",
        "POST /channels/{channel_id}/messages/{message_id}/threads",
        "GET /channels/{channel_id}/messages",
    ),
}
SPARED = 3
"""Calls of one kind that go well between two that do not, at most; on average half as many."""

LAGS = (0.0, 0.0, 3.0, 8.0)
"""Seconds by which history lags behind sending."""

EVERY = 12.0
"""Seconds from one restart of the database to the next, about."""


@dataclass
class Trouble:
    """Keeps a fault waiting for every route that a delivery uses."""

    sides: tuple[SlackSide, DiscordSide]
    draw: random.Random
    restart: Callable[[], None] | None = None
    struck: Counter[str] = field(default_factory=Counter)
    _waiting: dict[str, Fault] = field(default_factory=dict)

    async def go_on(self) -> None:
        """Make trouble until cancelled."""
        slack, discord = self.sides
        until = 0.0
        while True:
            await asyncio.sleep(0.01)
            for side in self.sides:
                for on in ON[side.name]:
                    self._keep(side, on)
            now = asyncio.get_running_loop().time()
            if now > until:
                lag = self.draw.choice(LAGS)
                slack.slack.workspace.history_lag = discord.world.history_lag = lag
                self.struck["lag"] += lag > 0
                until = now + 0.3
            if self.restart and self.draw.random() < 0.01 / EVERY:
                await asyncio.to_thread(self.restart)
                self.struck["database restarted"] += 1

    def end(self) -> None:
        """From now on everything goes well."""
        slack, discord = self.sides
        slack.faults.clear()
        discord.faults.clear()
        slack.slack.workspace.history_lag = discord.world.history_lag = 0.0

    def _keep(self, side: SlackSide | DiscordSide, on: str) -> None:
        planned = self._waiting.get(on)
        if planned is not None and planned.times:
            return
        if planned is not None:
            self.struck[planned.kind.value] += 1
        skip, after = self.draw.randrange(SPARED + 1), self.draw.uniform(1, 4)
        self._waiting[on] = Fault(on, self.draw.choice(KINDS), skip=skip, retry_after=after)
        side.faults.plan(self._waiting[on])
