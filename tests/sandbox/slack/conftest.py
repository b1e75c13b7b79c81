"""A Slack that is served on loopback, and a real bot that is connected to it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack.delivery import Patience
from bot.sandbox.slack.side import SlackSide

SOON = Patience(ack_seconds=0.3, retry_after=(0.0, 0.05, 0.05))
DAILY = "C0DAILY01"


class Clock:
    """A clock that goes only where it is put."""

    def __init__(self) -> None:
        self.now = 1_795_000_000.0

    def __call__(self) -> float:
        return self.now


@asynccontextmanager
async def serve(side: SlackSide) -> AsyncIterator[SlackSide]:
    """The side on a free port of this computer."""
    listener = socket.create_server(("127.0.0.1", 0))
    app = web.Application()
    side.add_routes(app, f"http://127.0.0.1:{listener.getsockname()[1]}")
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.SockSite(runner, listener).start()
    try:
        yield side
    finally:
        await side.close()
        await runner.cleanup()


def web_client(side: SlackSide, token: str | None = None) -> AsyncWebClient:
    """The real client, which must not send again on its own."""
    settings = side.settings()
    chosen = settings["SLACK_BOT_TOKEN"] if token is None else token
    return AsyncWebClient(chosen, settings["SLACK_API_URL"], retry_handlers=[])


@dataclass(frozen=True)
class Bot:
    """A Bolt app and the side that it is connected to."""

    side: SlackSide
    app: AsyncApp
    client: AsyncWebClient


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def side() -> AsyncIterator[SlackSide]:
    async with serve(SlackSide(limits=False, patience=SOON)) as served:
        yield served


@pytest.fixture
def client(side: SlackSide) -> AsyncWebClient:
    return web_client(side)


Connecting = Callable[[SlackSide], Awaitable[Bot]]


@pytest.fixture
async def connect() -> AsyncIterator[Connecting]:
    async with AsyncExitStack() as stack:

        async def connecting(side: SlackSide) -> Bot:
            client = web_client(side)
            app = AsyncApp(client=client, raise_error_for_unhandled_request=False)
            socket_mode = AsyncSocketModeHandler(app, side.workspace.app.app_token, ping_interval=1)
            stack.push_async_callback(_hang_up, socket_mode)
            already = len(side.slack.delivery.sockets.connections)
            await socket_mode.connect_async()
            await side.until(lambda: len(side.slack.delivery.sockets.connections) > already)
            return Bot(side, app, client)

        yield connecting


async def _hang_up(socket_mode: AsyncSocketModeHandler) -> None:
    await socket_mode.close_async()
    await asyncio.sleep(0)


@pytest.fixture
async def bot(side: SlackSide, connect: Connecting) -> Bot:
    return await connect(side)
