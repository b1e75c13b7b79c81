"""Reads a thread again, page by page, to learn what was said while the bot was away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.errors import PostUnknown
from bot.platforms.abilities import Recalled
from bot.platforms.discord.failures import Refused
from bot.platforms.discord.history import check_silence
from bot.platforms.discord.inbound import NAME
from bot.platforms.discord.limits import HISTORY
from bot.platforms.discord.spots import Ask, Spots
from bot.platforms.discord.talk import said, signs
from bot.platforms.events import Place
from bot.platforms.port import Address

GONE = 10003
"""The thread was deleted.
https://discord.com/developers/docs/topics/opcodes-and-status-codes#json"""

NOTHING = Recalled((), {})


async def recall(
    ask: Ask, spots: Spots, at: Address, more: str | None = None, *, reads: bool
) -> Recalled:
    """A page of a thread, oldest first; raises a `PostError`.

    Nothing stands in a thread that was deleted, or whose channel was. A thread's messages have
    greater ids than the thread itself, but for the beginning of a forum's post, which is the bot's.
    https://discord.com/developers/docs/resources/message#get-channel-messages
    """
    thread = at.thread or at.channel
    query: dict[str, str | int] = {"limit": HISTORY, "after": more or thread}
    try:
        spot = await spots.at(at.channel)
        page = await ask("GET", f"/channels/{thread}/messages", at.channel, query=query)
        if page == [] and more is None:
            await check_silence(ask, thread, int(thread))
    except Refused as refused:
        if refused.code != GONE:
            raise
        return NOTHING
    if not isinstance(page, list):
        raise PostUnknown(f"What was said in thread {thread} can not be read.")
    return _read(page, Place(NAME, spot.server, at.channel, thread), reads=reads)


def _read(page: list[Mapping[str, Any]], place: Place, *, reads: bool) -> Recalled:
    ordered = sorted(page, key=lambda each: int(each["id"]))
    told = [(each, said(each, place, reads=reads)) for each in ordered]
    by_people = [(each, spoken) for each, spoken in told if spoken]
    return Recalled(
        tuple(spoken for _, spoken in by_people),
        {spoken.message: signs(each) for each, spoken in by_people},
        str(ordered[-1]["id"]) if len(ordered) == HISTORY else None,
    )
