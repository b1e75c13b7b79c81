"""Snowflakes: ids that carry their time, as Discord makes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

Clock: TypeAlias = Callable[[], float]
"""Seconds since the epoch."""

EPOCH_MS = 1_420_070_400_000
"""https://discord.com/developers/docs/reference#snowflakes"""


@dataclass(slots=True)
class Snowflakes:
    """Makes ids that never repeat and always rise, even where the clock stands still."""

    clock: Clock
    last: int = 0

    def make(self) -> str:
        """A new id, as JSON carries it: a string of digits."""
        fresh = (int(self.clock() * 1000) - EPOCH_MS) << 22
        self.last = max(fresh, self.last + 1)
        return str(self.last)


def moment_of(snowflake: str) -> float:
    """The seconds since the epoch at which an id was made."""
    return ((int(snowflake) >> 22) + EPOCH_MS) / 1000


def iso(seconds: float) -> str:
    """A moment as Discord writes it in JSON."""
    return datetime.fromtimestamp(seconds, UTC).isoformat()
