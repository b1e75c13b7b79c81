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

LOOKED_AT = 50
"""Our own: threads of others, the newest first, that are looked at when a server comes online.
Each takes a call, and who began a thread months ago hardly waits for an answer in it."""


async def join_ours(threads: Iterable[discord.Thread], me: int) -> None:
    """Join those of the threads that are ours, or were begun under a message of ours meanwhile."""
    absent = [each for each in threads if each.me is None and not each.archived]
    others = sorted((each for each in absent if each.owner_id != me), key=lambda each: -each.id)
    for thread in (*(each for each in absent if each.owner_id == me), *others[:LOOKED_AT]):
        await join_new(thread, me)
    if len(others) > LOOKED_AT:
        said = {"action": "thread.not_looked_at"}
        log.info("%s older threads were not looked at.", len(others) - LOOKED_AT, extra=said)


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
