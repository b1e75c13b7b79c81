"""A Discord of the sandbox on a real socket, and what tests do with it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import discord
import pytest
import yarl
from aiohttp import ClientSession, web
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.sandbox.discord.setup import DEFAULT, Setup
from bot.sandbox.discord.side import DiscordSide

PATIENCE = 5.0


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
        self.heard: asyncio.Queue[discord.Message] = asyncio.Queue()
        self.ready = asyncio.Event()
        self.resumed = asyncio.Event()

    async def on_ready(self) -> None:
        self.ready.set()

    async def on_resumed(self) -> None:
        self.resumed.set()

    async def on_message(self, message: discord.Message) -> None:
        self.heard.put_nowait(message)

    async def hear(self) -> discord.Message:
        """The next message."""
        async with asyncio.timeout(PATIENCE):
            return await self.heard.get()

    def channel(self, name: str = "daily-briefing") -> discord.TextChannel:
        found = discord.utils.get(self.get_all_channels(), name=name)
        assert isinstance(found, discord.TextChannel)
        return found


@dataclass
class Town:
    """A side that is served, and the bots that visit it."""

    side: DiscordSide
    clock: Clock | None
    web: ClientSession
    visits: list[tuple[discord.Client, asyncio.Task[None]]] = field(default_factory=list)

    async def visit(self, *intents: str) -> Bot:
        """A bot that has logged in and is ready."""
        wanted = discord.Intents(guilds=True, guild_messages=True)
        for intent in intents:
            setattr(wanted, intent, True)
        bot = Bot(wanted)
        self.start(bot)
        async with asyncio.timeout(PATIENCE):
            await bot.ready.wait()
        return bot

    def start(self, bot: discord.Client, token: str | None = None) -> asyncio.Task[None]:
        """Let a client log in."""
        task = asyncio.create_task(bot.start(token or self.side.world.token))
        self.visits.append((bot, task))
        return task

    async def call(
        self, method: str, path: str, body: object = None, token: str | None = ""
    ) -> tuple[int, Any]:
        """Call the REST API without a library: status and JSON."""
        bearer = self.side.world.token if token == "" else token
        headers = {"Authorization": f"Bot {bearer}"} if bearer else {}
        url = self.side.settings()["DISCORD_API_URL"] + path
        async with self.web.request(method, url, json=body, headers=headers) as answer:
            return answer.status, await answer.json() if answer.status != 204 else None

    @property
    def state(self) -> dict[str, Any]:
        """What the page shows."""
        return dict(self.side.state())

    def messages(self, channel: str = "daily-briefing") -> list[dict[str, Any]]:
        """The messages of a channel as the page shows them."""
        named = {each["name"]: each["messages"] for each in self.state["channels"]}
        found: list[dict[str, Any]] = named[channel]
        return found

    def place(self, channel: str = "daily-briefing") -> str:
        """The path of a channel."""
        return f"/channels/{self.side.channel(channel).id}"

    async def send(self, channel: str = "daily-briefing", **body: object) -> tuple[int, Any]:
        """Post a message as the bot, without a library."""
        return await self.call("POST", f"{self.place(channel)}/messages", body)

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait for a change after which something holds."""
        changed = asyncio.Event()
        self.side.watch(changed.set)
        async with asyncio.timeout(PATIENCE):
            while not holds():
                changed.clear()
                await changed.wait()

    async def close(self) -> None:
        """Let every bot go."""
        for bot, task in self.visits:
            await bot.close()
            await asyncio.gather(task, return_exceptions=True)
        await self.side.close()
        await self.web.close()


Opens = Callable[..., Awaitable[Town]]


@asynccontextmanager
async def serving(
    monkeypatch: pytest.MonkeyPatch, setup: Setup = DEFAULT, clock: Clock | None = None
) -> AsyncIterator[Town]:
    """Serve a side on a port of its own, and point discord.py at it."""
    side = DiscordSide(setup, clock) if clock else DiscordSide(setup)
    listener = socket.create_server(("127.0.0.1", 0))
    app = web.Application()
    side.add_routes(app, f"http://127.0.0.1:{listener.getsockname()[1]}")
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.SockSite(runner, listener).start()
    monkeypatch.setattr(Route, "BASE", side.settings()["DISCORD_API_URL"])
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(side.gateway_url))
    town = Town(side, clock, ClientSession())
    try:
        yield town
    finally:
        await town.close()
        await runner.cleanup()
