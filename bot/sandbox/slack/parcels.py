"""What Slack brings to an app, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.sandbox.side import Json


class Kind(StrEnum):
    """The kinds of envelope: https://docs.slack.dev/apis/events-api/using-socket-mode"""

    COMMAND = "slash_commands"
    INTERACTION = "interactive"
    EVENT = "events_api"


@dataclass(frozen=True, slots=True)
class Parcel:
    """One payload for the app; `takes_answer` where the acknowledgement may carry one."""

    kind: Kind
    payload: Json
    takes_answer: bool = False
    attempt: int = 0
    reason: str = ""


class Outcome(StrEnum):
    """How a delivery ended; the last two are the words that people read in Slack."""

    TAKEN = "ok"
    LATE = "operation_timeout"
    FAILED = "dispatch_failed"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The outcome, and the answer that came with the acknowledgement."""

    outcome: Outcome
    answer: Json | None = None


class Carrier(Protocol):
    """A way to the app: Socket Mode or signed HTTP."""

    @property
    def online(self) -> bool:
        """Whether the app can be reached at all."""

    async def carry(self, parcel: Parcel) -> Receipt:
        """Bring a parcel to the app and wait for its acknowledgement, 3 seconds at most."""
