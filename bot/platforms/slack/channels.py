"""Channels of Slack by what people call them.

https://docs.slack.dev/reference/methods/users.conversations
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.platforms.events import Channel
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.inline import Json

PAGE = 200
"""Channels of a page, the largest that is advised. Same source."""

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
