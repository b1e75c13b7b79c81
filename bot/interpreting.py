"""A desk that speaks the language of whoever it answers."""

from __future__ import annotations

from typing import Protocol

from bot.errors import StoreError
from bot.platforms.desk import Answer, Desk, Relay
from bot.platforms.events import Asked, Event, Place, Pressed, Visited
from bot.tongues import tongue_for
from briefings.message import Home
from briefings.tongue import speaking


class Channels(Protocol):
    """Who knows in which language a channel gets its posts."""

    async def language(self, place: tuple[str, str]) -> str | None:
        """A language's tag; nothing where the channel gets none. Raises StoreError."""


class Interpreter(Relay):
    """Answers everybody in their own language, where the platform tells it and there is one."""

    def __init__(self, desk: Desk, channels: Channels, language: str) -> None:
        """`language` is spoken where neither a person's own one is told nor a channel's."""
        super().__init__(desk)
        self._channels = channels
        self._language = language

    async def answer(self, event: Event) -> Answer:
        """The desk's answer."""
        with speaking(tongue_for(_language(event) or await self._usual(event.place))):
            return await self._desk.answer(event)

    async def home(self, visit: Visited) -> Home:
        """The desk's view of itself."""
        with speaking(tongue_for(visit.person.language or self._language)):
            return await self._desk.home(visit)

    async def _usual(self, place: Place) -> str:
        try:
            found = await self._channels.language((place.platform, place.channel))
        except StoreError:  # the desk says so
            found = None
        return found or self._language


def _language(event: Event) -> str:
    return event.language if isinstance(event, Asked | Pressed) else event.person.language
