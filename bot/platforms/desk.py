"""The desk: who answers what the platforms bring, and what they get back from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias, runtime_checkable

from bot.platforms.events import Event, News, Visited
from bot.platforms.talk import Talk
from briefings.forms import Form
from briefings.message import Home, Reply


@dataclass(frozen=True, slots=True)
class Amiss:
    """What is wrong with a form, by the field's name; `reply` says it where no form is open."""

    faults: Mapping[str, str]
    reply: Reply


@dataclass(frozen=True, slots=True)
class Repeated:
    """Somebody heard the same event before, and answers it; `reply` says so where it is of use."""

    reply: Reply


Answer: TypeAlias = Reply | Form | Amiss | Repeated


@dataclass(frozen=True, slots=True)
class Completion:
    """A suggestion while somebody types: what is shown and what is then sent as text."""

    label: str
    text: str


class Desk(Protocol):
    """Who answers: the rooms bring every event here and draw the reply."""

    async def answer(self, event: Event) -> Answer:
        """The reply, or a form to fill in; it never raises and takes milliseconds.

        A form answers a command or a press alone, `Amiss` a form alone.
        """

    def complete(self, text: str) -> tuple[Completion, ...]:
        """At most 25 completions of a half-typed query, from memory."""

    async def home(self, visit: Visited) -> Home:
        """What somebody sees who looks at the bot itself; it never raises."""

    async def hear(self, news: News) -> None:
        """Take note that a channel was lost or regained; it never raises."""

    async def listen(self, talk: Talk) -> None:
        """Take note of what was said, unsaid or reacted to in a discussion; it never raises."""


class Inbox(Protocol):
    """Where events stand from their arrival until their work is done; it never raises."""

    async def keep(self, platform: str, key: str, event: Mapping[str, object]) -> bool:
        """Write down what the work needs of an event, before its platform is told.

        Whether it is to be worked now: false where it came before, here or elsewhere.
        """

    async def done(self, platform: str, key: str) -> None:
        """Its work is done; what is not is brought to `bot.platforms.abilities.Reworking`."""


@runtime_checkable
class Keeping(Desk, Protocol):
    """A desk with an inbox; which room has a use for it looks whether there is one."""

    inbox: Inbox


class Relay:
    """A desk that passes everything on to another one; it is there to be overridden in part."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def answer(self, event: Event) -> Answer:
        """The desk's answer."""
        return await self._desk.answer(event)

    def complete(self, text: str) -> tuple[Completion, ...]:
        """The desk's completions."""
        return self._desk.complete(text)

    async def home(self, visit: Visited) -> Home:
        """The desk's view of itself."""
        return await self._desk.home(visit)

    async def hear(self, news: News) -> None:
        """Take note."""
        await self._desk.hear(news)

    async def listen(self, talk: Talk) -> None:
        """Take note."""
        await self._desk.listen(talk)
