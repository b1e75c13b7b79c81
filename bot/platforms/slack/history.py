"""What was said in a channel or a thread of Slack, page by page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import datetime

from bot.errors import PostUnknown
from bot.platforms.port import Address
from bot.platforms.slack import limits
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.inline import Json


async def said_since(
    calls: Calls, at: Address, since: datetime
) -> AsyncIterator[Mapping[str, object]]:
    """What was said there since, and a little more, page by page, with metadata.

    The newest pages are read whatever their time: when the message was tried, the clock here
    may have been wrong. A thread is read as a whole, oldest first.
    https://docs.slack.dev/reference/methods/conversations.history
    """
    method = "conversations.replies" if at.thread else "conversations.history"
    query: Json = {
        "channel": at.channel,
        "limit": limits.HISTORY_PAGE,
        "include_all_metadata": True,
        **({"ts": at.thread} if at.thread else {}),
    }
    for number in range(limits.HISTORY_PAGES):
        page = await calls.read(method, query)
        said = _list(page.get("messages"))
        for each in said:
            yield each
        past = not at.thread and number > 0 and _oldest(said) < since.timestamp()
        if past or not (cursor := _cursor(page)):
            return
        query = {**query, "cursor": cursor}
    raise PostUnknown(f"Too much was said in channel {at.channel} since to find a message.")


def _oldest(said: list[Mapping[str, object]]) -> float:
    return min((float(str(each["ts"])) for each in said), default=0.0)


def _list(found: object) -> list[Mapping[str, object]]:
    return found if isinstance(found, list) else []


def _cursor(page: Mapping[str, object]) -> str:
    found = page.get("response_metadata")
    return str(found.get("next_cursor") or "") if isinstance(found, dict) else ""
