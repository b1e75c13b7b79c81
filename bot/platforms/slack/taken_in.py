"""Events that are written down before Slack is told that they arrived: it does not repeat them.

Bolt acknowledges an event before its listener runs, and after the middleware of the whole app:
https://github.com/slackapi/bolt-python/blob/v1.30.0/slack_bolt/listener/asyncio_runner.py
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Collection, Mapping
from functools import wraps
from typing import TypeAlias

from slack_bolt.response import BoltResponse

from bot.platforms.desk import Inbox
from bot.platforms.events import News
from bot.platforms.slack import inbound
from bot.platforms.slack.absence import NEWS, news
from bot.platforms.slack.deliveries import key_of
from bot.platforms.slack.inbound import object_in, text_in
from bot.platforms.slack.inline import Json

Listener: TypeAlias = Callable[..., Awaitable[None]]

NEEDED = ("type", "channel", "channel_type", "user", "text", "thread_ts", "ts")
"""What the work needs of an event; the rest of it, such as files, is kept nowhere."""

_OPENING = re.compile(r"\s*<@([^<>|]+)")


class TakenIn:
    """What stands in the inbox of one workspace."""

    def __init__(self, inbox: Inbox | None, name: str, me: Collection[str]) -> None:
        """`name` is the platform's, `me` are the bot's own ids."""
        self._inbox = inbox
        self._name = name
        self._me = me

    async def take_in(
        self, body: Json, next_: Callable[[], Awaitable[None]]
    ) -> BoltResponse | None:
        """Bolt's middleware: what the bot says itself, or somebody has in hand, goes no further."""
        if is_own(body, self._me) or not await self._is_ours(body):
            return BoltResponse(status=200)
        await next_()
        return None

    def until_done(self, listener: Listener) -> Listener:
        """A listener after which its event is done; Bolt reads the inner one's arguments."""

        @wraps(listener)
        async def worked(**given: Json) -> None:
            await listener(**given)
            body = given["body"]
            if self._inbox and lasting(body, self._me):
                await self._inbox.done(self._name, _key(body))

        return worked

    async def _is_ours(self, body: Json) -> bool:
        event = lasting(body, self._me) if self._inbox else None
        if self._inbox is None or event is None:
            return True
        return await self._inbox.keep(self._name, _key(body), event)


def is_own(body: Mapping[str, object], me: Collection[str]) -> bool:
    """Whether the bot itself did it, which Bolt knows only where `auth.test` tells a `bot_id`.

    Where the bot is told to come or go, that is news to it.
    """
    event = object_in(body, "event")
    whose = {text_in(event, "user"), text_in(event, "bot_id")} - {""}
    return text_in(event, "type") not in NEWS and not whose.isdisjoint(me)


def lasting(body: Mapping[str, object], me: Collection[str]) -> Json | None:
    """What is kept of an event that people would miss; nothing of all others.

    What people say to each other is none: threads are read again after a gap, and a channel may
    not want its words kept. Only what begins with the bot's name is for the bot alone.
    """
    event, key = object_in(body, "event"), text_in(body, "event_id")
    if not key or not _is_missed(body, me):
        return None
    kept = {name: event[name] for name in NEEDED if name in event}
    told = {name: body[name] for name in ("type", "team_id") if name in body}
    return {**told, "event_id": key, "event": kept}


def _key(body: Mapping[str, object]) -> str:
    return key_of(text_in(body, "event_id"))


def _is_missed(body: Mapping[str, object], me: Collection[str]) -> bool:
    event = object_in(body, "event")
    match text_in(event, "type"):
        case "app_mention":
            opening = _OPENING.match(text_in(event, "text"))
            return opening is not None and opening[1] in me
        case "message":
            return inbound.direct(body) is not None
        case kind if kind in NEWS:
            return told(body, me) is not None
        case _:
            return False


def told(body: Mapping[str, object], me: Collection[str]) -> News | None:
    """What an event means for its channel, where somebody who comes or goes may be the bot."""
    user = text_in(object_in(body, "event"), "user")
    return news(body, user if user in me else "")
