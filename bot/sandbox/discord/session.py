"""A gateway session: what one bot was sent, so that it can be resumed."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.sandbox.discord.guild import Body
from bot.sandbox.discord.limits import RESUMABLE
from bot.sandbox.discord.permissions import Intent

KEPT = 2_000
"""Events kept for replay; a session that missed more cannot be resumed."""

NEEDED = {
    "GUILD": Intent.GUILDS,
    "CHANNEL": Intent.GUILDS,
    "THREAD": Intent.GUILDS,
    "MESSAGE": Intent.GUILD_MESSAGES,
    "MESSAGE_REACTION": Intent.GUILD_MESSAGE_REACTIONS,
}
NEEDED_DIRECT = {
    "MESSAGE": Intent.DIRECT_MESSAGES,
    "MESSAGE_REACTION": Intent.DIRECT_MESSAGE_REACTIONS,
}
"""By the family of an event, in a guild and in direct messages.
https://discord.com/developers/docs/events/gateway#list-of-intents"""


@dataclass(frozen=True, slots=True)
class Cut:
    """An order to end the connection: with a close code, or without a word."""

    code: int | None = None


@dataclass(slots=True, eq=False)
class Line:
    """What waits to be written on one live connection, in order."""

    waiting: asyncio.Queue[str | Cut] = field(default_factory=asyncio.Queue)

    def put(self, payload: str | Cut) -> None:
        """Write this when its turn comes."""
        self.waiting.put_nowait(payload)

    def tell(self, op: int, body: object = None) -> None:
        """Write an operation that is not an event."""
        self.put(json.dumps({"op": op, "d": body, "s": None, "t": None}))


@dataclass(slots=True)
class Session:
    """One identified bot (or shard of it), on a line or off it.

    One shard `hears` the guild, and the first one `hears_direct` messages.
    https://discord.com/developers/docs/events/gateway#sharding
    """

    id: str
    intents: int
    hears: bool
    line: Line | None = None
    seq: int = 0
    left: float | None = None
    hears_direct: bool = True
    sent: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=KEPT))

    def wants(self, event: str, *, direct: bool = False) -> bool:
        """Whether the bot's intents cover an event, of a guild or of direct messages."""
        needed = (NEEDED_DIRECT if direct else NEEDED).get(_family(event))
        hears = self.hears_direct if direct else self.hears
        return hears and (needed is None or bool(self.intents & needed))

    def take(self, event: str, body: Body) -> str:
        """Number an event, write it down and remember it for a resume."""
        self.seq += 1
        payload = json.dumps({"op": 0, "t": event, "s": self.seq, "d": body})
        self.sent.append((self.seq, payload))
        return payload

    def missed(self, seq: int) -> Iterator[str]:
        """The events after `seq`, oldest first."""
        return (payload for number, payload in self.sent if number > seq)

    def resumable(self, now: float, seq: int) -> bool:
        """Whether the bot may come back: soon enough, and with nothing forgotten since `seq`."""
        soon = self.left is None or now - self.left <= RESUMABLE
        return soon and (not self.sent or self.sent[0][0] <= seq + 1)


def _family(event: str) -> str:
    reaction = event.startswith("MESSAGE_REACTION")
    return "MESSAGE_REACTION" if reaction else event.split("_", 1)[0]
