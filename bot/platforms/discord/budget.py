"""How often the bot may identify, so that no storm of new sessions costs it its token.

A day has 1,000 identifications; with one more Discord ends every session and resets the token.
https://discord.com/developers/docs/events/gateway#session-start-limit-object
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping

from bot.errors import PlatformError

WINDOW = 3_600.0
"""Seconds for which an identification counts."""

FREE = 3
"""Identifications of a shard in that time which nobody waits for."""

FIRST, LONGEST = 10.0, 300.0
"""Seconds before the next ones, twice as long each time: at most 15 an hour, 300 a day."""


class Budget:
    """The identifications of one token in this process, by shard."""

    def __init__(self, ticks: Callable[[], float]) -> None:
        """`ticks` tells seconds that never jump."""
        self._ticks = ticks
        self._made: dict[int, deque[float]] = {}

    def check(self, limit: Mapping[str, object], shards: int) -> None:
        """Raise `PlatformError` where Discord grants fewer new sessions than there are shards.

        A server that tells of no limit has none.
        """
        remaining, wait = limit.get("remaining"), limit.get("reset_after")
        if isinstance(remaining, int) and remaining < max(1, shards):
            minutes = int(wait if isinstance(wait, int | float) else 0) // 60_000 + 1
            raise PlatformError(
                f"Discord lets the bot begin no new session for {minutes} min: it has begun too"
                " many today. Find out in the log what ends them (session.ended)."
            )

    def pause(self, shard: int = 0) -> float:
        """Seconds to wait before a shard identifies: none unless it did so again and again."""
        made = self._made.get(shard, deque())
        while made and self._ticks() - made[0] >= WINDOW:
            made.popleft()
        more = len(made) - FREE
        return 0.0 if more < 0 else min(FIRST * 2.0 ** min(more, 16), LONGEST)

    def spend(self, shard: int = 0) -> None:
        """Note that a shard identifies now."""
        self._made.setdefault(shard, deque()).append(self._ticks())
