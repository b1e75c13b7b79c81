"""One WebSocket connection of the app, and the ways in which Slack ends it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum

from aiohttp import WSMessage, WSMsgType, web

from bot.sandbox.side import Json

PING_SECONDS = 10.0
"""Slack pings every connection; how often is not published."""


WARNING_SECONDS = 10.0
"""https://docs.slack.dev/apis/events-api/using-socket-mode"""


class Farewell(StrEnum):
    """Why Slack ends a connection: https://docs.slack.dev/apis/events-api/using-socket-mode

    A warning comes about 10 seconds ahead and the connection works until then.
    """

    @property
    def seconds(self) -> float:
        """How long the connection still works."""
        return WARNING_SECONDS if self is Farewell.WARNING else 0

    WARNING = "warning"
    REFRESH = "refresh_requested"
    DISABLED = "link_disabled"
    TOO_MANY = "too_many_websockets"


@dataclass(eq=False, slots=True)
class Connection:
    """An accepted connection; `deaf` makes it stop answering, as a dead network does."""

    socket: web.WebSocketResponse
    request: web.Request
    leaving: bool = False
    deaf: bool = False
    ending: asyncio.Task[None] | None = None

    @classmethod
    async def accept(cls, request: web.Request) -> Connection:
        """Shake hands."""
        socket = web.WebSocketResponse(autoping=False, heartbeat=PING_SECONDS)
        await socket.prepare(request)
        return cls(socket, request)

    async def send(self, message: Json) -> None:
        """Send JSON, or nothing where the connection is deaf; raises `ConnectionError`."""
        if not self.deaf:
            await self.socket.send_json(message)

    async def messages(self) -> AsyncIterator[WSMessage]:
        """What the app says until it leaves; its pings are answered here."""
        async for message in self.socket:
            if self.deaf:
                continue
            if message.type is WSMsgType.PING:
                await self.socket.pong(message.data)
            yield message

    async def part(self, farewell: Farewell) -> None:
        """Say that the connection ends, and end it at once or, after a warning, later."""
        self.leaving = True
        await self.send(
            {"type": "disconnect", "reason": farewell.value, "debug_info": {"host": "sandbox"}}
        )
        # Waiting for the other side here would hold up the one who asked for the farewell.
        self.ending = asyncio.create_task(self._end_after(farewell.seconds))

    async def close(self) -> None:
        """Hang up now."""
        if self.ending:
            self.ending.cancel()
        await self.socket.close()

    async def _end_after(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        await self.socket.close()

    def cut(self) -> None:
        """Lose the connection without a word."""
        if self.request.transport:
            self.request.transport.abort()
