"""What the bot says to one person alone, in the direct messages between the two.

https://docs.slack.dev/reference/methods/conversations.open
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.platforms.port import Payload
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.failures import FAILURES


async def tell(calls: Calls, person: str, payload: Payload) -> None:
    """Send one message to a person; raises as `Platform.post`."""
    await calls.send("chat.postMessage", {"channel": await _channel(calls, person), **payload})


async def _channel(calls: Calls, person: str) -> str:
    """The id of the direct messages; the person's own stands for it where Slack opens none."""
    try:
        opened = await calls.web.api_call("conversations.open", json={"users": person})
        channel = opened.get("channel")
    except FAILURES:
        return person
    return str(channel["id"]) if isinstance(channel, Mapping) and channel.get("id") else person
