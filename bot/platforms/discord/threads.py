"""The threads under our cards: opened where they are not open yet, and joined."""

from __future__ import annotations

import logging

from bot.errors import PostError
from bot.platforms.discord.detours import Detours, read_id
from bot.platforms.discord.failures import Refused, RefusedTitle
from bot.platforms.discord.refusals import LINK_BLOCKED, WORDS_BLOCKED
from bot.platforms.discord.requests import thread
from bot.platforms.discord.spots import Ask

log = logging.getLogger(__name__)

THREAD_EXISTS = 160004
"""The message has a thread already, and a thread has the id of its message.
https://discord.com/developers/docs/resources/channel#start-thread-from-message"""


async def open_under(ask: Ask, detours: Detours, channel: str, card: str, title: str) -> str:
    """The id of the card's thread, which the bot joins so that it hears what is said there.

    Raises a `PostError`.
    """
    path = f"/channels/{channel}/messages/{card}/threads"
    try:
        opened = read_id(await ask("POST", path, channel, body=thread(title)), channel)
    except Refused as refused:
        if refused.code in {WORDS_BLOCKED, LINK_BLOCKED}:  # a title is all that it says
            raise RefusedTitle(str(refused), refused.code) from refused
        if refused.code != THREAD_EXISTS and not await detours.is_forum(channel, refused):
            raise
        opened = card
    await _join(ask, opened)
    return opened


async def _join(ask: Ask, channel: str) -> None:
    try:
        await ask("PUT", f"/channels/{channel}/thread-members/@me", channel)
    except PostError as failure:
        said = {"action": "thread.not_joined"}
        log.warning("Thread %s was not joined: %s", channel, failure, extra=said)
