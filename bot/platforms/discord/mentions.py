"""Answering a message that mentions the bot: the equal of `/briefing`, for all to see."""

from __future__ import annotations

import logging
from typing import Any

import discord
from discord.http import HTTPClient, Route

from bot.platforms.discord.failures import FAILURES
from bot.platforms.discord.inbound import Interaction, mentioned
from bot.platforms.discord.render import draw
from bot.platforms.port import Desk
from briefings.message import Reply

log = logging.getLogger(__name__)


async def answer_mention(message: discord.Message, me: int, http: HTTPClient, desk: Desk) -> None:
    """Answer a message that names the bot, as a reply to it; what goes wrong is logged.

    A reply to a message cannot be private on Discord: only interactions can be.
    """
    event = None if message.author.bot else mentioned(spoken(message), str(me))
    if event is None:
        return
    reply = await desk.answer(event)
    if not isinstance(reply, Reply):  # what only an interaction can open
        return
    reference: dict[str, Any] = {"message_id": str(message.id), "fail_if_not_exists": False}
    try:
        for payload in draw(reply.message):
            route = Route("POST", "/channels/{channel_id}/messages", channel_id=message.channel.id)
            await http.request(route, json={**payload, "message_reference": reference})
    except FAILURES as failure:
        where = {"action": "reply.failed", "channel": str(message.channel.id)}
        log.warning("A mention was not answered: %s", failure, extra=where)


def spoken(message: discord.Message) -> Interaction:
    """A message in the frame of an interaction, which is what is read."""
    channel = message.channel
    return {
        "content": message.content,
        "user": {"id": str(message.author.id)},
        "guild_id": str(message.guild.id) if message.guild else None,
        "channel": {
            "id": str(channel.id),
            "type": channel.type.value if channel.type else None,
            "parent_id": getattr(channel, "parent_id", None),
        },
    }
