"""What kind of place a channel is, read from Discord's JSON and remembered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bot.errors import PostUnknown

ANNOUNCEMENT = 5
FORUMS = frozenset({15, 16})
"""A channel whose messages others may follow; channels that hold posts alone (forum, media).
https://discord.com/developers/docs/resources/channel#channel-object-channel-types"""

REQUIRE_TAG = 1 << 4
"""https://discord.com/developers/docs/resources/channel#channel-object-channel-flags"""


class Ask(Protocol):
    """A call about a channel, and its answer in Discord's JSON; raises a `PostError`."""

    async def __call__(
        self,
        method: str,
        path: str,
        channel: str,
        *,
        body: Mapping[str, object] | None = None,
        query: Mapping[str, str | int] | None = None,
        once: bool = False,
    ) -> object:
        """`path` begins behind the API's address; `once`: never made again by itself."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of a forum; a moderated one is not for the bot."""

    id: str
    name: str
    moderated: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A channel or thread, as far as Discord told; whatever it left out is as usual."""

    id: str
    kind: int = 0
    server: str = ""
    tags: tuple[Tag, ...] = ()
    needs_tag: bool = False
    locked: bool = False

    @property
    def is_forum(self) -> bool:
        """Whether each message there is a post of its own."""
        return self.kind in FORUMS


class Spots:
    """The channels that were looked at."""

    def __init__(self, ask: Ask, kind: Callable[[str], int | None] = lambda _: None) -> None:
        """`kind` tells the type of a channel without asking, where that is known."""
        self._ask = ask
        self._kind = kind
        self._known: dict[str, Spot] = {}

    def is_forum(self, channel: str) -> bool:
        """Whether a channel is known to be a forum."""
        known = self._known.get(channel)
        return self._kind(channel) in FORUMS if known is None else known.is_forum

    async def at(self, channel: str) -> Spot:
        """The channel as it was when it was first looked at; raises a `PostError`."""
        return self._known.get(channel) or await self.look(channel)

    async def look(self, channel: str) -> Spot:
        """The channel as it is now; raises a `PostError`."""
        told = await self._ask("GET", f"/channels/{channel}", channel)
        if not isinstance(told, Mapping):
            raise PostUnknown(f"Discord's answer about channel {channel} can not be read.")
        self._known[channel] = read_spot(channel, told)
        return self._known[channel]


def read_spot(channel: str, told: Mapping[str, Any]) -> Spot:
    """A channel from Discord's JSON."""
    return Spot(
        channel,
        int(told.get("type") or 0),
        str(told.get("guild_id") or ""),
        tuple(_tag(each) for each in told.get("available_tags") or ()),
        bool(int(told.get("flags") or 0) & REQUIRE_TAG),
        bool((told.get("thread_metadata") or {}).get("locked")),
    )


def _tag(told: Mapping[str, Any]) -> Tag:
    return Tag(str(told["id"]), str(told.get("name") or ""), bool(told.get("moderated")))
