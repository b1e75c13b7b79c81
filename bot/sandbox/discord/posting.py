"""Putting messages into channels, changing them and taking them away, and telling the bot."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.sandbox.discord import bodies
from bot.sandbox.discord.guild import Body, Channel, Message, Person, Typed
from bot.sandbox.discord.mentions import SENT, pinged
from bot.sandbox.discord.permissions import Permission
from bot.sandbox.discord.world import World


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a message comes from: its kind, whom alone it is for, and what it answers."""

    kind: int = 0
    only_for: str | None = None
    command: Typed | None = None
    extra: Body = field(default_factory=dict)
    parse: frozenset[str] = SENT
    to: str | None = None
    """Who is pinged as the one who is answered."""


REPLY = 19
"""The kind of a message that answers another.
https://discord.com/developers/docs/resources/message#message-object-message-types"""

PLAIN = Origin()


def post(
    world: World, channel: Channel, author: Person, body: Body, origin: Origin = PLAIN
) -> Message:
    """Put a message into a channel or a thread, which wakes an archived thread."""
    message = Message(
        id=world.ids.make(),
        channel=channel.id,
        author=author,
        at=world.clock(),
        body=body,
        kind=origin.kind,
        only_for=origin.only_for,
        command=origin.command,
        extra=origin.extra,
    )
    touch(world, channel)
    set_mentions(world, message, origin.parse)
    if origin.to and origin.to not in message.mentions:
        message.mentions.append(origin.to)
    _tell(world, channel, message)
    return message


def add(world: World, channel: Channel, message: Message) -> None:
    """Put a message that exists into its channel and tell of it."""
    touch(world, channel)
    set_mentions(world, message, SENT)
    _tell(world, channel, message)


def _tell(world: World, channel: Channel, message: Message) -> None:
    channel.messages[message.id] = message
    world.publish_message("MESSAGE_CREATE", message)


def touch(world: World, channel: Channel) -> None:
    """Somebody spoke in a thread: it is no longer archived."""
    if channel.archive is None:
        return
    channel.archive.touched = world.clock()
    if channel.archive.archived:
        channel.archive.archived = False
        world.publish_thread("THREAD_UPDATE", channel)


def edit(world: World, message: Message, body: Body, parse: frozenset[str] = SENT) -> None:
    """Give a message another body."""
    message.body = body
    message.edited = world.clock()
    set_mentions(world, message, parse)
    world.publish_message("MESSAGE_UPDATE", message)


def remove(world: World, message: Message) -> None:
    """Take a message away."""
    del world.guild.channels[message.channel].messages[message.id]
    if message.only_for is None:
        channel = world.guild.channels[message.channel]
        home = bodies.home(world.guild, channel)
        body = {"id": message.id, "channel_id": message.channel, **home}
        world.publish_in(channel, "MESSAGE_DELETE", body)
    world.changed()


def set_mentions(world: World, message: Message, parse: frozenset[str]) -> None:
    """Work out whom a message pings; everyone only where its author may."""
    found = pinged(message.body, parse)
    channel = world.guild.channels[message.channel]
    granted = world.guild.granted(channel)
    message.mentions = [each for each in found.users if world.guild.member(each)]
    message.mention_roles = [each for each in found.roles if each in world.guild.roles]
    may = not message.author.bot or bool(granted & Permission.MENTION_EVERYONE)
    message.mention_everyone = found.everyone and may
