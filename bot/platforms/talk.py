"""What people say in a thread, take back and put signs under, as every platform tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.platforms.events import Place


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody said something in a thread, or says it otherwise by now; `at` is in UTC.

    `text` is nothing where the platform keeps it to itself; `to` is the message that it answers,
    where the platform says so. The place has the thread.
    """

    place: Place
    person: str
    message: str
    at: datetime
    text: str | None = None
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A message was deleted; the place need not have its thread.

    Without a message the whole thread of the place was deleted.
    """

    place: Place
    message: str | None


@dataclass(frozen=True, slots=True)
class Reacted:
    """Somebody put a sign under a message, or took it `away`."""

    place: Place
    message: str
    person: str
    sign: str
    away: bool = False


@dataclass(frozen=True, slots=True)
class Cleared:
    """Somebody took away every `sign` under a message, whoever put it; nothing: all of them."""

    place: Place
    message: str
    sign: str | None = None


@dataclass(frozen=True, slots=True)
class Missed:
    """The way to a platform was cut for so long that something may have been said unheard."""

    place: Place
    """The platform, and perhaps the workspace; the channel is empty."""


Talk: TypeAlias = Said | Unsaid | Reacted | Cleared | Missed
