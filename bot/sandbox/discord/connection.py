"""One gateway connection: what a bot says over it, and what it hears.

https://discord.com/developers/docs/events/gateway
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Callable, Mapping
from typing import Final

from aiohttp import WSMsgType, web

from bot.sandbox.discord import limits
from bot.sandbox.discord.forms import Wire
from bot.sandbox.discord.gateway import INVALID_SESSION, RECONNECT
from bot.sandbox.discord.greeting import WRONG_TOKEN, identify, members, resume
from bot.sandbox.discord.pump import Pump
from bot.sandbox.discord.session import Cut, Line, Session
from bot.sandbox.discord.world import World
from bot.sandbox.faults import Kind

HEARTBEAT, IDENTIFY, PRESENCE, VOICE, RESUME, MEMBERS, HELLO, ACK = 1, 2, 3, 4, 6, 8, 10, 11
UNKNOWN_OPCODE, UNREADABLE, UNIDENTIFIED, TWICE, TOO_FAST, TIMED_OUT, BAD_VERSION = (
    4001, 4002, 4003, 4005, 4008, 4009, 4012,
)  # fmt: skip
VERSIONS = {"9", "10"}
ENDING = {1000, 1001}
"""A bot that closes with one of these ends its session; with any other it may resume."""
ON_THE_WAY = 0.02
"""Seconds."""

NAMES: Final = {HEARTBEAT: "HEARTBEAT", IDENTIFY: "IDENTIFY", RESUME: "RESUME"}


class Connection:
    """A bot at the other end of a WebSocket."""

    def __init__(self, world: World, request: web.Request) -> None:
        self.world = world
        self.request = request
        self.socket = web.WebSocketResponse(heartbeat=None, compress=False)
        self.line = Line()
        self.pump = Pump(self.line, self.socket, request)
        self.session: Session | None = None
        self.said: deque[float] = deque()

    async def run(self) -> web.WebSocketResponse:
        """Talk until either side hangs up."""
        await self.socket.prepare(self.request)
        self.world.gateway.lines.add(self.line)
        pump = asyncio.create_task(self.pump.run())
        self._greet()
        try:
            await self._listen()
        finally:
            self._leave()
            self.line.put(Cut())
            await pump
        return self.socket

    def _greet(self) -> None:
        if self.request.query.get("v") not in VERSIONS:
            self.line.put(Cut(BAD_VERSION))
        interval = int(self.world.setup.heartbeat * 1000)
        self.line.tell(HELLO, {"heartbeat_interval": interval, "_trace": []})

    async def _listen(self) -> None:
        patience = self.world.setup.heartbeat * 1.5
        while not self.socket.closed:
            try:
                message = await self.socket.receive(timeout=patience)
            except TimeoutError:
                self.line.put(Cut(TIMED_OUT))
                return
            if message.type not in {WSMsgType.TEXT, WSMsgType.BINARY}:
                self._close(message.data)
                return
            self._hear(message.data)

    def _close(self, code: object) -> None:
        if code in ENDING and self.session and self.session.line is self.line:
            self.world.gateway.end(self.session)

    def _leave(self) -> None:
        self.world.gateway.lines.discard(self.line)
        if self.session and self.session.line is self.line:
            self.world.gateway.leave(self.session)
        self.world.changed()

    def _hear(self, text: str | bytes) -> None:
        code = self._too_much(text)
        if code:
            self.line.put(Cut(code))
            return
        try:
            said = json.loads(text)
            op, body = said["op"], said.get("d")
        except (ValueError, KeyError, TypeError):
            self.line.put(Cut(UNREADABLE))
            return
        if not self._struck(NAMES.get(op, "")):
            self._obey(op, body)

    def _too_much(self, text: str | bytes) -> int | None:
        now = self.world.clock()
        while self.said and now - self.said[0] >= 60:
            self.said.popleft()
        self.said.append(now)
        octets = text if isinstance(text, bytes) else text.encode()
        if len(octets) > limits.SENT_BYTES:
            return UNREADABLE
        return TOO_FAST if len(self.said) > limits.SENT_A_MINUTE else None

    def _struck(self, name: str) -> bool:
        kind = self.world.gateway.strike(name) if name else None
        match kind:
            case None:
                return False
            case Kind.INVALID:
                self.line.tell(INVALID_SESSION, body=False)
            case Kind.RECONNECT:
                self.line.tell(RECONNECT)
            case Kind.UNKNOWN:
                self.line.put(Cut(WRONG_TOKEN))
            case Kind.HANG:
                return True
            case _:
                self.line.put(Cut())
        return True

    def _obey(self, op: int, body: Wire) -> None:
        orders: Mapping[int, Callable[[Wire], None]] = {
            HEARTBEAT: self._beat,
            IDENTIFY: self._identify,
            RESUME: self._resume,
            MEMBERS: self._members,
            PRESENCE: lambda _: None,
            VOICE: lambda _: None,
        }
        if op not in orders:
            self.line.put(Cut(UNKNOWN_OPCODE))
        elif self.session is None and op not in {HEARTBEAT, IDENTIFY, RESUME}:
            self.line.put(Cut(UNIDENTIFIED))
        else:
            orders[op](body)

    def _beat(self, _: Wire) -> None:
        """Acknowledge a heartbeat, after the time that the way to the real Discord takes.

        discord.py notes when it sent one only after sending; an answer that is quicker makes it
        warn that it "can't keep up".
        """
        asyncio.get_running_loop().call_later(ON_THE_WAY, self.line.tell, ACK)

    def _identify(self, body: Wire) -> None:
        if self.session and self.session.id in self.world.gateway.sessions:
            self.line.put(Cut(TWICE))
        else:
            self._begin(identify(self.world, self.line, body))

    def _resume(self, body: Wire) -> None:
        self._begin(resume(self.world, self.line, body))

    def _begin(self, outcome: Session | Cut | None) -> None:
        if isinstance(outcome, Session):
            self.session = outcome
        elif isinstance(outcome, Cut):
            self.line.put(outcome)
        else:
            self.line.tell(INVALID_SESSION, body=False)
        self.world.changed()

    def _members(self, body: Wire) -> None:
        if self.session:
            members(self.world, self.session, body or {})
