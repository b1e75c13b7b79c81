"""Reads a channel back to find out whether one of our messages is there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from discord.http import Route
from discord.utils import time_snowflake

from bot.errors import PostUnknown
from bot.platforms.discord.limits import HISTORY
from bot.platforms.discord.requests import is_marked

Call: TypeAlias = Callable[..., Awaitable[object]]

SKEW = timedelta(minutes=5)
"""How far this computer's clock may run ahead of Discord's."""


async def find(call: Call, channel: str, marker: str, since: datetime) -> str | None:
    """The id of the message with this marker among those after `since` (UTC).

    Raises `PostUnknown` where Discord keeps the history to itself, and what `call` raises.
    """
    start = time_snowflake(since - SKEW)
    seen = False
    async for message in _messages(call, channel, start):
        seen = True
        if is_marked(message, marker):
            return str(message["id"])
    if not seen:
        await _check_silence(call, channel, start)
    return None


async def _messages(call: Call, channel: str, start: int) -> AsyncIterator[Mapping[str, Any]]:
    """Every message after a snowflake, page by page, oldest page first."""
    while True:
        route = Route("GET", "/channels/{channel_id}/messages", channel_id=channel)
        page = await call(route, params={"after": start, "limit": HISTORY})
        if not isinstance(page, list):
            raise PostUnknown(f"Discord's history of channel {channel} can not be read.")
        for message in page:
            yield message
        if len(page) < HISTORY:
            return
        start = max(int(message["id"]) for message in page)


async def _check_silence(call: Call, channel: str, start: int) -> None:
    """Tell a silent channel from one whose history the bot may not read: both come back empty.

    https://discord.com/developers/docs/resources/message#get-channel-messages
    """
    known = await call(Route("GET", "/channels/{channel_id}", channel_id=channel))
    last = known.get("last_message_id") if isinstance(known, Mapping) else None
    if int(last or 0) > start:
        raise PostUnknown(
            f"The bot may not read channel {channel} back: give it Read Message History there."
        )
