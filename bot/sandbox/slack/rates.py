"""How often each method may be called, and how often a call was refused for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.slack.refusals import Limited


@dataclass(frozen=True, slots=True)
class Rate:
    """A bucket: `burst` calls at once, refilled by `per_second`."""

    burst: float
    per_second: float


def _tier(per_minute: int) -> Rate:
    """Slack tolerates bursts in every tier, but not how large: here, a minute's calls at once."""
    return Rate(per_minute, per_minute / 60)


TIERS = {1: _tier(1), 2: _tier(20), 3: _tier(50), 4: _tier(100)}
"""https://docs.slack.dev/apis/web-api/rate-limits"""

SCARCE = _tier(1)
"""Of what many workspaces install and the Marketplace does not have, `conversations.history` and
`conversations.replies`: https://docs.slack.dev/reference/methods/conversations.history"""

OFTEN = _tier(600)
"""Methods of the special tier that allow "hundreds of requests per minute", as auth.test."""

POST_IN_CHANNEL = Rate(burst=3, per_second=1)
"""One message a second and channel, with short bursts allowed that are not guaranteed. Three is
small enough to catch a bot that relies on them, and enough for a card, an answer to a command and
the jitter of the network to meet in the same second. The rate is Slack's, the burst is ours:
https://docs.slack.dev/apis/web-api/rate-limits"""

POST_IN_WORKSPACE = _tier(600)
"""Above it stands a limit of "several hundred messages per minute" for the whole workspace, with a
generous burst; the number is ours: https://docs.slack.dev/reference/methods/chat.postMessage"""


class Rates:
    """The buckets, and the refusals by method."""

    def __init__(self, clock: Callable[[], float], *, on: bool = True) -> None:
        self.on = on
        self.refused: Counter[str] = Counter()
        self._clock = clock
        self._buckets: dict[tuple[str, str], tuple[float, float]] = {}

    def spend(self, method: str, *buckets: tuple[str, Rate]) -> None:
        """Take a call from each bucket (scope and rate), or raise `Limited` and take none."""
        if not self.on:
            return
        now = self._clock()
        levels = [(scope, rate, self._level(method, scope, rate, now)) for scope, rate in buckets]
        waits = [(1 - level) / rate.per_second for _, rate, level in levels if level < 1]
        if waits:
            self.refused[method] += 1
            raise Limited(max(waits))
        for scope, _, level in levels:
            self._buckets[method, scope] = (level - 1, now)

    def _level(self, method: str, scope: str, rate: Rate, now: float) -> float:
        level, then = self._buckets.get((method, scope), (rate.burst, now))
        # A hair is forgiven: waiting exactly as long as told must do, whatever the float.
        return min(rate.burst, level + (now - then) * rate.per_second + 1e-6)
