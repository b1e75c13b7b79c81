"""A Slack that is served on loopback, and real bots that are connected to it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack.delivery import Patience
from bot.sandbox.slack.side import SlackSide

SOON = Patience(ack_seconds=0.3, retry_after=(0.0, 0.02, 0.02))
DAILY = "C0DAILY01"
GENERAL = "C0GENERAL1"
ALICE = "U0ALICE001"
BOB = "U0BOB00001"


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
    return AsyncWebClient(chosen, settings["SLACK_API_URL"], timeout=2, retry_handlers=[])


@dataclass(frozen=True)
class Bot:
    """A Bolt app, its Socket Mode connection and the side that it is connected to."""

    side: SlackSide
    app: Any
    client: AsyncWebClient
    socket_mode: Any


Connecting = Callable[[SlackSide], Awaitable[Bot]]


def connecting(stack: AsyncExitStack) -> Connecting:
    """A function that connects a Bolt app to a side; the stack hangs up at its end."""

    async def connect(side: SlackSide) -> Bot:
        client = web_client(side)
        app: Any = AsyncApp(client=client, raise_error_for_unhandled_request=False)
        token = side.workspace.app.app_token
        socket_mode: Any = AsyncSocketModeHandler(app, token, ping_interval=1)
        stack.push_async_callback(_hang_up, socket_mode)
        already = len(connections(side))
        await socket_mode.connect_async()
        await side.until(lambda: len(connections(side)) > already)
        return Bot(side, app, client, socket_mode)

    return connect


async def _hang_up(socket_mode: Any) -> None:
    await socket_mode.close_async()
    await asyncio.sleep(0)


def connections(side: SlackSide) -> list[Any]:
    """The side's open sockets."""
    return list(side.slack.delivery.sockets.connections)


def messages(side: SlackSide, channel: str = DAILY) -> list[Any]:
    """A channel's messages as the page sees them."""
    channels: Any = side.state()["channels"]
    return next(each["messages"] for each in channels if each["id"] == channel)


def texts(side: SlackSide, channel: str = DAILY) -> list[str]:
    """The texts of a channel's messages."""
    return [each["body"]["text"] for each in messages(side, channel)]


async def error(call: Awaitable[Any]) -> str:
    """The error code of a call, or an empty text where it went well."""
    try:
        await call
    except SlackApiError as refused:
        return str(refused.response["error"])
    return ""


def button(action: str = "open", value: str = "section-2", label: str = "What's next?") -> Any:
    """An actions block with one button."""
    text = {"type": "plain_text", "text": label}
    element = {"type": "button", "action_id": action, "value": value, "text": text}
    return {"type": "actions", "block_id": f"block-{action}", "elements": [element]}


def section(text: str, **more: Any) -> Any:
    """A section block with mrkdwn."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, **more}}


def rich(*parts: Any) -> Any:
    """A rich text block with one section."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [*parts]}]}
