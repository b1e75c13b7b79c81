"""Discord as a platform of the bot, through discord.py."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime

from bot.errors import PlatformError, PostError, PostRefused, PostUnknown
from bot.platforms.discord.connection import Connection, Patience
from bot.platforms.discord.failures import SENTENCES, Refused
from bot.platforms.discord.gateway import Gateway
from bot.platforms.discord.history import find
from bot.platforms.discord.inbound import NAME
from bot.platforms.discord.render import draw
from bot.platforms.discord.requests import Stencil, edited, thread
from bot.platforms.discord.rest import Rest
from bot.platforms.discord.settings import Settings
from bot.platforms.port import Address, Desk, Payload
from bot.platforms.wire import Once
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
        self._rest: Rest | None = None
        self._stencils = Once(Stencil.of)
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
        given = token.get_secret_value(), self._settings.discord_api_url, self._patience
        connection = Connection(lambda: Gateway(desk, message_content=content), *given)
        await (connection.open() if desk else connection.open_to_post())
        self._connection = connection
        self._rest = Rest(given[0], given[1], self._patience.call)

    async def post(self, to: Address, payload: Payload, marker: str) -> str:
        """Send one message and return its id."""
        body = self._stencils.of(payload).filled(marker)
        return await self._send("POST", to.thread or to.channel, "/messages", body)

    async def edit(self, at: Address, message: str, payload: Payload, marker: str) -> None:
        """Put a payload in the place of a message of ours; `allowed_mentions` goes along."""
        where, body = at.thread or at.channel, edited(payload, marker)
        await self._send("PATCH", where, f"/messages/{message}", body)

    async def open_thread(self, channel: str, card: str, title: str) -> str:
        """The id of the card's thread, which the bot joins so that it hears what is said there."""
        what = f"/messages/{card}/threads"
        try:
            opened = await self._send("POST", channel, what, thread(title))
        except Refused as refused:
            if refused.code != THREAD_EXISTS:
                raise
            opened = card
        await self._join(opened)
        return opened

    async def find(self, at: Address, marker: str, since: datetime) -> str | None:
        """The id of our message with this marker, sent after `since`."""
        return await find(self._online().ask, at.thread or at.channel, marker, since)

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
        if self._rest is not None:
            await self._rest.close()
            self._rest = None

    async def _join(self, channel: str) -> None:
        try:
            await self._ask("PUT", channel, "/thread-members/@me")
        except PostError as failure:
            said = {"action": "thread.not_joined"}
            log.warning("Thread %s was not joined: %s", channel, failure, extra=said)

    async def _guild(self, channel: str) -> str:
        """The id of the channel's server, asked for once; empty where it can not be found out."""
        try:
            known = await self._ask("GET", channel)
        except PostError:
            return ""
        found = known.get("guild_id") if isinstance(known, Mapping) else None
        self._guilds[channel] = str(found or "")
        return self._guilds[channel]

    async def _send(
        self, method: str, channel: str, what: str, body: Mapping[str, object] | bytes
    ) -> str:
        """The id of what a call made."""
        told = await self._ask(method, channel, what, body)
        if isinstance(told, Mapping) and told.get("id"):
            return str(told["id"])
        raise PostUnknown(f"Discord's answer about channel {channel} can not be read.")

    async def _ask(
        self,
        method: str,
        channel: str,
        what: str = "",
        body: Mapping[str, object] | bytes | None = None,
    ) -> object:
        """The answer about a channel; raises `PostRefused` for what is no id."""
        if not channel.isdecimal():
            raise PostRefused(SENTENCES[10003].format(channel=channel))
        return await self._online().ask(method, f"/channels/{channel}{what}", channel, body=body)

    def _online(self) -> Rest:
        if self._rest is None:
            raise PostRefused("The bot is offline: connect to Discord before posting.")
        return self._rest
