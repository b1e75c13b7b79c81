"""Reading back what was said in a channel.

https://discord.com/developers/docs/resources/message#get-channel-messages
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.sandbox.discord import limits
from bot.sandbox.discord.forms import Field
from bot.sandbox.discord.guild import Message
from bot.sandbox.discord.permissions import Permission
from bot.sandbox.discord.rest.routes import Answer, Asked, Route, shown, visible
from bot.sandbox.discord.world import World


def history(world: World, asked: Asked) -> Answer:
    """Messages of a channel, newest first: before, after or around one, or the latest."""
    channel = visible(world, asked.path["channel_id"])
    if not world.guild.granted(channel) & Permission.READ_MESSAGE_HISTORY:
        return 200, []
    now = world.clock() - world.history_lag
    told = [each for each in channel.seen() if not world.history_lag or each.at <= now]
    return 200, [shown(world, each) for each in _chosen(told, asked)]


def _chosen(said: list[Message], asked: Asked) -> Iterable[Message]:
    limit = _limit(asked)
    if "before" in asked.query:
        return reversed([each for each in said if _precedes(each, asked.query["before"])][-limit:])
    if "after" in asked.query:
        later = [each for each in said if int(each.id) > int(asked.query["after"])]
        return reversed(later[:limit])
    if "around" in asked.query:
        before = [each for each in said if _precedes(each, asked.query["around"])]
        start = max(0, len(before) - limit // 2)
        return reversed(said[start : start + limit])
    return reversed(said[-limit:])


def _precedes(message: Message, snowflake: str) -> bool:
    return int(message.id) < int(snowflake)


def _limit(asked: Asked) -> int:
    text = asked.query.get("limit", "50")
    form = Field({"limit": int(text) if text.isdigit() else text})
    limit = form["limit"].number(1, limits.HISTORY)
    for name in ("before", "after", "around"):
        if not asked.query.get(name, "0").isdigit():
            form[name].fault("NUMBER_TYPE_COERCE", "Value is not snowflake.")
    form.refuse()
    return limit or 50


ROUTES = (Route("GET", "/channels/{channel_id}/messages", history),)
