"""Rate limits: windows of requests, by bucket and over all.

https://discord.com/developers/docs/topics/rate-limits
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import md5
from typing import Final

from bot.sandbox.discord.guild import Body
from bot.sandbox.discord.ids import Clock
from bot.sandbox.discord.limits import GLOBAL_A_SECOND, INVALID_IN_TEN_MINUTES

TEN_MINUTES: Final = 600.0


@dataclass(frozen=True, slots=True)
class Rate:
    """So many calls in so many seconds."""

    calls: int
    seconds: float


EVERYTHING = Rate(GLOBAL_A_SECOND, 1.0)
SENDING = Rate(5, 5.0)
"""Messages in one channel: https://github.com/discord/discord-api-docs/issues/20."""
WRITING = Rate(5, 5.0)
"""Other changes in one channel; Discord states no number and tells it in headers alone."""
PUBLISHING = Rate(10, 3600.0)
"""Messages that go on to the followers of a channel; Discord states no number, bots meet this
one. https://discord.com/developers/docs/resources/message#crosspost-message"""
READING = Rate(50, 1.0)
WEBHOOK = Rate(5, 2.0)
"""One interaction's follow-ups and edits."""


@dataclass(slots=True)
class Window:
    """A window of time that opened with a call, and the calls that came in it."""

    rate: Rate
    opened: float
    used: int = 0

    def left(self, now: float) -> float:
        """Seconds until it closes."""
        return max(0.0, self.opened + self.rate.seconds - now)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a call is over a limit, and what the answer's headers say."""

    over: bool
    retry_after: float
    everything: bool
    headers: Mapping[str, str]

    def body(self) -> Body:
        """The body of the 429."""
        return {
            "message": "You are being rate limited.",
            "retry_after": round(self.retry_after, 3),
            "global": self.everything,
        }


@dataclass(slots=True)
class Rates:
    """All windows, how many 429s had to be sent, and the invalid requests of ten minutes."""

    clock: Clock
    limited: bool
    refused: int = 0
    windows: dict[str, Window] = field(default_factory=dict)
    invalid: deque[float] = field(default_factory=deque)

    def count(self, bucket: str, major: str, rate: Rate, *, everything: bool) -> Verdict:
        """Count a call of a bucket, which is kept apart for each major parameter."""
        now = self.clock()
        if everything and self._over("*", EVERYTHING, now):
            left = self.windows["*"].left(now)
            headers = {"X-RateLimit-Global": "true", **_scope("global")}
            return Verdict(over=True, retry_after=left, everything=True, headers=headers)
        over = self._over(f"{bucket} {major}", rate, now)
        window = self.windows[f"{bucket} {major}"]
        told = _headers(bucket, window, now) if self.limited else {}
        headers = told | (_scope("user") if over else {})
        return Verdict(over, window.left(now), everything=False, headers=headers)

    def _over(self, key: str, rate: Rate, now: float) -> bool:
        window = self.windows.get(key)
        if window is None or not window.left(now):
            window = self.windows[key] = Window(rate, now)
        over = self.limited and window.used >= rate.calls
        window.used += not over
        return over

    def note_invalid(self) -> None:
        """Count an answer of 401, 403 or 429."""
        self.invalid.append(self.clock())

    def banned(self) -> bool:
        """Whether so many requests were invalid that Discord's front door is shut."""
        while self.invalid and self.clock() - self.invalid[0] >= TEN_MINUTES:
            self.invalid.popleft()
        return len(self.invalid) >= INVALID_IN_TEN_MINUTES


def _scope(scope: str) -> dict[str, str]:
    return {"X-RateLimit-Scope": scope}


def _headers(bucket: str, window: Window, now: float) -> dict[str, str]:
    left = window.left(now)
    return {
        "X-RateLimit-Limit": str(window.rate.calls),
        "X-RateLimit-Remaining": str(max(0, window.rate.calls - window.used)),
        "X-RateLimit-Reset": f"{now + left:.3f}",
        "X-RateLimit-Reset-After": f"{left:.3f}",
        "X-RateLimit-Bucket": md5(bucket.encode(), usedforsecurity=False).hexdigest(),
    }
