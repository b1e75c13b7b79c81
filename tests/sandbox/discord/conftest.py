"""A Discord of the sandbox on a real socket, and real clients that log in to it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import discord
import pytest
import yarl
from aiohttp import web
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.sandbox.discord.setup import DEFAULT, Setup
from bot.sandbox.discord.side import DiscordSide
from bot.sandbox.side import Json


@dataclass
class Clock:
    """A clock that tests set forward by hand."""

    now: float = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


class Bot(discord.Client):
    """An ordinary discord.py client with a command tree, which notes what it hears."""

    def __init__(self, intents: discord.Intents) -> None:
        super().__init__(intents=intents, guild_ready_timeout=0.05)
        self.tree = app_commands.CommandTree(self)
        self.heard: list[discord.Message] = []
        self.began = asyncio.Event()
        self.resumed = asyncio.Event()
        self.spoken_to = asyncio.Event()

    async def on_ready(self) -> None:
        self.began.set()

    async def on_resumed(self) -> None:
        self.resumed.set()

    async def on_message(self, message: discord.Message) -> None:
        self.heard.append(message)
        self.spoken_to.set()


@dataclass
class Town:
    """A side that is served, and the bots that visit it."""

    side: DiscordSide
    origin: str
    clock: Clock | None
    visits: list[tuple[discord.Client, asyncio.Task[None]]] = field(default_factory=list)

    async def visit(self, *intents: str) -> Bot:
        """A bot that has logged in and is ready."""
        wanted = discord.Intents(guilds=True, guild_messages=True)
        for intent in intents:
            setattr(wanted, intent, True)
        bot = Bot(wanted)
        self.start(bot)
        await until(bot.is_ready)
        return bot

    def start(self, bot: discord.Client) -> asyncio.Task[None]:
        task = asyncio.create_task(bot.start(self.side.world.token))
        self.visits.append((bot, task))
        return task

    def messages(self, channel: str = "daily-briefing") -> list[Json]:
        """The messages of a channel as the page shows them."""
        channels = self.side.state()["channels"]
        assert isinstance(channels, list)
        found: list[Json] = next(each["messages"] for each in channels if each["name"] == channel)
        return found

    async def close(self) -> None:
        for bot, task in self.visits:
            await bot.close()
            await asyncio.gather(task, return_exceptions=True)


async def until(holds: Callable[[], object], seconds: float = 5.0) -> None:
    """Let the loop run until something holds."""
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.002)


Opens = Callable[..., Awaitable[Town]]


@pytest.fixture
async def open_town(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Opens]:
    """Serves a side and points discord.py at it."""
    opened: list[tuple[Town, web.AppRunner]] = []

    async def serve(setup: Setup = DEFAULT, clock: Clock | None = None) -> Town:
        side = DiscordSide(setup, clock) if clock else DiscordSide(setup)
        listener = socket.create_server(("127.0.0.1", 0))
        origin = f"http://127.0.0.1:{listener.getsockname()[1]}"
        app = web.Application()
        side.add_routes(app, origin)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.SockSite(runner, listener).start()
        monkeypatch.setattr(Route, "BASE", side.settings()["DISCORD_API_URL"])
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(side.gateway_url))
        opened.append((town := Town(side, origin, clock), runner))
        return town

    yield serve
    for town, runner in opened:
        await town.close()
        await town.side.close()
        await runner.cleanup()


@pytest.fixture
async def town(open_town: Opens) -> Town:
    """The default guild."""
    return await open_town()
