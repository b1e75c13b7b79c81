"""What a session begins with: where the gateway is, in how many shards, and what is heard there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord.http import HTTPClient, Route


def intents(*, content: bool) -> discord.Intents:
    """What the bot hears of: servers, channels, threads, messages, direct ones too, and signs."""
    return discord.Intents(
        guilds=True,
        guild_messages=True,
        guild_reactions=True,
        dm_messages=True,
        message_content=content,
    )


async def ask_gateway(http: HTTPClient) -> tuple[int, str, Mapping[str, Any]]:
    """How many shards Discord asks for, where its gateway is, and how many sessions are left.

    A server that is not Discord's may leave out all but the address.
    https://discord.com/developers/docs/events/gateway#get-gateway-bot
    """
    told = await http.request(Route("GET", "/gateway/bot"))
    limit = told.get("session_start_limit")
    return int(told.get("shards") or 1), told["url"], limit if isinstance(limit, Mapping) else {}
