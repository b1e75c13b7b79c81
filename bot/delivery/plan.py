"""From a composed post to what is to be sent: drawn, and marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from bot.platforms.port import Payload
from bot.store.markers import marker
from bot.store.printing import Printed
from bot.store.rows import Draft, Plan
from briefings.message import Message, Post
from briefings.schedule import Edition

Draw: TypeAlias = Callable[[Message], tuple[Payload, ...]]


Where: TypeAlias = tuple[str, str, str | None]
"""A platform, a channel, and the thread in it that something is said in; nothing: the channel."""

STALE = timedelta(hours=12)
"""What is said about a discussion and could not be posted for so long is left out."""


def plan_aside(
    edition: Edition,
    where: Where,
    at: datetime,
    title: str | None = None,
    printed: Printed | None = None,
    lasts: timedelta | None = None,
) -> Plan:
    """The plan of a message beside the posts, with no thread of its own; too late after `lasts`."""
    platform, channel, thread = where
    return Plan(
        edition,
        platform,
        channel,
        at,
        title=title,
        expires_at=at + lasts if lasts else None,
        threaded=False,
        printed=printed.name if printed else None,
        within=thread,
    )


def draw_post(post: Post, draw: Draw) -> tuple[Payload, ...]:
    """The card's first payload, then what goes into its thread in order."""
    messages = (post.card, *post.parts)
    return tuple(payload for message in messages for payload in draw(message))


def drafts(plan: Plan, payloads: Sequence[Payload], key: bytes) -> tuple[Draft, ...]:
    """The payloads with the marker of each: the same for the same edition, channel and place."""
    return tuple(
        Draft(marker(key, plan, number), payload) for number, payload in enumerate(payloads)
    )
