"""The connection to Slack in Socket Mode: brought up once, then kept up.

https://docs.slack.dev/apis/events-api/using-socket-mode
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient

from bot.errors import PlatformError
from bot.platforms.slack.failures import FAILURES, refusal
from bot.platforms.slack.inline import Json
from bot.platforms.slack.patience import PATIENCE, Patience

log = logging.getLogger(__name__)


class Connection:
    """Socket Mode for a Bolt app, opened and closed inside one event loop."""

    def __init__(
        self,
        app: AsyncApp,
        app_token: str,
        patience: Patience = PATIENCE,
        missed: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """`missed` is told where the connection was away for long, and is back."""
        self._missed = missed
        self._app = app
        self._app_token = app_token
        self._patience = patience
        self._socket: AsyncSocketModeHandler | None = None
        self._sockets: list[AsyncSocketModeHandler] = []
        self._watch: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Return when Slack said "hello"; raises `PlatformError`."""
        self._socket = await self._opened()
        self._watch = asyncio.create_task(self._keep())

    async def close(self) -> None:
        """Hang up."""
        if self._watch:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
        for socket in tuple(self._sockets):
            await self._hang_up(socket)

    async def _opened(self) -> AsyncSocketModeHandler:
        socket = AsyncSocketModeHandler(
            self._app, self._app_token, logger=_discreet(), ping_interval=self._patience.ping
        )
        self._sockets.append(socket)
        try:
            # Not `wait_for`: before Python 3.12 it may swallow a cancellation.
            # https://github.com/python/cpython/issues/86296
            async with asyncio.timeout(self._patience.greet):
                await _greeted(socket)
        except FAILURES as error:
            await self._hang_up(socket)
            raise _failure(error) from None
        return socket

    async def _keep(self) -> None:
        """Replace a connection from which nothing was heard for too long."""
        clock = asyncio.get_running_loop().time
        alive = clock()
        while True:
            await asyncio.sleep(self._patience.mend / 4)
            if self._socket and await self._socket.client.is_connected():
                if clock() - alive > self._patience.mend / 2:
                    await self._tell()
                alive = clock()
            elif clock() - alive > self._patience.mend:
                if await self._replace():
                    await self._tell()
                alive = clock()

    async def _tell(self) -> None:
        """Slack repeats what it could not deliver after one minute and after five, and no more.

        https://docs.slack.dev/apis/events-api/#retries
        """
        if self._missed:
            await self._missed()

    async def _replace(self) -> bool:
        """Whether there is a fresh connection."""
        log.warning("Slack's connection is dead.", extra={"action": "connection.replaced"})
        try:
            fresh = await self._opened()
        except PlatformError as error:
            log.warning("%s", error, extra={"action": "connection.failed"})
            return False
        dead, self._socket = self._socket, fresh
        if dead:
            await self._hang_up(dead)
        return True

    async def _hang_up(self, socket: AsyncSocketModeHandler) -> None:
        """Close a socket of the SDK; one left open would never let the event loop end.

        Its message processor goes on after a cancellation until its client is closed:
        https://github.com/slackapi/python-slack-sdk/blob/v3.47.0/slack_sdk/socket_mode/async_client.py
        """
        await _hang_up(socket)
        self._sockets.remove(socket)


def _failure(error: Exception) -> PlatformError:
    if why := refusal(error):
        return PlatformError(
            f"Slack refuses SLACK_APP_TOKEN ({why}): create an app-level token with "
            "connections:write at https://api.slack.com/apps, and turn Socket Mode on."
        )
    return PlatformError(
        f"Slack opens no connection for SLACK_APP_TOKEN ({type(error).__name__}): "
        "check the network, and whether it lets WebSockets through."
    )


async def _greeted(socket: AsyncSocketModeHandler) -> None:
    """Connect, and wait until Slack says that it is ready."""
    ready = asyncio.Event()

    async def listen(_: AsyncBaseSocketModeClient, message: Json, __: str | None) -> None:
        if message.get("type") == "hello":
            ready.set()

    client = socket.client
    client.message_listeners.append(listen)
    # `connect` alone would hide a refused token and try again for ever.
    client.wss_uri = await client.issue_new_wss_url()
    await client.connect()  # type: ignore[no-untyped-call] # the SDK's own omission
    await ready.wait()


async def _hang_up(socket: AsyncSocketModeHandler) -> None:
    client = socket.client
    await client.close()  # type: ignore[no-untyped-call] # the SDK's own omission
    tasks = (client.message_processor, client.current_session_monitor, client.message_receiver)
    await asyncio.gather(*(task for task in tasks if task), return_exceptions=True)


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
