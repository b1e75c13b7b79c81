"""Joining the threads about our posts, so that the bot hears what is said there.

Discord's documents say that a bot hears every thread it may see; bots in the field report that it
takes a membership, and joining twice does no harm.
https://discord.com/developers/docs/topics/threads
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

import discord

from bot.platforms.discord.failures import FAILURES

log = logging.getLogger(__name__)


async def join_ours(threads: Iterable[discord.Thread], me: int) -> None:
    """Join those of the threads that the bot began and has left, or was taken out of."""
    for thread in threads:
        if thread.owner_id == me and thread.me is None and not thread.archived:
            await _join(thread)


async def join_new(thread: discord.Thread, me: int) -> None:
    """Join a new thread where it is ours, or where somebody began it under a message of ours."""
    if thread.me is None and (thread.owner_id == me or await _is_under_ours(thread, me)):
        await _join(thread)


async def _is_under_ours(thread: discord.Thread, me: int) -> bool:
    """A thread that begins with a message has that message's id."""
    parent = thread.parent
    if not isinstance(parent, discord.TextChannel):
        return False
    try:
        return (await parent.fetch_message(thread.id)).author.id == me
    except FAILURES:
        return False


async def _join(thread: discord.Thread) -> None:
    try:
        await thread.join()
    except FAILURES as failure:
        said = {"action": "thread.not_joined"}
        log.warning("Thread %s was not joined: %s", thread.id, failure, extra=said)
