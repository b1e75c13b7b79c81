"""What the sandbox, which shares no code with the rooms, says about a briefing as it is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import bot.platforms.discord.render
import bot.platforms.discord.requests
import bot.platforms.slack.render
import bot.sandbox.discord.liveness
import bot.sandbox.slack.liveness
from bot.platforms.discord.classic import classic
from bot.platforms.discord.forum import forum_post
from bot.platforms.discord.requests import body, edited
from bot.platforms.discord.spots import Spot
from bot.platforms.port import Payload
from bot.sandbox.discord.messages import ON_EDIT, ON_SEND, drafted
from bot.sandbox.discord.permissions import Flag
from bot.sandbox.discord.refusals import Refused as RefusedByDiscord
from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.drafts import draft
from bot.sandbox.slack.refusals import Refused as RefusedBySlack
from briefings.card import compose_card, compose_post, compose_section, compose_sections
from briefings.message import Message
from briefings.model import Briefing, BriefingId, Entry

_ADDED = datetime(2031, 5, 3, 8, tzinfo=UTC)
FORUM = Spot("7", 15)
_ANSWERS = 3
"""Sections that are asked for on their own; they are alike, and drawing takes time."""


def faults(briefing: Briefing) -> Iterator[str]:
    """What a briefing would ping, fake or unfurl on any platform, and what would be refused."""
    for message in _messages(Entry(BriefingId("x"), briefing, _ADDED)):
        for payload in bot.platforms.slack.render.draw(message):
            yield from _on_slack(payload)
        for payload in bot.platforms.discord.render.draw(message):
            yield from _on_discord(payload)
        yield from _in_name(message.title)


def _messages(entry: Entry) -> Iterator[Message]:
    post = compose_post(entry)
    yield from (post.card, *post.parts, compose_card(entry), compose_sections(entry, 0))
    asked = (compose_section(entry, number) for number in range(_ANSWERS))
    yield from filter(None, asked)


def _on_slack(payload: Payload) -> Iterator[str]:
    body: dict[str, Any] = dict(payload)
    yield from (f"Slack: {part}" for part in bot.sandbox.slack.liveness.live_parts(body))
    try:
        draft(Arguments(body))
    except RefusedBySlack as refused:
        yield f"Slack refuses: {refused.code} {refused}"


def _on_discord(payload: Payload) -> Iterator[str]:
    """A message as it is sent, edited, told by embeds, and as the beginning of a forum's post."""
    sent, again = body(payload, "marker"), edited(payload, "marker")
    for way in (sent, again, classic(sent), classic(again)):
        yield from _as_discord(way, ON_EDIT if "nonce" not in way else ON_SEND)
    for way in (sent, classic(sent)):
        started = forum_post(way, FORUM)
        yield from _in_name(str(started["name"]))
        yield from _as_discord(started["message"], ON_SEND)


def _as_discord(told: Any, takes: Flag) -> Iterator[str]:
    yield from (f"Discord: {part}" for part in bot.sandbox.discord.liveness.live_parts(dict(told)))
    if told.get("allowed_mentions") != {"parse": []}:
        yield "Discord: it may ping"
    if told["flags"] & Flag.IS_COMPONENTS_V2 and not told["flags"] & Flag.SUPPRESS_EMBEDS:
        yield "Discord: it may unfurl"
    try:
        drafted(told, (), takes)
    except RefusedByDiscord as refused:
        yield f"Discord refuses: {refused}"


def _in_name(title: str) -> Iterator[str]:
    """A thread's name is plain text; only its length and its direction matter."""
    name = str(bot.platforms.discord.requests.thread(title)["name"])
    if not 1 <= len(name) <= 100 or bot.sandbox.discord.liveness.BIDI.search(name):
        yield f"Discord would not take the thread's name {name!r}"
