"""Reads a channel back to find out whether one of our messages is there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from discord.utils import time_snowflake

from bot.errors import PostUnknown
from bot.platforms.discord.failures import Refused
from bot.platforms.discord.limits import HISTORY, HISTORY_PAGES
from bot.platforms.discord.requests import is_marked

Ask: TypeAlias = Callable[..., Awaitable[object]]

GONE = 10008
"""https://discord.com/developers/docs/topics/opcodes-and-status-codes#json"""

SKEW = timedelta(minutes=5)
"""How far this computer's clock may run ahead of Discord's."""


async def find(ask: Ask, channel: str, marker: str, since: datetime) -> str | None:
    """The id of the message with this marker among those after `since` (UTC), and a little more.

    Raises `PostUnknown` where Discord keeps the history to itself, and what `ask` raises.
    """
    start = time_snowflake(since - SKEW)
    seen = False
    async for message in _messages(ask, channel, start):
        seen = True
        if is_marked(message, marker):
            return str(message["id"])
    if not seen:
        await check_silence(ask, channel, start)
    return None


async def _messages(ask: Ask, channel: str, start: int) -> AsyncIterator[Mapping[str, Any]]:
    """Every message after a snowflake, page by page, newest page first.

    The newest page is read whatever its time: when the message was tried, the clock here may
    have been wrong.
    """
    before: dict[str, int] = {}
    for _ in range(HISTORY_PAGES):
        query = {"limit": HISTORY, **before}
        page = await ask("GET", f"/channels/{channel}/messages", channel, query=query)
        if not isinstance(page, list):
            raise PostUnknown(f"Discord's history of channel {channel} can not be read.")
        for message in page:
            yield message
        oldest = min((int(message["id"]) for message in page), default=0)
        if len(page) < HISTORY or oldest <= start:
            return
        before = {"before": oldest}
    raise PostUnknown(f"Too much was said in channel {channel} since to find a message.")


async def check_silence(ask: Ask, channel: str, start: int) -> None:
    """Tell a silent channel from one whose history the bot may not read: both come back empty.

    https://discord.com/developers/docs/resources/message#get-channel-messages
    """
    known = await ask("GET", f"/channels/{channel}", channel)
    last = known.get("last_message_id") if isinstance(known, Mapping) else None
    if int(last or 0) > start:
        raise PostUnknown(
            f"The bot may not read channel {channel} back: give it Read Message History there."
        )


async def find_post(ask: Ask, forum: str, server: str, marker: str, since: datetime) -> str | None:
    """The id of the forum's post that begins with the message of this marker; raises as `find`.

    A post of a forum has the id of its first message.
    """
    start = time_snowflake(since - SKEW)
    for post in sorted(await _posts(ask, forum, server), reverse=True):
        if post <= start:
            return None
        if is_marked(await _beginning(ask, forum, post), marker):
            return str(post)
    return None


async def _beginning(ask: Ask, forum: str, post: int) -> Mapping[str, Any]:
    """How a post begins; nothing where somebody deleted that."""
    try:
        first = await ask("GET", f"/channels/{post}/messages/{post}", forum)
    except Refused as refused:
        if refused.code != GONE:
            raise
        return {}
    return first if isinstance(first, Mapping) else {}


async def _posts(ask: Ask, forum: str, server: str) -> set[int]:
    """The ids of a forum's posts, those archived of late among them."""
    active = await ask("GET", f"/guilds/{server}/threads/active", forum)
    resting = await ask(
        "GET", f"/channels/{forum}/threads/archived/public", forum, query={"limit": HISTORY}
    )
    found: set[int] = set()
    for page in (active, resting):
        if not isinstance(page, Mapping) or not isinstance(page.get("threads"), list):
            raise PostUnknown(f"The posts of forum {forum} can not be read.")
        found |= {int(each["id"]) for each in page["threads"] if _is_in(each, forum)}
    return found


def _is_in(thread: Mapping[str, Any], forum: str) -> bool:
    return str(thread.get("parent_id")) == forum
