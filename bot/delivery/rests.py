"""When each channel may be sent to again."""

from __future__ import annotations

from collections import deque

from bot.platforms.port import Rate

HAIR = 0.02
"""Seconds on top of a channel's own pause: the network does not keep distances exactly."""

MANY = 4096
"""Channels that are remembered before those are forgotten that rest no more."""


class Rests:
    """What was sent to each channel lately, and until when one is limited."""

    def __init__(self, longest: float) -> None:
        """`longest` seconds after its last send a channel may be forgotten."""
        self._longest = longest
        self._sent: dict[str, deque[float]] = {}
        self._free: dict[str, float] = {}

    def free_at(self, key: str, rate: Rate, now: float) -> float:
        """The moment from which on a channel may be sent to at this rate."""
        sent = self._sent.get(key)
        full = sent is not None and len(sent) >= rate.calls
        earliest = sent[0] + rate.seconds + HAIR if sent and full else now
        return max(earliest, self._free.get(key, now))

    def note(self, key: str, moment: float, rate: Rate) -> None:
        """Something is sent to a channel at a moment."""
        self._sent.setdefault(key, deque(maxlen=rate.calls)).append(moment)
        if len(self._sent) > MANY:
            self._forget(moment - self._longest - 1)

    def limit(self, key: str, until: float, now: float) -> None:
        """A channel takes nothing before a moment."""
        self._free[key] = max(self._free.get(key, now), until + HAIR)

    def _forget(self, before: float) -> None:
        self._sent = {key: sent for key, sent in self._sent.items() if sent[-1] > before}
        self._free = {key: free for key, free in self._free.items() if free > before}
