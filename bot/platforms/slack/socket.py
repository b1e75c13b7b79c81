"""One connection of the SDK, which does not come again at once where Slack wants it away.

The SDK asks for another connection after every farewell, however many Slack just refused:
https://github.com/slackapi/node-slack-sdk/issues/1654
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from time import time

from slack_bolt.adapter.socket_mode.async_base_handler import AsyncBaseSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.errors import PlatformError
from bot.platforms.slack.inline import Json

FAREWELLS = {
    "link_disabled": (
        "Slack ended the connection, because Socket Mode was switched off: switch it on under"
        " Socket Mode at https://api.slack.com/apps, and the bot comes back by itself."
    ),
    "too_many_websockets": (
        "Slack ended the connection, because an app may have 10 of them: stop other processes that"
        " use this SLACK_APP_TOKEN; the bot tries again by itself."
    ),
}
"""What to do where Slack ends a connection for longer; it renews all others at once.
https://docs.slack.dev/apis/events-api/using-socket-mode"""

SHORT = 1_000
"""Characters of the longest farewell: what is longer is none, and is read once alone."""


class Client(SocketModeClient):
    """The SDK's client; `turned` is set by its greeting, and by a farewell for longer."""

    def __init__(self, app: AsyncApp, app_token: str, ping: float) -> None:
        super().__init__(app_token, logger=_discreet(), web_client=app.client, ping_interval=ping)
        self.farewell = ""
        """What to do about Slack's last word, where that was one for longer."""
        self.turned = asyncio.Event()

    async def enqueue_message(self, message: str) -> None:
        """Take what came over the connection; a farewell for longer ends it."""
        if farewell := farewell_in(message):
            self.auto_reconnect_enabled = self.default_auto_reconnect_enabled = False
            self.farewell = farewell
            self.turned.set()
            return
        await super().enqueue_message(message)


class Socket(AsyncBaseSocketModeHandler):
    """A Bolt app's way to such a client."""

    client: Client

    def __init__(self, app: AsyncApp, app_token: str, ping: float) -> None:
        self.app = app
        self.client = Client(app, app_token, ping)
        self._requests = app
        self.client.socket_mode_request_listeners.append(self.handle)

    async def handle(self, client: AsyncBaseSocketModeClient, req: SocketModeRequest) -> None:
        """Bring a request to the app, and its acknowledgement back."""
        began = time()
        await send_async_response(client, req, await run_async_bolt_app(self._requests, req), began)

    async def greet(self) -> None:
        """Return when Slack says that it is ready; raises PlatformError where it wants none."""
        client = self.client

        async def listen(_: AsyncBaseSocketModeClient, message: Json, __: str | None) -> None:
            if message.get("type") == "hello":
                client.turned.set()

        client.message_listeners.append(listen)
        # `connect` alone would hide a refused token, and tell the log of each try for ever.
        said = await client.web_client.apps_connections_open(app_token=client.app_token)
        client.wss_uri = said["url"]
        await client.connect()  # type: ignore[no-untyped-call] # the SDK's own omission
        await client.turned.wait()
        client.message_listeners.remove(listen)
        if client.farewell:
            raise PlatformError(client.farewell)
        client.turned.clear()

    async def hang_up(self) -> None:
        """Let go of it; one left open would never let the event loop end.

        Its message processor goes on after a cancellation until its client is closed:
        https://github.com/slackapi/python-slack-sdk/blob/v3.47.0/slack_sdk/socket_mode/async_client.py
        """
        client = self.client
        await client.close()  # type: ignore[no-untyped-call] # the SDK's own omission
        tasks = (client.message_processor, client.current_session_monitor, client.message_receiver)
        await asyncio.gather(*(task for task in tasks if task), return_exceptions=True)


def farewell_in(message: str) -> str:
    """What to do about a farewell for longer; nothing for all else that Slack says."""
    if len(message) > SHORT or "disconnect" not in message:
        return ""
    try:
        said = json.loads(message)
    except ValueError:
        return ""
    match said:
        case {"type": "disconnect", "reason": str(reason)}:
            return FAREWELLS.get(reason, "")
        case _:
            return ""


class _Discreet(logging.Filter):
    """Keeps the addresses of sockets, which let anybody in, out of the SDK's log."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = re.sub(r"wss?://\S+", "…", record.getMessage())
        record.args, record.exc_info = (), None
        return True


def _discreet() -> logging.Logger:
    logger = logging.getLogger("slack_sdk.socket")
    if not logger.filters:
        logger.addFilter(_Discreet())
    return logger
