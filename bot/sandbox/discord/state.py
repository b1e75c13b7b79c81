"""The guild as the page shows it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.sandbox.discord import bodies
from bot.sandbox.discord.guild import Channel, Guild, Message
from bot.sandbox.discord.ids import iso
from bot.sandbox.discord.liveness import live_parts
from bot.sandbox.discord.mentions import ANSWERED, SENT
from bot.sandbox.discord.menus import ON_MESSAGE
from bot.sandbox.discord.modals import dialog
from bot.sandbox.discord.threads import CREATED, STARTER
from bot.sandbox.discord.world import World
from bot.sandbox.side import Json

TYPED = 1
"""https://discord.com/developers/docs/interactions/application-commands"""

DRAWN = ("content", "embeds", "components", "attachments", "flags", "allowed_mentions", "notice")


def state(world: World) -> Json:
    """Everything that the page shows, in the frame that both platforms share."""
    guild = world.guild
    return {
        "name": "discord",
        "workspace": guild.name,
        "guild": guild.id,
        "online": world.gateway.online,
        "me": {"id": guild.me.id, "name": guild.me.name},
        "people": [{"id": each.id, "name": each.name} for each in guild.people.values()],
        "commands": _commands(world),
        "message_shortcuts": _on_messages(world),
        "channels": [_channel(guild, each) for each in guild.channels.values() if not each.parent],
        "dialogs": [dialog(each).show() for each in world.modals.values()],
        "limited": world.rates.refused,
        "invalid": len(world.rates.invalid),
    }


def _commands(world: World) -> list[Json]:
    known = world.commands.visible(world.guild.id)
    named = {each["name"]: each for each in known if each["type"] == TYPED}
    return [
        {key: each[key] for key in ("name", "description", "options")} for each in named.values()
    ]


def _on_messages(world: World) -> list[Json]:
    known = world.commands.visible(world.guild.id)
    names = {each["name"] for each in known if each["type"] == ON_MESSAGE}
    return [{"id": each, "name": each} for each in sorted(names)]


def _channel(guild: Guild, channel: Channel) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "topic": channel.topic,
        "kind": channel.kind,
        "messages": [_message(guild, each) for each in _on_top(guild, channel)],
    }


def _on_top(guild: Guild, channel: Channel) -> Iterator[Message]:
    """The messages of a channel; the posts of a forum are shown as if they were its messages."""
    yield from channel.messages.values()
    for thread in guild.threads(channel) if channel.kind == 15 else ():
        if thread.id in thread.messages:
            yield thread.messages[thread.id]


def _message(guild: Guild, message: Message) -> Json:
    author, typed = message.author, message.command
    shown = {key: message.body[key] for key in DRAWN if key in message.body}
    command = {"name": typed.name, "text": typed.text, "person": typed.person} if typed else None
    return {
        "id": message.id,
        "author": {"id": author.id, "name": author.name, "bot": author.bot},
        "at": iso(message.at),
        "edited": message.edited is not None,
        "only_for": message.only_for,
        "pending": message.pending,
        "command": command,
        "body": shown | _pings(guild, message),
        "to": (message.extra.get("message_reference") or {}).get("message_id"),
        "reactions": [
            {"name": sign.partition(":")[0], "count": len(people)}
            for sign, people in message.reactions.items()
        ],
        "live": live_parts(message.body, ANSWERED if _is_answer(message) else SENT),
        "thread": _thread(guild, message),
    }


def _is_answer(message: Message) -> bool:
    return "interaction_metadata" in message.extra


def _pings(guild: Guild, message: Message) -> Json:
    mentioned = [guild.member(each) for each in message.mentions]
    return {
        "mentions": [bodies.user(each) for each in mentioned if each],
        "mention_roles": message.mention_roles,
        "mention_everyone": message.mention_everyone,
    }


def _thread(guild: Guild, message: Message) -> Json | None:
    snowflake = message.id
    if message.kind == CREATED:
        snowflake = message.extra["message_reference"]["channel_id"]
    thread = guild.channels.get(snowflake)
    if thread is None:
        return None
    talk = [each for each in thread.messages.values() if _is_talk(each, thread)]
    return {
        "id": thread.id,
        "name": thread.name,
        "archived": bool(thread.archive and thread.archive.archived),
        "messages": [_message(guild, each) for each in talk],
    }


def _is_talk(message: Message, thread: Channel) -> bool:
    return message.kind != STARTER and message.id != thread.id
