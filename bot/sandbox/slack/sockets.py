"""Socket Mode: the app's WebSocket connections, and the envelopes that go over them.

https://docs.slack.dev/apis/events-api/using-socket-mode
"""

from __future__ import annotations

import asyncio
import json
import secrets
from uuid import uuid4

from aiohttp import WSMsgType, web

from bot.sandbox.side import Json
from bot.sandbox.slack.connection import Connection, Farewell
from bot.sandbox.slack.limits import ACK_SECONDS, SOCKETS_MAX
from bot.sandbox.slack.parcels import Kind, Outcome, Parcel, Receipt
from bot.sandbox.slack.reading import mapping, string
from bot.sandbox.slack.workspace import Workspace


class Sockets:
    """The open connections; each envelope goes to one of them, in turn."""

    def __init__(
        self, workspace: Workspace, complaints: list[str], ack_seconds: float = ACK_SECONDS
    ) -> None:
        self.enabled = True
        """Whether the app may open connections; `link_disabled` turns it off."""
        self.most = SOCKETS_MAX
        """Connections that the app may have at the same time."""
        self.mute = False
        """Whether new connections fall silent after "hello", as behind a dead network."""
        self.connections: list[Connection] = []
        self._complaints = complaints
        self._workspace = workspace
        self._ack_seconds = ack_seconds
        self._tickets: set[str] = set()
        self._waiting: dict[str, tuple[Connection, Parcel, asyncio.Future[Receipt]]] = {}
        self._turn = 0

    @property
    def online(self) -> bool:
        """Whether the app is connected."""
        return bool(self.connections)

    def ticket(self) -> str:
        """A ticket for one connection."""
        ticket = secrets.token_urlsafe(24)
        self._tickets.add(ticket)
        return ticket

    async def carry(self, parcel: Parcel) -> Receipt:
        """Send an envelope over one connection and wait for its acknowledgement."""
        if not self.connections:
            return Receipt(Outcome.FAILED)
        connection = self._next()
        envelope = str(uuid4())
        waiting = asyncio.get_running_loop().create_future()
        self._waiting[envelope] = connection, parcel, waiting
        try:
            await connection.send(_envelope(envelope, parcel))
            return await asyncio.wait_for(waiting, self._ack_seconds)
        except TimeoutError:
            return Receipt(Outcome.LATE)
        except ConnectionError:
            return Receipt(Outcome.FAILED)
        finally:
            del self._waiting[envelope]

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection until it ends."""
        if request.query.get("ticket") not in self._tickets:
            return web.Response(status=404, text="This ticket is unknown or was used before.")
        self._tickets.discard(request.query["ticket"])
        connection = await Connection.accept(request)
        if len(self.connections) >= self.most:
            await connection.part(Farewell.TOO_MANY)
            return connection.socket
        await self._serve(connection)
        return connection.socket

    async def disconnect(self, farewell: Farewell) -> None:
        """Have every connection end as Slack ends them; see `Farewell`."""
        self.enabled = farewell is not Farewell.DISABLED
        for connection in tuple(self.connections):
            await connection.part(farewell)

    async def close(self) -> None:
        """Hang up."""
        for connection in tuple(self.connections):
            await connection.close()

    def cut(self) -> None:
        """Lose every connection without a word, as when a network fails."""
        for connection in tuple(self.connections):
            connection.cut()

    async def _serve(self, connection: Connection) -> None:
        self.connections.append(connection)
        self._workspace.changes.ring()
        try:
            await connection.send(self._hello())
            connection.deaf = self.mute
            async for message in connection.messages():
                if message.type is WSMsgType.TEXT:
                    self._receive(message.data)
        except ConnectionError:
            pass  # They left while something was being said; that is all there is to know.
        finally:
            self.connections.remove(connection)
            self._give_up(connection)
            self._workspace.changes.ring()

    def _receive(self, text: str) -> None:
        try:
            said = mapping(json.loads(text))
        except ValueError:
            self._complaints.append("The app sent something over the socket that is not JSON.")
            return
        _, parcel, waiting = self._waiting.get(string(said.get("envelope_id")), (None, None, None))
        if waiting is None or waiting.done() or parcel is None:
            self._complaints.append("The app acknowledged an envelope that nobody waits for.")
            return
        answer = mapping(said.get("payload")) or None
        if answer and not parcel.takes_answer:
            self._complaints.append(f"An acknowledgement of {parcel.kind} cannot carry an answer.")
            answer = None
        waiting.set_result(Receipt(Outcome.TAKEN, answer))

    def _give_up(self, gone: Connection) -> None:
        for connection, _, waiting in self._waiting.values():
            if connection is gone and not waiting.done():
                waiting.set_result(Receipt(Outcome.FAILED))

    def _next(self) -> Connection:
        open_ones = [each for each in self.connections if not each.leaving] or self.connections
        self._turn += 1
        return open_ones[self._turn % len(open_ones)]

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.connections),
            "debug_info": {
                "host": "sandbox",
                "build_number": 1,
                "approximate_connection_time": 18060,
            },
            "connection_info": {"app_id": self._workspace.app.id},
        }


def _envelope(envelope_id: str, parcel: Parcel) -> Json:
    envelope: Json = {
        "envelope_id": envelope_id,
        "type": parcel.kind.value,
        "accepts_response_payload": parcel.takes_answer,
        "payload": parcel.payload,
    }
    if parcel.kind is Kind.EVENT:
        envelope |= {"retry_attempt": parcel.attempt, "retry_reason": parcel.reason}
    return envelope
