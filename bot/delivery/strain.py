"""How much slower than its usual pace a token sends, since the platform said no to everybody."""

from __future__ import annotations

from collections import deque

SLOWER, FASTER, SLOWEST = 1.25, 0.998, 4.0
"""What the distance of all sends is multiplied by after a general limit and after each send."""

GENERAL = 3
"""Channels limited within a second that mean a limit on everything."""

ONE = 1.0
"""Seconds in which limits on everything are one: calls that were on their way hear the same."""


class Strain:
    """What is multiplied with the distance between sends."""

    def __init__(self) -> None:
        self.stretch = 1.0
        self._limited: deque[tuple[float, str]] = deque(maxlen=GENERAL)
        self._slowed = float("-inf")

    def note(self, channel: str, now: float, *, everything: bool) -> bool:
        """A channel was limited, or everything; whether everybody has to wait."""
        self._limited.append((now, channel))
        recent = {name for at, name in self._limited if now - at <= ONE}
        if not everything and len(recent) < GENERAL:
            return False
        self._limited.clear()
        if now - self._slowed > ONE:
            self._slowed = now
            self.stretch = min(self.stretch * SLOWER, SLOWEST)
        return True

    def ease(self) -> None:
        """Something is sent."""
        self.stretch = max(1.0, self.stretch * FASTER)
