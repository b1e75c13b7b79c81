"""A round in which threads are read again: what is to come, and what a page tells wholly."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.platforms.abilities import Recalled
from bot.store.recollections import Span, Unread

LONGEST = timedelta(minutes=2)
"""Between two calls, whatever the platform says."""


@dataclass(slots=True)
class Round:
    """The threads of a platform that are still to be read, and where the first one stands."""

    began_at: datetime
    queue: deque[Unread]
    next_at: datetime
    threads: int
    read: int = 0
    gone: int = 0
    more: str | None = None
    after: datetime | None = None
    told: tuple[str, ...] = ()
    failures: int = 0
    distance: timedelta = timedelta()
    """Between two calls, once the platform said that it wants one."""
    asked_at: datetime | None = None
    """When the last page was asked for that came."""

    @property
    def is_resumed(self) -> bool:
        """Whether the thread at hand is read on from where another process stopped."""
        return self.queue[0].read_to is not None

    def slow_down(self, now: datetime, wait: timedelta) -> None:
        """Ask for nothing before `wait` is over, and from then on only at such distances."""
        self.next_at = now + wait
        passed = now - self.asked_at if self.asked_at else timedelta()
        self.distance = min(max(self.distance, passed + wait), LONGEST)

    def turn(self) -> None:
        """Go to the next thread."""
        self.queue.popleft()
        self.begin()

    def begin(self) -> None:
        """Go to the beginning of the thread at hand, or to where its reading was cut off."""
        self.more = self.queue[0].read_to if self.queue else None
        self.after, self.told, self.failures = None, (), 0


def span(reading: Round, page: Recalled, latest: datetime) -> Span | None:
    """What a page tells wholly; the message on its edge belongs to the next one."""
    if reading.is_resumed and reading.after is None:
        return None
    if page.more is None:
        return Span(reading.after, latest)
    last: Sequence[datetime] = [each.at for each in page.said[-1:]]
    return Span(reading.after, min(last[0], latest)) if last else None


def counted(page: Recalled, until: datetime) -> dict[str, Mapping[str, int]]:
    """The signs of what was said before: of what came later, each sign is yet to be told by name.

    One that is counted first and told of then would count twice.
    """
    return {
        each.message: page.signs[each.message]
        for each in page.said
        if each.at < until and each.message in page.signs
    }
