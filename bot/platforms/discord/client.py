"""Discord as a platform of the bot, through discord.py."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from bot.errors import ChannelLost, PlatformError, PostError, PostRefused
from bot.platforms.abilities import Recalled
from bot.platforms.desk import Desk
from bot.platforms.discord.absence import LOST
from bot.platforms.discord.budget import Budget
from bot.platforms.discord.connection import Connection, Patience
from bot.platforms.discord.detours import Detours, read_id
from bot.platforms.discord.dress import Dress
from bot.platforms.discord.failures import Refused
from bot.platforms.discord.gateway import Gateway
from bot.platforms.discord.history import find, find_post
from bot.platforms.discord.inbound import NAME
from bot.platforms.discord.publishing import publish
from bot.platforms.discord.reaching import introduced, known, named, tell, why_barred
from bot.platforms.discord.recalling import recall
from bot.platforms.discord.refusals import SENTENCES
from bot.platforms.discord.render import draw
from bot.platforms.discord.requests import Stencil
from bot.platforms.discord.rest import Rest
from bot.platforms.discord.settings import Settings
from bot.platforms.discord.spots import Spots
from bot.platforms.discord.threads import open_under
from bot.platforms.events import Channel
from bot.platforms.port import Address, Payload
from bot.platforms.wire import Once
from briefings.message import Message


class DiscordPlatform:
    """Discord; a thread is a channel there, and its id stands wherever a channel's may."""

    def __init__(self, settings: Settings, patience: Patience | None = None) -> None:
        self._settings = settings
        self._patience = patience or Patience()
        self._connection: Connection | None = None
        self._rest: Rest | None = None
        self._stencils = Once(Stencil.of)
        self._dress = Dress(settings.discord_layout)
        self._budget = Budget(time.monotonic)
        self._spots = Spots(self._reach, self._kind)
        self._detours = Detours(self._reach, self._spots, self._dress)

    @property
    def name(self) -> str:
        """The key of the registry."""
        return NAME

    @property
    def hears_words(self) -> bool:
        """Whether the bot asks for what people write."""
        return self._settings.discord_message_content

    def draw(self, message: Message) -> tuple[Payload, ...]:
        """The message as Discord's components."""
        return draw(message)

    async def connect(self, desk: Desk | None) -> None:
        """Come online and, with a desk, stay online; raises `PlatformError`."""
        token = self._settings.discord_bot_token
        if token is None:
            raise PlatformError("DISCORD_BOT_TOKEN is not set: the bot can not come online.")
        given = token.get_secret_value(), self._settings.discord_api_url, self._patience
        connection = Connection(lambda: self._gateway(desk), *given, self._budget.pause)
        await (connection.open() if desk else connection.open_to_post())
        self._connection = connection
        self._rest = Rest(given[0], given[1], self._patience.call)

    async def post(self, to: Address, payload: Payload, marker: str) -> str:
        """Send one message and return its id."""
        try:
            sent = await self._post(to, payload, marker)
        except Refused as refused:
            if to.thread is None and refused.code in LOST:
                raise ChannelLost(str(refused), LOST[refused.code]) from refused
            raise
        await self._publish(to, sent)
        return sent

    def spent(self, to: Address) -> float:
        """Seconds for which Discord takes nothing more there, as its last answer said."""
        return self._online().allowance.spent(to.thread or to.channel)

    async def edit(self, at: Address, message: str, payload: Payload, marker: str) -> None:
        """Put a payload in the place of a message of ours; `allowed_mentions` goes along."""
        await self._detours.edit(at, message, payload, marker)

    async def open_thread(self, channel: str, card: str, title: str) -> str:
        """The id of the card's thread, which the bot joins so that it hears what is said there."""
        return await open_under(self._reach, self._detours, channel, card, title)

    async def find(self, at: Address, marker: str, since: datetime) -> str | None:
        """The id of our message with this marker, sent after `since`."""
        spot = await self._spots.at(at.thread or at.channel)
        if spot.is_forum:
            return await find_post(self._reach, spot.id, spot.server, marker, since)
        found = await find(self._reach, spot.id, marker, since)
        if found:
            await self._publish(at, found)
        return found

    async def recall(self, at: Address, more: str | None = None) -> Recalled:
        """A page of what people said in a thread, oldest first."""
        return await recall(self._reach, self._spots, at, more, reads=self.hears_words)

    async def link(self, at: Address, message: str) -> str | None:
        """The message's address in Discord's own client."""
        try:
            spot = await self._spots.at(at.thread or at.channel)
        except PostError:
            return None
        channel = message if spot.is_forum else spot.id
        return f"https://discord.com/channels/{spot.server}/{channel}/{message}"

    async def tell(self, person: str, payload: Payload) -> None:
        """Send one message to one person, in the direct messages with the bot."""
        await tell(self._reach, self._dress, person, payload)

    async def called(self, channel: str) -> str:
        """A channel's name; its id where Discord does not tell."""
        seen = known(self._connection, channel)
        return seen.name if seen else channel

    async def introduced(self, people: Collection[str]) -> Mapping[str, str]:
        """The names of people, as far as Discord tells them."""
        return await introduced(self._connection, people)

    async def named(self, channel: str, workspace: str) -> Channel | None:
        """The channel of a server with this id or name, as far as the session told of it."""
        return named(self._connection, channel, workspace)

    async def bar(self, channel: str) -> str | None:
        """Why nothing can be posted in a channel; nothing where it can."""
        return await why_barred(known(self._connection, channel), self._spots, channel)

    async def close(self) -> None:
        """Go offline."""
        if self._connection is not None:
            await self._connection.close()
            self._connection = None
        if self._rest is not None:
            await self._rest.close()
            self._rest = None

    def _gateway(self, desk: Desk | None) -> Gateway:
        content = self._settings.discord_message_content
        return Gateway(
            desk,
            message_content=content,
            dress=self._dress,
            budget=self._budget,
            again=self._connection is not None,
            announce_within=self._patience.announce,
        )

    def _kind(self, channel: str) -> int | None:
        """The type of a channel, where the session told of it."""
        seen = known(self._connection, channel)
        return seen.type.value if seen else None

    async def _post(self, to: Address, payload: Payload, marker: str) -> str:
        try:
            return await self._try(to, payload, marker)
        except Refused as refused:
            if not await self._detours.lead_on(refused, to):
                raise
        return await self._try(to, payload, marker)

    async def _try(self, to: Address, payload: Payload, marker: str) -> str:
        """The usual way with bytes that are ready, or the one that is known to be open."""
        if not self._detours.is_usual(to):
            return await self._detours.post(to, payload, marker)
        body = self._stencils.of(payload).filled(marker)
        channel = to.thread or to.channel
        told = await self._reach("POST", f"/channels/{channel}/messages", channel, body=body)
        return read_id(told, channel)

    async def _publish(self, at: Address, message: str) -> None:
        if self._settings.discord_publish and at.thread is None:
            await publish(self._reach, self._spots, at.channel, message)

    async def _reach(self, method: str, path: str, channel: str, **how: Any) -> object:  # noqa: ANN401 - see `Ask`
        """The answer about a channel; raises `PostRefused` for what is no id."""
        if not channel.isdecimal():
            raise PostRefused(SENTENCES[10003].format(channel=channel))
        return await self._online().ask(method, path, channel, **how)

    def _online(self) -> Rest:
        if self._rest is None:
            raise PostRefused("The bot is offline: connect to Discord before posting.")
        return self._rest
