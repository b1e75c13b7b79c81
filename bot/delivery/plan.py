"""From a composed post to what is to be sent: drawn, and marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from bot.platforms.port import Payload
from bot.store.markers import marker
from bot.store.rows import Draft, Plan
from briefings.message import Message, Post

Draw: TypeAlias = Callable[[Message], tuple[Payload, ...]]


def draw_post(post: Post, draw: Draw) -> tuple[Payload, ...]:
    """The card's first payload, then what goes into its thread in order."""
    messages = (post.card, *post.parts)
    return tuple(payload for message in messages for payload in draw(message))


def drafts(plan: Plan, payloads: Sequence[Payload], key: bytes) -> tuple[Draft, ...]:
    """The payloads with the marker of each: the same for the same edition, channel and place."""
    return tuple(
        Draft(marker(key, plan, number), payload) for number, payload in enumerate(payloads)
    )
