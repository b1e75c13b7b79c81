"""The web addresses of messages: that of a discussion leads into its thread."""

from __future__ import annotations

from urllib.parse import urlencode

from bot.errors import PostRefused
from bot.platforms.port import Address
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.inline import Json


async def link(calls: Calls, at: Address, message: str) -> str | None:
    """The address of a message; of the card that a thread is under, that of the thread.

    Slack writes a thread into the addresses of its answers alone, and takes it in any.
    https://docs.slack.dev/reference/methods/chat.getPermalink
    """
    query: Json = {"channel": at.channel, "message_ts": message}
    try:
        found = (await calls.read("chat.getPermalink", query)).get("permalink")
    except PostRefused:
        return None
    if not isinstance(found, str):
        return None
    return into_thread(found, at) if at.thread == message else found


def into_thread(found: str, at: Address) -> str:
    """The address of a card as that of the thread under it."""
    thread = urlencode({"thread_ts": at.thread, "cid": at.channel})
    return found if "?" in found else f"{found}?{thread}"
