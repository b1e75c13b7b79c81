"""Slack as a platform of the bot, through Slack's own SDK, in Socket Mode or by signed HTTP."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import datetime
from typing import TypeVar

from slack_bolt.app.async_app import AsyncApp

from bot.errors import ChannelLost, PlatformError
from bot.platforms.abilities import Recalled
from bot.platforms.desk import Desk, Keeping
from bot.platforms.events import Channel, Place
from bot.platforms.port import Address, Payload
from bot.platforms.slack import direct
from bot.platforms.slack.absence import bar
from bot.platforms.slack.answering import Answering
from bot.platforms.slack.apps import Seat
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.channels import called, described, named
from bot.platforms.slack.connection import Connection
from bot.platforms.slack.door import Door
from bot.platforms.slack.ears import Hearing, Reader
from bot.platforms.slack.endpoint import Endpoint
from bot.platforms.slack.failures import BlocksRefused
from bot.platforms.slack.history import said_since
from bot.platforms.slack.inbound import NAME
from bot.platforms.slack.links import link
from bot.platforms.slack.patience import PATIENCE, Patience
from bot.platforms.slack.render import draw, editing, is_marked, posting_bytes, without_images
from bot.platforms.slack.settings import Settings
from bot.platforms.slack.taken_in import TakenIn
from bot.platforms.slack.ways_in import secret_of, way_in
from bot.platforms.talk import Missed
from bot.platforms.wire import Once
from briefings.message import Message

T = TypeVar("T")


class SlackPlatform:
    """One workspace, that of the settings or behind a door; nothing is opened before a call."""

    def __init__(
        self, settings: Settings, patience: Patience = PATIENCE, door: Door | None = None
    ) -> None:
        self.name = door.name if door else NAME
        self._door = door
        self._settings = settings
        self._patience = patience
        self._open_calls: Calls | None = None
        self._connection: Connection | Endpoint | Seat | None = None
        self._answering: Answering | None = None
        self._own_ids: frozenset[str] = frozenset()
        self._open_reader: Reader | None = None
        self._drawn = Once(json.dumps)

    def draw(self, message: Message) -> tuple[Payload, ...]:
        """The message as one payload, or as several where it exceeds a limit."""
        return draw(message)

    async def connect(self, desk: Desk | None) -> None:
        """Come online, and be reached where there is a desk; raises `PlatformError`."""
        try:
            self._own_ids = await self._calls.identify()
            if desk:
                await self._listen(desk)
        except PlatformError:
            await self.close()
            raise

    async def post(self, to: Address, payload: Payload, marker: str) -> str:
        """Send one message and return its `ts`; without its pictures where Slack wants none."""
        return await self._sent(payload, lambda body: self._post(to, body, marker))

    async def edit(self, at: Address, message: str, payload: Payload, marker: str) -> None:
        """Put a payload in the place of a message of ours, as `post` would send it."""
        await self._sent(payload, lambda body: self._edit(at, message, body, marker))

    async def open_thread(self, channel: str, card: str, title: str) -> str:  # noqa: ARG002
        """The card's own `ts`, which is what Slack calls its thread."""
        return card

    async def find(self, at: Address, marker: str, since: datetime) -> str | None:
        """Our message with this marker, sent after `since`; looks through everything said since."""
        async for said in said_since(self._calls, at, since):
            ours = self._own_ids & {str(said.get("bot_id")), str(said.get("user"))}
            if ours and is_marked(said, marker):
                return str(said["ts"])
        return None

    async def link(self, at: Address, message: str) -> str | None:
        """The web address of a message, or of the thread under it."""
        return await link(self._calls, at, message)

    async def recall(self, at: Address, more: str | None = None) -> Recalled:
        """A page of a thread: at most 15 messages, which is all that some apps get."""
        return await self._reader.recall(self.name, at, more)

    async def tell(self, person: str, payload: Payload) -> None:
        """Send one message to one person, in the direct messages with the bot."""
        await direct.tell(self._calls, person, await self._reader.named(payload))

    async def called(self, channel: str) -> str:
        """A channel's name; its id where Slack does not tell."""
        return await called(self._calls, channel)

    async def introduced(self, people: Collection[str]) -> Mapping[str, str]:
        """The names of people, as far as Slack tells them."""
        return await self._reader.names.of(people)

    async def named(self, channel: str, workspace: str) -> Channel | None:  # noqa: ARG002
        """The channel of this id or name that the bot is in."""
        return await named(self._calls, channel)

    async def bar(self, channel: str) -> str | None:
        """Why nothing can be posted in a channel; nothing where it can."""
        try:
            return bar(await described(self._calls, channel))
        except ChannelLost as lost:
            return lost.reason

    async def work(self, event: Mapping[str, object]) -> None:
        """Do what an event of the inbox asks; raises PlatformError where nobody listens."""
        if self._answering is None:
            raise PlatformError("Slack is not listened to here: the event waits for who does.")
        await self._answering.work(dict(event))

    async def close(self) -> None:
        """Hang up and let go of every connection."""
        if self._connection:
            await self._connection.close()
        if self._answering:
            await self._answering.finish()
        if self._open_calls:
            await self._open_calls.close()
        self._connection, self._answering, self._open_calls = None, None, None
        self._open_reader = None

    @property
    def _calls(self) -> Calls:
        if self._open_calls is None:
            token = secret_of(self._settings.slack_bot_token)
            key = self._door.key if self._door else None
            url, seconds = self._settings.slack_api_url, self._patience.call
            self._open_calls = Calls(token, url, seconds, key)
        return self._open_calls

    @property
    def _reader(self) -> Reader:
        if self._open_reader is None:
            self._open_reader = Reader(self._calls, self._own_ids)
        return self._open_reader

    async def _listen(self, desk: Desk) -> None:
        secret = secret_of(self._settings.slack_signing_secret)
        app = AsyncApp(
            client=self._calls.web, logger=logging.getLogger("slack_bolt"), signing_secret=secret
        )
        heard = self._door.desk(desk) if self._door else desk
        hearing = Hearing(heard, self._reader)
        inbox = desk.inbox if isinstance(desk, Keeping) else None
        taken_in = TakenIn(inbox, self.name, self._own_ids)
        self._answering = Answering(heard, self._calls, hearing, self._patience, taken_in)
        self._answering.listen(app)

        async def missed() -> None:
            await heard.listen(Missed(Place(self.name, "", "")))

        alone = (self._settings, self._patience, missed)
        self._connection = self._door.seat(app) if self._door else way_in(app, *alone)
        await self._connection.open()

    async def _sent(self, payload: Payload, send: Callable[[Payload], Awaitable[T]]) -> T:
        payload = await self._reader.named(payload)
        try:
            return await send(payload)
        except BlocksRefused:
            plainer = without_images(payload)
            if plainer == payload:
                raise
            return await send(plainer)

    async def _post(self, to: Address, payload: Payload, marker: str) -> str:
        body = posting_bytes(to, self._drawn.of(payload), marker)
        said = await self._calls.post(to.channel, body)
        return str(said["ts"])

    async def _edit(self, at: Address, message: str, payload: Payload, marker: str) -> None:
        await self._calls.send("chat.update", editing(at, message, payload, marker))
