"""What a route of the API is made of, and who may do what where."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.sandbox.discord import bodies
from bot.sandbox.discord.forms import Wire
from bot.sandbox.discord.gateway import readable
from bot.sandbox.discord.guild import Body, Channel, Message
from bot.sandbox.discord.permissions import Permission
from bot.sandbox.discord.ratelimits import READING, Rate
from bot.sandbox.discord.refusals import missing_access, missing_permissions
from bot.sandbox.discord.threads import settle
from bot.sandbox.discord.world import World


@dataclass(frozen=True, slots=True)
class Asked:
    """One call: the parameters in its path, its query, its JSON body and its files."""

    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Wire
    attachments: Sequence[Body] = ()

    def text(self, name: str) -> Wire:
        """A value of the body where the body is an object, else nothing."""
        return self.body.get(name) if isinstance(self.body, dict) else None


Answer: TypeAlias = tuple[int, Any]
"""HTTP status and JSON body; no body where it is nothing."""

Does: TypeAlias = Callable[[World, Asked], Answer]


@dataclass(frozen=True, slots=True)
class Route:
    """A method on a path, what it does, and its rate; `authorized` ones need the bot's token."""

    method: str
    pattern: str
    does: Does
    rate: Rate = READING
    authorized: bool = True
    everything: bool = True

    @property
    def name(self) -> str:
        """How faults and buckets call it."""
        return f"{self.method} {self.pattern}"


def visible(world: World, channel: str) -> Channel:
    """A channel or thread that the bot can see.

    Raises:
        Refused: there is none, or it is hidden from the bot.
    """
    found = world.guild.channel(channel)
    if not world.guild.granted(found) & Permission.VIEW_CHANNEL:
        raise missing_access()
    settle(world, found)
    return found


def need(world: World, channel: Channel, permission: Permission) -> None:
    """Make sure that the bot may do something in a channel.

    Raises:
        Refused: it may not.
    """
    if not world.guild.granted(channel) & permission:
        raise missing_permissions()


def shown(world: World, message: Message) -> Body:
    """A message as the bot may read it over the REST API."""
    body = bodies.message(world.guild, message)
    home = bodies.home(world.guild, world.guild.channels[message.channel])
    told = readable(body | home, world.setup.privileged, world.guild.me.id)
    return {key: value for key, value in told.items() if key not in home}
