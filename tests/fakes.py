"""Stand-ins with a memory: a clock that tests move, and a platform that writes down."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.errors import PostError, PostUnknown
from bot.platforms.desk import Desk
from bot.platforms.port import Address, Payload
from briefings.message import Message


@dataclass
class MovedClock:
    """A clock that stands still until it is moved; whoever sleeps moves it."""

    moment: datetime = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.moment

    def ticks(self) -> float:
        return self.moment.timestamp()

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.move(seconds=seconds)
        await asyncio.sleep(0)

    def move(self, **by: float) -> None:
        self.moment += timedelta(**by)


@dataclass
class RunningClock:
    """The real time, plus all that anybody slept: waiting costs nothing, and time goes on."""

    ahead: timedelta = timedelta()

    def now(self) -> datetime:
        return datetime.fromtimestamp(time.time(), UTC) + self.ahead

    def seconds(self) -> float:
        return self.now().timestamp()

    def ticks(self) -> float:
        return self.seconds()

    async def sleep(self, seconds: float) -> None:
        self.move(seconds=seconds)
        await asyncio.sleep(0)

    def move(self, **by: float) -> None:
        self.ahead += timedelta(**by)


@dataclass(frozen=True)
class Sent:
    """A message as it arrived."""

    to: Address
    payload: Payload
    marker: str
    id: str
    at: datetime | None = None


@dataclass
class RecordingPlatform:
    """A platform in memory; `troubles` come one a call of `post`, `SENT_ANYWAY` after the work."""

    name: str = "slack"
    troubles: list[PostError | None] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    edits: list[Sent] = field(default_factory=list)
    threads: list[str] = field(default_factory=list)
    blind: bool = False
    calls: int = 0
    clock: MovedClock | None = None
    """Where there is one, messages have times, and a look goes back only so far."""
    lag: list[bool] = field(default_factory=list)
    """For each look to come, whether the channel shows nothing new yet."""

    def draw(self, message: Message) -> tuple[Payload, ...]:
        return ({"title": message.title, "blocks": len(message.blocks)},)

    async def connect(self, desk: Desk | None) -> None:
        pass

    async def post(self, to: Address, payload: Payload, marker: str) -> str:
        self.calls += 1
        trouble = self.troubles.pop(0) if self.troubles else None
        if trouble is not None and not isinstance(trouble, SentAnyway):
            raise trouble
        at = self.clock.now() if self.clock else None
        self.sent.append(Sent(to, payload, marker, f"id{len(self.sent)}", at))
        if trouble is not None:
            raise trouble
        return self.sent[-1].id

    async def edit(self, at: Address, message: str, payload: Payload, marker: str) -> None:
        trouble = self.troubles.pop(0) if self.troubles else None
        if trouble is not None and not isinstance(trouble, SentAnyway):
            raise trouble
        self.edits.append(Sent(at, payload, marker, message))
        if trouble is not None:
            raise trouble

    async def open_thread(self, channel: str, card: str, title: str) -> str:
        if card not in self.threads:
            self.threads.append(card)
        return f"thread-{card}"

    async def find(self, at: Address, marker: str, since: datetime) -> str | None:
        if self.blind:
            raise PostUnknown("The channel cannot be read.")
        if self.lag and self.lag.pop(0):
            return None
        seen = [each for each in self.sent if each.at is None or each.at >= since]
        return next((each.id for each in seen if each.marker == marker), None)

    async def link(self, at: Address, message: str) -> str | None:
        return f"https://example.org/{at.channel}/{message}"

    async def close(self) -> None:
        pass

    def titles(self) -> Sequence[object]:
        return [each.payload["title"] for each in self.sent]


class SentAnyway(PostUnknown):
    """The platform took the message, and the connection broke before it said so."""
