"""Nonces: a message that is sent again within minutes is the first one again.

https://discord.com/developers/docs/resources/message#create-message
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.sandbox.discord.ids import Clock
from bot.sandbox.discord.limits import NONCE_REMEMBERED


@dataclass(slots=True)
class Nonces:
    """The nonces of one author: which message each made, where, and when."""

    clock: Clock
    made: dict[str, tuple[float, str, str]] = field(default_factory=dict)

    def find(self, nonce: str) -> tuple[str, str] | None:
        """The channel and message that this nonce made in the past few minutes."""
        self._forget()
        found = self.made.get(nonce)
        return found[1:] if found else None

    def keep(self, nonce: str, channel: str, message: str) -> None:
        """Remember what a nonce made."""
        self.made.pop(nonce, None)
        self.made[nonce] = (self.clock(), channel, message)

    def _forget(self) -> None:
        while self.made:
            nonce, (at, _, _) = next(iter(self.made.items()))
            if self.clock() - at <= NONCE_REMEMBERED:
                return
            del self.made[nonce]
