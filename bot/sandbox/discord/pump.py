"""Writes what waits on a line to its WebSocket, in order, until it is told to cut."""

from __future__ import annotations

from aiohttp import web

from bot.sandbox.discord.compression import writer
from bot.sandbox.discord.session import Cut, Line


class Pump:
    """The writing half of one gateway connection."""

    def __init__(self, line: Line, socket: web.WebSocketResponse, request: web.Request) -> None:
        self.line = line
        self.socket = socket
        self.request = request
        self.writer = writer(request.query.get("compress"))

    async def run(self) -> None:
        """Write until the line is cut."""
        while not isinstance(payload := await self.line.waiting.get(), Cut):
            await self._write(payload)
        await self._hang_up(payload)

    async def _write(self, payload: str) -> None:
        written = self.writer.write(payload)
        try:
            if isinstance(written, bytes):
                await self.socket.send_bytes(written)
            else:
                await self.socket.send_str(written)
        except ConnectionError:
            self.line.put(Cut())

    async def _hang_up(self, cut: Cut) -> None:
        if cut.code is not None:
            await self.socket.close(code=cut.code)
        elif self.request.transport is not None:
            self.request.transport.abort()
