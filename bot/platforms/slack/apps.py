"""The Bolt apps of many workspaces behind one request URL: who gets what Slack posts."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.errors import StoreError
from bot.platforms.slack.inbound import object_in, text_in
from bot.platforms.slack.manifest import GONE

log = logging.getLogger(__name__)

AGAIN = 503
"""Slack brings an event again that is answered so: https://docs.slack.dev/apis/events-api/#retries"""

MOVING_IN = "The bot is just moving in: ask it again in a moment."


class Dispatching(Protocol):
    """What takes a request of Slack that is surely one."""

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """Bolt's own name for it."""


class Apps:
    """Each workspace's app by the workspace's id."""

    def __init__(
        self, gone: Callable[[str], Awaitable[None]], has: Callable[[str], Awaitable[bool]]
    ) -> None:
        """`gone` is told who may have removed the bot, `has` tells who let it in.

        Both raise StoreError where the database does not answer.
        """
        self._gone = gone
        self._has = has
        self._apps: dict[str, Dispatching] = {}

    def seat(self, team: str, app: Dispatching) -> Seat:
        """A place for a workspace's app, to be opened and closed."""
        return Seat(self._apps, team, app)

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """Bring a request to the app of its workspace."""
        body, team = req.body, req.context.team_id or ""
        if body.get("type") == "url_verification":
            return BoltResponse(status=200, body=text_in(body, "challenge"))
        if is_farewell(body):
            return await self._asked(self._gone(team))
        if app := self._apps.get(team):
            return await app.async_dispatch(req)
        if "event" in body:  # an app that is only about to be seated misses nothing
            return await self._asked(self._has(team))
        return BoltResponse(status=200, body=MOVING_IN if "command" in body else "")

    async def _asked(self, asked: Awaitable[bool | None]) -> BoltResponse:
        """That an event is done with; that it is to come again, where that is so or unknown."""
        try:
            again = await asked
        except StoreError as error:
            log.warning("%s", error, extra={"action": "store.away"})
            again = True
        return BoltResponse(status=AGAIN if again else 200)


class Seat:
    """Where the app of one workspace stands among the others."""

    def __init__(self, apps: dict[str, Dispatching], team: str, app: Dispatching) -> None:
        self._apps = apps
        self._team = team
        self._app = app

    async def open(self) -> None:
        """Be reached from now on."""
        self._apps[self._team] = self._app

    async def close(self) -> None:
        """Be reached no longer."""
        if self._apps.get(self._team) is self._app:
            del self._apps[self._team]


def is_farewell(body: Mapping[str, object]) -> bool:
    """Whether an event says that the bot is no longer in a workspace."""
    event = object_in(body, "event")
    kind = text_in(event, "type")
    if kind == "tokens_revoked":  # those of people are no matter of ours
        return bool(object_in(event, "tokens").get("bot"))
    return kind in GONE
