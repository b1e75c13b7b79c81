"""What some platforms can do for the bot beside posting; who asks looks whether one can."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from bot.platforms.events import Channel
from bot.platforms.port import Address, Payload, Platform
from bot.platforms.talk import Said


@runtime_checkable
class Reaching(Platform, Protocol):
    """A platform that can speak to one person, and can tell whether it may post in a channel."""

    async def tell(self, person: str, payload: Payload) -> None:
        """Send one message to one person, directly; raises as `post`."""

    async def called(self, channel: str) -> str:
        """What people call a channel; its id where the platform does not say."""

    async def bar(self, channel: str) -> str | None:
        """Why nothing can be posted in a channel, to complete "because …"; nothing where it can.

        Raises `PostError` where the platform does not say.
        """


@runtime_checkable
class Knowing(Platform, Protocol):
    """A platform that knows its channels by what people call them."""

    async def named(self, channel: str, workspace: str) -> Channel | None:
        """The channel with this id or name that the bot is in, where there is; raises as `post`."""


@runtime_checkable
class Counting(Protocol):
    """A platform whose answers tell how much of a channel's own limit is left."""

    def spent(self, to: Address) -> float:
        """Seconds for which nothing more goes there, as its last answer said; none where it does.

        It is told once: whoever asks has to keep to it.
        """


@runtime_checkable
class Introducing(Platform, Protocol):
    """A platform that knows its people by what they call themselves."""

    async def introduced(self, people: Collection[str]) -> Mapping[str, str]:
        """The names of some people by their ids, as far as the platform tells; never raises."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """A page of what people said in a thread, and how often which sign stands under a message."""

    said: tuple[Said, ...]
    signs: Mapping[str, Mapping[str, int]]
    """By the message's id, also of those where there is none by now."""
    more: str | None = None
    """What `recall` goes on with; nothing at the end."""


@runtime_checkable
class Recalling(Platform, Protocol):
    """A platform that can tell what was said in a thread while the bot was away."""

    async def recall(self, at: Address, more: str | None = None) -> Recalled:
        """A page of the thread `at.thread`, oldest first, by people alone; raises as `post`.

        All that still stands is told; what was kept and is not told was deleted meanwhile.
        """


@runtime_checkable
class Reworking(Platform, Protocol):
    """A platform whose events stand in the desk's inbox until they are done."""

    async def work(self, event: Mapping[str, object]) -> None:
        """Do what an event asks, as it was kept; whoever had it in hand before did not finish.

        Raises where that is not possible, so that the event stays.
        """
