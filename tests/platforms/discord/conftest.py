"""The Discord room over the sandbox's Discord: a real socket and the real discord.py."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.platforms.desk import Completion
from bot.platforms.discord.client import DiscordPlatform
from bot.platforms.discord.connection import Patience
from bot.platforms.discord.settings import Settings
from bot.platforms.events import Event, News, Visited
from bot.platforms.port import Address
from bot.platforms.talk import Talk
from bot.sandbox.discord.setup import DEFAULT, Setup
from bot.sandbox.discord.side import DiscordSide
from bot.sandbox.server import Sandbox
from bot.sandbox.side import Json, Pressing
from briefings.blocks import Paragraph, plain
from briefings.message import Audience, Home, Message, Reply

QUICK = Patience(start=3.0, call=30.0, restart=0.01, longest=0.05)
HELLO = Message("Hello", (Paragraph(plain("From the desk.")),))


@dataclass
class Desk:
    """A desk that notes what it is asked and says what it is told to say."""

    reply: Reply = field(default_factory=lambda: Reply(HELLO))
    wait: float = 0.0
    completions: tuple[Completion, ...] = ()
    events: list[Event] = field(default_factory=list)
    news: list[News] = field(default_factory=list)
    talk: list[Talk] = field(default_factory=list)

    async def answer(self, event: Event) -> Reply:
        self.events.append(event)
        await asyncio.sleep(self.wait)
        return self.reply

    async def home(self, visit: Visited) -> Home:
        return Home("Search", "words", ())

    async def hear(self, news: News) -> None:
        self.news.append(news)

    async def listen(self, talk: Talk) -> None:
        self.talk.append(talk)

    def complete(self, text: str) -> tuple[Completion, ...]:
        return tuple(each for each in self.completions if text in each.label)


@dataclass
class Stage:
    """A platform that talks to a side, and what a test does there."""

    side: DiscordSide
    platform: DiscordPlatform
    desk: Desk
    channel: str

    @property
    def here(self) -> Address:
        return Address(self.channel)

    def bodies(self) -> list[Any]:
        """The native bodies of the messages in the channel."""
        return [each["body"] for each in self.messages()]

    def messages(self, channel: str | None = None) -> list[Json]:
        channels = self.side.state()["channels"]
        assert isinstance(channels, list)
        wanted = channel or self.channel
        found: list[Json] = next(each["messages"] for each in channels if each["id"] == wanted)
        return found

    def calls(self, ending: str) -> list[object]:
        """The bodies of the calls whose path ends so."""
        return [
            call.body
            for call in self.side.journal.calls
            if call.path.split("?")[0].endswith(ending)
        ]

    async def press(self, message: str, action: str) -> Json:
        return await self.side.press(Pressing(self.channel, message, action, "alice"))


Opens = Callable[..., Awaitable[Stage]]


@pytest.fixture
async def open_stage() -> AsyncIterator[Opens]:
    """Serves a side and brings a platform online there."""
    closing: list[Callable[[], Awaitable[None]]] = []

    async def open_(
        setup: Setup = DEFAULT,
        desk: Desk | None = None,
        patience: Patience = QUICK,
        *,
        posting_only: bool = False,
        **settings: object,
    ) -> Stage:
        side = DiscordSide(setup)
        sandbox = Sandbox([side])
        await sandbox.start()
        closing.append(sandbox.close)
        given = {key.lower(): value for key, value in side.settings().items()} | settings
        platform = DiscordPlatform(Settings.model_validate(given), patience)
        closing.append(platform.close)
        seat = desk or Desk()
        await platform.connect(None if posting_only else seat)
        return Stage(side, platform, seat, side.settings()["DISCORD_CHANNELS"])

    yield open_
    for close in reversed(closing):
        await close()


@pytest.fixture
async def stage(open_stage: Opens) -> Stage:
    """The default guild, online."""
    return await open_stage()


def for_channel(message: Message = HELLO) -> Reply:
    return Reply(message, Audience.CHANNEL)


async def until(holds: Callable[[], object], seconds: float = 5.0) -> None:
    """Let the loop run until something holds."""
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 - the sandbox tells nobody when it is done
            await asyncio.sleep(0.002)
