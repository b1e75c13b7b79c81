"""From a due edition to what is to be sent: pick, compose, draw, mark."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b32encode
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias, assert_never

from bot.platforms.port import Payload
from bot.store.rows import Draft, Plan, State
from briefings.card import compose_post
from briefings.due import Due
from briefings.message import Message, Post
from briefings.model import Library
from briefings.pick import History, Nothing, Pick, pick

MARKER_LENGTH = 25
"""A Discord nonce holds at most 25 characters.
https://discord.com/developers/docs/resources/message#create-message"""

Draw: TypeAlias = Callable[[Message], tuple[Payload, ...]]


def plan_edition(
    due: Due, library: Library, history: History, draw: Draw, key: bytes
) -> tuple[Plan, tuple[Draft, ...]]:
    """What an edition becomes, and its messages; none where it is skipped, with the reason."""
    if due.missed:
        return _skip(due, "its time passed while the bot could not post, and it is too late now")
    picked = pick(library, due.subscription, history, due.edition.day)
    match picked:
        case Nothing(reason):
            return _skip(due, reason.value)
        case Pick(briefing, reason, runner_up):
            entry = library[briefing]
            post = compose_post(entry, due.subscription.layout)
            plan = replace(
                _plan(due),
                briefing=briefing,
                title=entry.briefing.title,
                pick_reason=reason.value,
                runner_up=runner_up,
                threaded=post.threaded,
            )
            return plan, drafts(plan, draw_post(post, draw), key)
        case _:
            assert_never(picked)


def draw_post(post: Post, draw: Draw) -> tuple[Payload, ...]:
    """The card's first payload, then what goes into its thread in order."""
    messages = (post.card, *post.parts)
    return tuple(payload for message in messages for payload in draw(message))


def drafts(plan: Plan, payloads: Sequence[Payload], key: bytes) -> tuple[Draft, ...]:
    """The payloads with the marker of each: the same for the same edition, channel and place."""
    return tuple(
        Draft(marker(key, plan, number), payload) for number, payload in enumerate(payloads)
    )


def marker(key: bytes, plan: Plan, number: int) -> str:
    """A signature that only this bot can make, of edition, channel and place in the post."""
    named = (plan.edition.subscription, plan.edition.day, plan.platform, plan.channel, number)
    digest = hmac.digest(key, "|".join(map(str, named)).encode(), hashlib.sha256)
    return b32encode(digest).decode().lower()[:MARKER_LENGTH]


def _skip(due: Due, reason: str) -> tuple[Plan, tuple[Draft, ...]]:
    return replace(_plan(due), state=State.SKIPPED, reason=reason), ()


def _plan(due: Due) -> Plan:
    return Plan(due.edition, due.subscription.platform, due.subscription.channel, due.moment)
