"""What the server asks of each side of the sandbox, and what people do there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias, runtime_checkable

from aiohttp import web

from bot.sandbox.faults import Faults
from bot.sandbox.journal import Journal

Json: TypeAlias = dict[str, object]
Changed: TypeAlias = Callable[[], None]


class Unlikely(Exception):
    """Somebody asked for what a person could not do: no such channel, person, message, button."""


@dataclass(frozen=True, slots=True)
class Pressing:
    """A person presses a button, or picks `values` from a menu, on a message."""

    channel: str
    message: str
    action: str
    person: str
    values: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Signing:
    """A person puts the sign `sign` under a message, or takes it `away`."""

    channel: str
    message: str
    person: str
    sign: str
    away: bool = False


class Side(Protocol):
    """One platform of the sandbox; `person` and `channel` are ids, or names where unambiguous."""

    name: str
    faults: Faults
    journal: Journal

    def add_routes(self, app: web.Application, origin: str) -> None:
        """Mount the platform's API under its own path; `origin` is `http://127.0.0.1:PORT`."""

    def settings(self) -> Mapping[str, str]:
        """The settings that point a bot at this side."""

    def state(self) -> Json:
        """All that the page shows of this side."""

    def watch(self, changed: Changed) -> None:
        """Have `changed` called after each change that the page could show."""

    async def command(self, channel: str, person: str, text: str) -> Json:
        """A person types a slash command such as `/briefing chery`, or a message."""

    async def press(self, pressing: Pressing) -> Json:
        """A person presses a button or picks from a menu."""

    async def say(self, channel: str, person: str, text: str, thread: str | None = None) -> Json:
        """A person says something in a channel or a thread."""

    async def edit(self, channel: str, message: str, person: str, text: str) -> Json:
        """A person changes what they said; `channel` is that of the thread, or the thread."""

    async def delete(self, channel: str, message: str, person: str) -> Json:
        """A person takes a message back."""

    async def react(self, signing: Signing) -> Json:
        """A person puts a sign under a message, or takes it away."""

    async def choose(self, person: str, name: str, channel: str, message: str) -> Json:
        """A person chooses a shortcut, of a message or, where both are empty, from anywhere."""

    async def submit(self, person: str, dialog: str, values: Mapping[str, Sequence[str]]) -> Json:
        """A person sends a dialog that they have open; fields left out stay as they are."""

    async def dismiss(self, person: str, dialog: str) -> Json:
        """A person closes a dialog."""

    async def complete(self, channel: str, person: str, text: str) -> Sequence[Json]:
        """The choices (`name`, `value`) that appear while a person types a command."""

    async def close(self) -> None:
        """Hang up on every bot."""


@runtime_checkable
class Answering(Side, Protocol):
    """A platform where somebody may answer one message of many in a thread."""

    async def reply(self, channel: str, person: str, text: str, to: str) -> Json:
        """A person answers the message `to`, where it stands."""
