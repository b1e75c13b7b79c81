"""Discord as a platform of the bot, through discord.py."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import discord
from discord.http import Route

from bot.errors import PlatformError, PostError, PostRefused
from bot.platforms.discord.calls import call, call_for_object
from bot.platforms.discord.connection import Connection, Patience
from bot.platforms.discord.failures import SENTENCES
from bot.platforms.discord.gateway import Gateway
from bot.platforms.discord.history import find
from bot.platforms.discord.inbound import NAME
from bot.platforms.discord.render import draw
from bot.platforms.discord.requests import body, edited, thread
from bot.platforms.discord.settings import Settings
from bot.platforms.port import Address, Desk, Payload
from briefings.message import Message

log = logging.getLogger(__name__)

THREAD_EXISTS = 160004
"""The message has a thread already, and a thread has the id of its message.
https://discord.com/developers/docs/resources/channel#start-thread-from-message"""


class DiscordPlatform:
    """Discord; a thread is a channel there, and its id stands wherever a channel's may."""

    def __init__(self, settings: Settings, patience: Patience | None = None) -> None:
        self._settings = settings
        self._patience = patience or Patience()
        self._connection: Connection | None = None
        self._guilds: dict[str, str] = {}

    @property
    def name(self) -> str:
        """The key of the registry."""
        return NAME

    def draw(self, message: Message) -> tuple[Payload, ...]:
        """The message as Discord's components."""
        return draw(message)

    async def connect(self, desk: Desk | None) -> None:
        """Come online and, with a desk, stay online; raises `PlatformError`."""
        token = self._settings.discord_bot_token
        if token is None:
            raise PlatformError("DISCORD_BOT_TOKEN is not set: the bot can not come online.")
        content = self._settings.discord_message_content
        connection = Connection(
            lambda: Gateway(desk, message_content=content),
            token.get_secret_value(),
            self._settings.discord_api_url,
            self._patience,
        )
        await (connection.open() if desk else connection.open_to_post())
        self._connection = connection

    async def post(self, to: Address, payload: Payload, marker: str) -> str:
        """Send one message and return its id."""
        route = _route("POST", "/channels/{channel_id}/messages", to.thread or to.channel)
        sent = await self._object(route, json=body(payload, marker))
        return str(sent["id"])

    async def edit(self, at: Address, message: str, payload: Payload, marker: str) -> None:
        """Put a payload in the place of a message of ours; `allowed_mentions` goes along."""
        path = "/channels/{channel_id}/messages/{message_id}"
        route = _route("PATCH", path, at.thread or at.channel, message_id=message)
        await self._object(route, json=edited(payload, marker))

    async def open_thread(self, channel: str, card: str, title: str) -> str:
        """The id of the card's thread, which the bot joins so that it hears what is said there."""
        path = "/channels/{channel_id}/messages/{message_id}/threads"
        try:
            opened = await self._object(
                _route("POST", path, channel, message_id=card), json=thread(title)
            )
        except PostRefused as refused:
            if getattr(refused.__cause__, "code", None) != THREAD_EXISTS:
                raise
            opened = {"id": card}
        await self._join(str(opened["id"]))
        return str(opened["id"])

    async def find(self, at: Address, marker: str, since: datetime) -> str | None:
        """The id of our message with this marker, sent after `since`."""
        return await find(self._call, at.thread or at.channel, marker, since)

    async def link(self, at: Address, message: str) -> str | None:
        """The message's address in Discord's own client."""
        channel = at.thread or at.channel
        guild = self._guilds.get(channel) or await self._guild(channel)
        return f"https://discord.com/channels/{guild}/{channel}/{message}" if guild else None

    async def close(self) -> None:
        """Go offline."""
        if self._connection is not None:
            await self._connection.close()
            self._connection = None

    async def _join(self, channel: str) -> None:
        path = "/channels/{channel_id}/thread-members/@me"
        try:
            await self._call(_route("PUT", path, channel))
        except PostError as failure:
            said = {"action": "thread.not_joined"}
            log.warning("Thread %s was not joined: %s", channel, failure, extra=said)

    async def _guild(self, channel: str) -> str:
        """The id of the channel's server, asked for once; empty where it can not be found out."""
        try:
            known = await self._object(_route("GET", "/channels/{channel_id}", channel))
        except PostError:
            return ""
        self._guilds[channel] = str(known.get("guild_id") or "")
        return self._guilds[channel]

    async def _object(self, route: Route, **how: object) -> Mapping[str, Any]:
        return await call_for_object(self._http(), route, self._patience.call, **how)

    async def _call(self, route: Route, **how: object) -> object:
        return await call(self._http(), route, self._patience.call, **how)

    def _http(self) -> discord.http.HTTPClient:
        if self._connection is None:
            raise PostRefused("The bot is offline: connect to Discord before posting.")
        return self._connection.http


def _route(method: str, path: str, channel: str, **ids: str) -> Route:
    """The route in the channel's own rate limit; raises `PostRefused` for what is no id."""
    if not channel.isdecimal():
        raise PostRefused(SENTENCES[10003].format(channel=channel))
    return Route(method, path, channel_id=channel, **ids)
