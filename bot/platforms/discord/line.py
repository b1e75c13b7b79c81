"""The way back to an interaction: what Discord takes as its answer, and for how long.

https://discord.com/developers/docs/interactions/receiving-and-responding
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import discord
from discord.http import HTTPClient, Route
from discord.webhook.async_ import async_context

from bot.platforms.discord.dress import Dress
from bot.platforms.port import Payload

DEFER_AFTER = 1.0
"""Seconds after which "thinking" is shown; Discord gives up on an answer after `LOST`."""

LOST = 3.0

LEAST = 0.25
"""Our own: seconds that the desk has in any case. An age near `LOST` may be a clock that is wrong,
and most answers take no longer."""


class Line:
    """The way back to an interaction: its first answer, and what follows within 15 minutes."""

    def __init__(self, http: HTTPClient, interaction: discord.Interaction, dress: Dress) -> None:
        self._http = http
        self._of = interaction
        self._dress = dress

    @property
    def is_short(self) -> bool:
        """Whether few messages may follow: nobody but the asker brought the bot there."""
        of = self._of
        theirs = of.is_user_integration() and not of.is_guild_integration()
        return theirs and not of.context.dm_channel

    def patience(self, now: datetime) -> float:
        """Seconds that the desk may take before "thinking" has to be shown."""
        return patience(self._of.created_at, now)

    async def respond(self, kind: int, content: Mapping[str, Any]) -> None:
        """The first answer; there is only one."""
        path = "/interactions/{webhook_id}/{webhook_token}/callback"
        route = self._route("POST", path, self._of.id)

        async def send(dressed: Payload) -> object:
            return await self._request(route, {"type": kind, "data": dressed})

        await self._dress.through(send, content)

    async def follow(self, content: Mapping[str, Any]) -> None:
        """A further message."""
        await self._send(self._route("POST", "/webhooks/{webhook_id}/{webhook_token}"), content)

    async def replace(self, content: Mapping[str, Any]) -> None:
        """The message that "thinking" turns into."""
        await self._send(self._original("PATCH"), content)

    async def withdraw(self) -> None:
        """Take the first answer back."""
        await self._request(self._original("DELETE"))

    async def _send(self, route: Route, content: Payload) -> None:
        async def send(dressed: Payload) -> object:
            return await self._request(route, dict(dressed))

        await self._dress.through(send, content)

    async def _request(self, route: Route, body: dict[str, Any] | None = None) -> object:
        """A limit of all calls together holds up no answer, which does not count against it.

        discord.py's client would wait it out, and its own answers go another way.
        https://discord.com/developers/docs/topics/rate-limits#global-rate-limit
        """
        if _is_limited(self._http):
            session = self._of._session
            return await async_context.get().request(route, session=session, payload=body)
        return await self._http.request(route, json=body)

    def _original(self, method: str) -> Route:
        return self._route(method, "/webhooks/{webhook_id}/{webhook_token}/messages/@original")

    def _route(self, method: str, path: str, first: int | None = None) -> Route:
        number = self._of.application_id if first is None else first
        return Route(method, path, webhook_id=number, webhook_token=self._of.token)


def patience(made: datetime, now: datetime) -> float:
    """Seconds until "thinking" has to be shown for an interaction that was made then.

    One that was on its way for long leaves less. An age that no interaction reaches alive says that
    the two clocks disagree.
    """
    age = (now - made).total_seconds()
    return max(DEFER_AFTER - age, LEAST) if 0 < age < LOST else DEFER_AFTER


def _is_limited(http: HTTPClient) -> bool:
    """Whether discord.py's client waits for the end of a limit of all its calls together."""
    over = getattr(http, "_global_over", None)
    return isinstance(over, asyncio.Event) and not over.is_set()
