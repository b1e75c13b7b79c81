"""The gateway's switchboard: who is connected, and which event goes to whom.

https://discord.com/developers/docs/events/gateway
"""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.sandbox.discord.guild import Body
from bot.sandbox.discord.ids import Clock
from bot.sandbox.discord.permissions import Intent
from bot.sandbox.discord.session import Cut, Line, Session
from bot.sandbox.faults import Faults, Kind

HIDDEN = {"content": "", "embeds": [], "attachments": [], "components": []}
"""What a bot without the message content intent sees instead."""

DAY = 86_400.0

RECONNECT, INVALID_SESSION = 7, 9


@dataclass(slots=True)
class Gateway:
    """All sessions of one bot."""

    clock: Clock
    me: str
    faults: Faults
    identifies: int
    sessions: dict[str, Session] = field(default_factory=dict)
    lines: set[Line] = field(default_factory=set)
    identified: deque[float] = field(default_factory=deque)

    @property
    def online(self) -> bool:
        """Whether the bot is connected and ready."""
        return any(session.line for session in self.sessions.values())

    def publish(self, event: str, body: Body, *, direct: bool = False) -> None:
        """Send an event to every session that may have it; absent ones get it when they resume."""
        for session in self._audience(event, direct=direct):
            self._send(session, event, readable(body, session.intents, self.me, event))

    def _audience(self, event: str, *, direct: bool) -> Iterator[Session]:
        sessions = list(self.sessions.values())
        return (each for each in sessions if each.wants(event, direct=direct))

    def tell(self, session: Session, event: str, body: Body) -> None:
        """Send an event to one session."""
        self._send(session, event, body)

    def _send(self, session: Session, event: str, body: Body) -> None:
        kind = self.strike(event)
        if kind is Kind.RESET:
            session.take(event, body)
            self.hang_up(session, Cut())
            return
        for _ in range(2 if kind is Kind.TWICE else 1):
            payload = session.take(event, body)
            if session.line:
                session.line.put(payload)
        self._follow(session, kind)

    def _follow(self, session: Session, kind: Kind | None) -> None:
        """What a planned fault does to a session after the event."""
        if kind is Kind.DROP:
            self.hang_up(session, Cut())
        elif kind is Kind.RECONNECT and session.line:
            session.line.tell(RECONNECT)
        elif kind is Kind.INVALID and session.line:
            session.line.tell(INVALID_SESSION, body=False)
            self.end(session)

    def strike(self, event: str) -> Kind | None:
        """The fault planned for exactly this gateway event; `*` means REST calls."""
        if not any(fault.on == event for fault in self.faults.waiting):
            return None
        fault = self.faults.strike(event)
        return fault.kind if fault else None

    def hang_up(self, session: Session, cut: Cut) -> None:
        """End a session's connection; the session stays resumable."""
        if session.line:
            session.line.put(cut)
            self.leave(session)

    def leave(self, session: Session) -> None:
        """A session's connection is gone."""
        session.line, session.left = None, self.clock()

    def open(self, intents: int, line: Line, *, hears: bool, hears_direct: bool) -> Session:
        """A new session."""
        name = secrets.token_hex(16)
        session = Session(name, intents, hears, line, hears_direct=hears_direct)
        self.sessions[session.id] = session
        return session

    def end(self, session: Session) -> None:
        """Forget a session: it cannot be resumed."""
        self.sessions.pop(session.id, None)

    def end_all(self, cut: Cut) -> None:
        """Hang up on everybody and forget them."""
        for line in list(self.lines):
            line.put(cut)
        self.sessions.clear()

    def spend_identify(self) -> int:
        """Count an identification; what remains of the day's budget, perhaps less than nothing."""
        self.identified.append(self.clock())
        return self.identifies_left()

    def identifies_left(self) -> int:
        """How many identifications remain; each comes back after a day."""
        while self.identified and self.clock() - self.identified[0] >= DAY:
            self.identified.popleft()
        return self.identifies - len(self.identified)


def readable(body: Body, intents: int, me: str, event: str = "MESSAGE_CREATE") -> Body:
    """A message as a bot of these intents may read it.

    Its own messages, direct ones and those that mention it stay readable without the content
    intent:
    https://discord.com/developers/docs/events/gateway#message-content-intent
    """
    if intents & Intent.MESSAGE_CONTENT or event not in {"MESSAGE_CREATE", "MESSAGE_UPDATE"}:
        return body
    spoken_to = "guild_id" not in body or any(each["id"] == me for each in body["mentions"])
    return body if spoken_to or body["author"]["id"] == me else {**body, **HIDDEN}
