"""Another title for a thread, or a forum's post, whose own one its platform does not take.

A server may refuse words in titles that it takes in messages: then the card would stand without
its thread. https://discord.com/developers/docs/resources/auto-moderation
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeAlias

from bot.delivery import reasons
from bot.errors import TitleRefused
from bot.platforms.port import Address, Platform
from bot.store.rows import Draft, Plan
from bot.tongues import tongue_for
from briefings.opening_words import briefing_of
from briefings.tongue import ENGLISH, Tongue, speaking

log = logging.getLogger(__name__)

Neutral: TypeAlias = Callable[[], Awaitable[str]]
"""Finds a title that nobody can take offence at."""

Languages: TypeAlias = Callable[[tuple[str, str]], Awaitable[str | None]]
"""Tells in which language a channel of a platform gets its posts, where somebody chose one."""


async def tongue_of(plan: Plan, languages: Languages | None) -> Tongue:
    """The language in which an edition is told."""
    known = await languages((plan.platform, plan.channel)) if languages else None
    return tongue_for(known or ENGLISH)


async def neutral_title(plan: Plan, languages: Languages | None) -> str:
    """What an edition is called without the words of its briefing."""
    with speaking(await tongue_of(plan, languages)):
        return briefing_of(plan.edition.day)


async def open_named(
    platform: Platform, channel: str, card: str, title: str, neutral: Neutral
) -> str:
    """The id of the thread under a card, by another title where this one is not taken.

    Raises as `Platform.open_thread`.
    """
    try:
        return await platform.open_thread(channel, card, title)
    except TitleRefused as refused:
        other = await neutral()
        _log(refused, other)
    return await platform.open_thread(channel, card, other)


async def post_named(
    platform: Platform, to: Address, draft: Draft, neutral: Neutral
) -> tuple[str, str | None]:
    """The id of a message that is sent, and why what it begins has another title, if it has.

    Raises as `Platform.post`.
    """
    try:
        return await platform.post(to, draft.payload, draft.marker), None
    except TitleRefused as refused:
        other = await neutral()
        _log(refused, other)
        why = reasons.RETITLED.format(reason=refused, title=other)
    return await platform.post(replace(to, title=other), draft.payload, draft.marker), why


def _log(refused: TitleRefused, other: str) -> None:
    said = {"action": "title.refused"}
    log.warning("%s Meanwhile it is called “%s”.", refused, other, extra=said)
