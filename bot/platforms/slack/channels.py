"""Channels of Slack: what people call them, and what Slack knows of them.

https://docs.slack.dev/reference/methods/users.conversations
https://docs.slack.dev/reference/methods/conversations.info
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.errors import PostError
from bot.platforms.events import Channel
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.inline import Json

PAGE = 200
"""Channels of a page, the largest that is advised; by the first source."""

PAGES = 50


async def named(calls: Calls, said: str) -> Channel | None:
    """The channel of this id or name, of those that the bot is in; raises as `Platform.post`."""
    query: Json = {
        "types": "public_channel,private_channel",
        "exclude_archived": True,
        "limit": PAGE,
    }
    for _ in range(PAGES):
        page = await calls.ask("users.conversations", query)
        listed = page.get("channels")
        for each in listed if isinstance(listed, list) else []:
            if isinstance(each, Mapping) and said in {each.get("id"), each.get("name")}:
                return Channel(str(each["id"]), str(each.get("name") or each["id"]))
        more = page.get("response_metadata")
        cursor = more.get("next_cursor") if isinstance(more, Mapping) else None
        if not cursor:
            return None
        query = {**query, "cursor": cursor}
    return None


async def called(calls: Calls, channel: str) -> str:
    """A channel's name; its id where Slack does not tell."""
    try:
        return str((await described(calls, channel)).get("name") or channel)
    except PostError:
        return channel


async def described(calls: Calls, channel: str) -> Mapping[str, object]:
    """What Slack tells of a channel; raises as `Platform.post`."""
    found = (await calls.read("conversations.info", {"channel": channel})).get("channel")
    return found if isinstance(found, Mapping) else {}
