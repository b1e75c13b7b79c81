"""What the rest of the bot asks of an engine."""

from __future__ import annotations

from typing import Protocol

from bot.delivery.lane import Lane


class Engine(Protocol):
    """Has lanes drained; a lane has the name of its platform, or of its workspace."""

    async def start(self) -> None:
        """Begin; what is due is taken up at once."""

    def wake(self, lane: str) -> None:
        """Something is due there; a call that gets lost is made up for within seconds."""

    def add(self, lane: Lane) -> None:
        """Drain one more lane from now on, where this process can; one that is known stays."""

    async def settle(self) -> None:
        """Wait until the lanes of this process have gone through what may go now."""

    async def close(self) -> None:
        """Begin nothing more, and let what is being sent finish, within ten seconds."""
