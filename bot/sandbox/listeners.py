"""The pages that listen: a stream of server-sent events that says which side changed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import web

PULSE = 15.0
"""Seconds of silence before a comment is sent, which finds out whether anyone still listens."""

HEAD = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}


@dataclass(eq=False, slots=True)
class Listener:
    """One open stream and the sides that changed since it last heard; bursts become one event."""

    changed: set[str] = field(default_factory=set)
    bell: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, name: str) -> None:
        """Remember that a side changed, and wake up."""
        self.changed.add(name)
        self.bell.set()

    async def news(self) -> bytes:
        """What to send next: an event for each changed side, or the pulse."""
        try:
            async with asyncio.timeout(PULSE):
                await self.bell.wait()
        except TimeoutError:
            return b":\n\n"
        self.bell.clear()
        names, self.changed = sorted(self.changed), set()
        return b"".join(_event(name) for name in names)


class Listeners:
    """Everybody who listens."""

    def __init__(self) -> None:
        self._open: set[Listener] = set()
        self._closed = False

    def telling(self, name: str) -> Callable[[], None]:
        """A function that tells everybody that the side `name` changed."""

        def tell() -> None:
            for listener in self._open:
                listener.hear(name)

        return tell

    def close(self) -> None:
        """End every stream."""
        self._closed = True
        for listener in self._open:
            listener.bell.set()

    async def listen(self, request: web.Request) -> web.StreamResponse:
        """The stream, open until the page or the sandbox goes away.

        https://html.spec.whatwg.org/multipage/server-sent-events.html
        """
        response = web.StreamResponse(headers=HEAD)
        await response.prepare(request)
        await self._tell(response, Listener())
        return response

    async def _tell(self, response: web.StreamResponse, listener: Listener) -> None:
        self._open.add(listener)
        try:
            # The first bytes say that the stream is open, and how soon to come back (ms).
            await response.write(b"retry: 500\n\n")
            while not self._closed:
                await response.write(await listener.news())
        except ConnectionResetError:
            pass  # the page was closed
        finally:
            self._open.discard(listener)


def _event(name: str) -> bytes:
    return f"data: {json.dumps({'platform': name})}\n\n".encode()
