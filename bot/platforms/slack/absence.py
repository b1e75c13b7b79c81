"""What Slack's JSON says that became of a channel, and whether the bot can post there since.

https://docs.slack.dev/reference/events
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.platforms.events import Lost, News, Place, Regained
from bot.platforms.slack.inbound import NAME, object_in, text_in
from briefings.tongue import mark

ARCHIVED = mark("the channel is archived")
DELETED = mark("the channel was deleted")
UNKNOWN = mark("Slack no longer shows the channel to the bot")
REMOVED = mark("the bot is no longer in the channel")
RESTRICTED = mark("an administrator restricts who may post in the channel")

ALL = (ARCHIVED, DELETED, UNKNOWN, REMOVED, RESTRICTED)

LOST = {
    "channel_archive": ARCHIVED,
    "channel_deleted": DELETED,
    "channel_left": REMOVED,
    "group_archive": ARCHIVED,
    "group_deleted": DELETED,
    "group_left": REMOVED,
}
REGAINED = ("channel_unarchive", "group_unarchive")
MOVED = {"member_joined_channel": "", "member_left_channel": REMOVED}
"""Somebody came or went; of matter where it is the bot."""

NEWS = (*LOST, *REGAINED, *MOVED)
"""The events that the bot subscribes to for this."""


def news(body: Mapping[str, object], bot: str) -> News | None:
    """What an event means for the channel it is about; `bot` is the bot's own user id."""
    event = object_in(body, "event")
    kind, channel = text_in(event, "type"), text_in(event, "channel")
    if not channel or (kind in MOVED and text_in(event, "user") != bot):
        return None
    place = Place(NAME, text_in(body, "team_id"), channel)
    reason = LOST.get(kind) or MOVED.get(kind)
    if reason:
        return Lost(place, reason)
    return Regained(place) if kind in {*REGAINED, *MOVED} else None


def bar(known: Mapping[str, object]) -> str | None:
    """Why nothing can be posted in a channel of Slack's description; nothing where it can.

    https://docs.slack.dev/reference/objects/conversation-object
    """
    if known.get("is_archived") is True:
        return ARCHIVED
    return REMOVED if known.get("is_member") is False else None
