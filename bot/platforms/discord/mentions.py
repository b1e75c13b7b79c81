"""Answering what is written to the bot: the equal of `/briefing`, for all to see who are there."""

from __future__ import annotations

import logging
from typing import Any

import discord
from discord.http import HTTPClient, Route

from bot.platforms.desk import Answer, Desk
from bot.platforms.discord.dress import Dress
from bot.platforms.discord.failures import FAILURES
from bot.platforms.discord.inbound import Interaction, mentioned, told
from bot.platforms.discord.render import draw
from bot.platforms.discord.words import compose_unread
from bot.platforms.port import Payload
from briefings.message import Reply

log = logging.getLogger(__name__)

_WRITTEN = frozenset({discord.MessageType.default, discord.MessageType.reply})
"""What people write; all other types tell of something, such as a pin.
https://discord.com/developers/docs/resources/message#message-object-message-types"""


async def answer_mention(
    message: discord.Message, me: int, http: HTTPClient, desk: Desk, dress: Dress
) -> None:
    """Answer a message that names the bot or is for it alone; what goes wrong is logged.

    A reply to a message cannot be private on Discord: only interactions can be.
    """
    if message.author.bot or message.type not in _WRITTEN:
        return
    answer = await _answer(message, me, desk)
    if isinstance(answer, Reply):  # what else there is only an interaction can open
        await _reply(message, answer, http, dress)


async def _answer(message: discord.Message, me: int, desk: Desk) -> Answer | None:
    """What the desk says; nothing where the message is not for the bot."""
    if server_of(message) is None:
        event = told(spoken(message, me), str(me))
        return await desk.answer(event) if event else None
    if not _names(message, me):
        return None
    event = mentioned(spoken(message, me), str(me))
    if event is None:
        return Reply(compose_unread()) if _is_unread(message, me) else None
    return await desk.answer(event)


def _is_unread(message: discord.Message, me: int) -> bool:
    """Whether its words were kept back; where the bot itself is pinged there are only none."""
    pinged = any(person.id == me for person in message.mentions)
    return not message.content and not pinged


async def _reply(message: discord.Message, answer: Reply, http: HTTPClient, dress: Dress) -> None:
    """The nonce makes one answer of a call that is repeated, and of a message heard twice."""
    route = Route("POST", "/channels/{channel_id}/messages", channel_id=message.channel.id)
    reference: dict[str, Any] = {"message_id": str(message.id), "fail_if_not_exists": False}

    async def send(dressed: Payload) -> object:
        return await http.request(route, json=dict(dressed))

    try:
        for number, payload in enumerate(draw(answer.message)):
            once = {"nonce": f"{message.id}-{number}", "enforce_nonce": True}
            await dress.through(send, {**payload, "message_reference": reference, **once})
    except FAILURES as failure:
        where = {"action": "reply.failed", "channel": str(message.channel.id)}
        log.warning("A mention was not answered: %s", failure, extra=where)


def server_of(message: discord.Message) -> int | None:
    """The server of a message, also where the session did not tell of it; none of direct ones."""
    if message.guild is not None:
        return message.guild.id
    found = getattr(message.channel, "guild_id", None)
    return found if isinstance(found, int) else None


def spoken(message: discord.Message, me: int) -> Interaction:
    """A message in the frame of an interaction, which is what is read."""
    channel, server = message.channel, server_of(message)
    return {
        "content": _with_own_name(message, me),
        "user": {"id": str(message.author.id)},
        "guild_id": str(server) if server else None,
        "channel": {
            "id": str(channel.id),
            "type": channel.type.value if channel.type else None,
            "parent_id": getattr(channel, "parent_id", None),
        },
    }


def _names(message: discord.Message, me: int) -> bool:
    """Whether a message names the bot, or the role that Discord made for it."""
    named = any(person.id == me for person in message.mentions)
    return named or own_role(message.guild, me) in {role.id for role in message.role_mentions}


def _with_own_name(message: discord.Message, me: int) -> str:
    """What was written, the bot's role named as the bot itself."""
    role = own_role(message.guild, me)
    return message.content.replace(f"<@&{role}>", f"<@{me}>") if role else message.content


def own_role(guild: discord.Guild | None, me: int) -> int | None:
    """The role that Discord made for the bot in a server; nothing where there is none."""
    roles = guild.roles if guild else ()
    return next((each.id for each in roles if each.tags and each.tags.bot_id == me), None)
