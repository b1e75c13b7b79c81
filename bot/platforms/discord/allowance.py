"""What Discord's answers tell of a channel's own limit, which it publishes nowhere else.

https://discord.com/developers/docs/topics/rate-limits#header-format-rate-limit-header-examples
"""

from __future__ import annotations

from collections.abc import Mapping

MANY = 4096
"""Channels with a limit that is used up; who never asks for theirs is forgotten beyond that."""


class Allowance:
    """Channels to which nothing more may be sent just now, by what their last answer told."""

    def __init__(self) -> None:
        self._spent: dict[str, float] = {}

    def note(self, method: str, channel: str, headers: Mapping[str, str]) -> None:
        """Learn from an answer; each kind of call has a limit of its own, and ours is sending."""
        if method != "POST":
            return
        seconds = _seconds(headers)
        if seconds is None:
            self._spent.pop(channel, None)
            return
        if len(self._spent) >= MANY:
            self._spent.clear()
        self._spent[channel] = seconds

    def spent(self, channel: str) -> float:
        """Seconds from its last answer until a channel takes more; told once."""
        return self._spent.pop(channel, 0.0)


def _seconds(headers: Mapping[str, str]) -> float | None:
    """Seconds until the limit begins anew, where nothing is left of it."""
    try:
        left = int(headers["X-RateLimit-Remaining"])
        return None if left > 0 else float(headers["X-RateLimit-Reset-After"])
    except (KeyError, ValueError):
        return None
