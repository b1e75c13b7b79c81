"""What people said in a thread, and which signs stand under it, read from Discord's messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from discord.utils import snowflake_time

from bot.platforms.events import Place
from bot.platforms.talk import Said

WRITTEN = frozenset({0, 19})
"""Types of what people write: a message, an answer to another; all others tell of something.
https://discord.com/developers/docs/resources/message#message-object-message-types"""

ANSWERS = 0
"""The kind of reference that is an answer; the other is a message that somebody passed on.
https://discord.com/developers/docs/resources/message#message-reference-types"""


def said(message: Mapping[str, Any], place: Place, *, reads: bool) -> Said | None:
    """What a person said; nothing for what bots say, and for what only tells of something.

    Without the message content intent (`reads`) Discord leaves the words out, and so does this.
    https://discord.com/developers/docs/events/gateway#message-content-intent
    """
    author = message.get("author") or {}
    if author.get("bot") or message.get("webhook_id") or message.get("type") not in WRITTEN:
        return None
    number = str(message["id"])
    text = str(message.get("content") or "") if reads else None
    at = snowflake_time(int(number))
    return Said(place, str(author.get("id") or ""), number, at, text, _answered(message))


def signs(message: Mapping[str, Any]) -> Mapping[str, int]:
    """How often people put which sign under a message; the bot's own do not count.

    https://discord.com/developers/docs/resources/message#reaction-object
    """
    found: dict[str, int] = {}
    for each in message.get("reactions") or ():
        count = int(each.get("count") or 0) - bool(each.get("me"))
        if count > 0:
            name = sign(each.get("emoji") or {})
            found[name] = found.get(name, 0) + count
    return found


def sign(emoji: Mapping[str, Any]) -> str:
    """An emoji as it is written: itself, or `:name:` where it is a server's own.

    The name of one that was deleted is not told. https://discord.com/developers/docs/resources/emoji
    """
    name, number = emoji.get("name"), emoji.get("id")
    return f":{name or number}:" if number else str(name or "")


def _answered(message: Mapping[str, Any]) -> str | None:
    reference = message.get("message_reference") or {}
    answers = int(reference.get("type") or 0) == ANSWERS
    return str(reference["message_id"]) if answers and reference.get("message_id") else None
