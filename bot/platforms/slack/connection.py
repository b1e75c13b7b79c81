"""The connection to Slack in Socket Mode: brought up once, then kept up.

https://docs.slack.dev/apis/events-api/using-socket-mode
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from slack_bolt.app.async_app import AsyncApp

from bot.errors import PlatformError
from bot.platforms.slack.failures import FAILURES, refusal
from bot.platforms.slack.patience import PATIENCE, Patience
from bot.platforms.slack.socket import Socket

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
        self._socket: Socket | None = None
        self._sockets: list[Socket] = []
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

    async def _opened(self) -> Socket:
        socket = Socket(self._app, self._app_token, self._patience.ping)
        self._sockets.append(socket)
        try:
            # Not `wait_for`: before Python 3.12 it may swallow a cancellation.
            # https://github.com/python/cpython/issues/86296
            async with asyncio.timeout(self._patience.greet):
                await socket.greet()
        except PlatformError:
            await self._hang_up(socket)
            raise
        except FAILURES as error:
            await self._hang_up(socket)
            raise _failure(error) from None
        return socket

    async def _keep(self) -> None:
        """Replace a connection from which nothing was heard for too long."""
        clock = asyncio.get_running_loop().time
        alive = clock()
        while True:
            await self._pause(self._patience.mend / 4)
            if self._socket and self._socket.client.farewell:
                await self._come_back(self._socket)
                alive = clock()
            elif self._socket and await self._socket.client.is_connected():
                if clock() - alive > self._patience.mend / 2:
                    await self._tell()
                alive = clock()
            elif clock() - alive > self._patience.mend:
                if await self._replace():
                    await self._tell()
                alive = clock()

    async def _pause(self, seconds: float) -> None:
        """Wait so long, or until Slack wants the connection away."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await (
                    self._socket.client.turned.wait() if self._socket else asyncio.sleep(seconds)
                )

    async def _come_back(self, ended: Socket) -> None:
        """Say why Slack wants no connection, and ask for one now and then until it does."""
        log.error("%s", ended.client.farewell, extra={"action": "connection.ended"})
        await self._hang_up(ended)
        wait = self._patience.ping
        while self._socket is ended:
            await asyncio.sleep(wait)
            wait = min(2 * wait, self._patience.mend)
            with suppress(PlatformError):  # what is to be done is said already
                self._socket = await self._opened()
        log.warning("Slack's connection is back.", extra={"action": "connection.back"})
        await self._tell()

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

    async def _hang_up(self, socket: Socket) -> None:
        await socket.hang_up()
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
