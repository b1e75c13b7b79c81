"""The last gate before a send: whatever held sends up, they never crowd afterwards."""

from __future__ import annotations

from collections import deque

from bot.platforms.port import Rate


class Window:
    """Lets so many through in any stretch of so many seconds."""

    def __init__(self, rate: Rate) -> None:
        self._seconds = rate.seconds
        self._gone: deque[float] = deque(maxlen=rate.calls)

    def excess(self, now: float) -> float:
        """Seconds to wait before asking again; none lets one through."""
        gone = self._gone
        if len(gone) == gone.maxlen and now - gone[0] < self._seconds:
            return gone[0] + self._seconds - now
        gone.append(now)
        return 0.0
