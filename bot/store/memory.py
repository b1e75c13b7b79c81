"""What the bot remembers of what it sent: the reading side of the ledger."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Executable, Row, Table, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.clock import Clock
from bot.platforms.port import Payload
from bot.store import queries, tables
from bot.store.database import speaking
from bot.store.rows import Record, State, Transition, Written, record, transition, written
from briefings.model import BriefingId
from briefings.schedule import Edition, SubscriptionId

TOGETHER = 250
"""Editions whose messages are asked for at once."""

BODIES = 512
"""Bodies kept at hand: the same one goes to thousands of channels."""


@dataclass(frozen=True, slots=True)
class Overdue:
    """A channel whose hour (UTC) passed."""

    platform: str
    channel: str
    moment: datetime


class Memory:
    """Questions about editions, messages and their moves; raises StoreError."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._reading = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._clock = clock
        self._bodies: dict[str, Payload] = {}

    async def secret(self) -> bytes:
        """The secret that markers are made with, made on first use."""
        found = await self._rows(select(tables.secret.c.value).filter_by(name="markers"))
        if found:
            value: bytes = found[0].value
            return value
        await self._insert(tables.secret, [{"name": "markers", "value": secrets.token_bytes(32)}])
        return await self.secret()

    async def editions(self, since: date) -> frozenset[Edition]:
        """The editions from a local day on that have a row, whatever became of them."""
        rows = await self._rows(queries.claimed_since(since))
        return frozenset(Edition(SubscriptionId(row.subscription), row.day) for row in rows)

    async def open_editions(self) -> tuple[Record, ...]:
        """The editions that are not finished, oldest first."""
        return tuple(record(row) for row in await self._rows(queries.still_open()))

    async def stuck(self, before: datetime, limit: int = 20) -> tuple[Record, ...]:
        """Open editions that were due before a moment, the oldest first."""
        rows = await self._rows(queries.stuck(before, limit))
        return tuple(record(row) for row in rows)

    async def numbers(self) -> Mapping[tuple[str, State], int]:
        """How many editions of a platform wait, are being sent, or are parked."""
        rows = await self._rows(queries.numbers())
        return {(row.platform, State(row.state)): row.number for row in rows}

    async def parked(self, limit: int = 100) -> tuple[Record, ...]:
        """The editions of which nobody could find out what became of them, newest first."""
        return tuple(record(row) for row in await self._rows(queries.in_state(State.PARKED, limit)))

    async def overdue(self, before: datetime, limit: int = 20) -> tuple[Overdue, ...]:
        """Subscriptions whose hour came before a moment and that have no edition for it."""
        rows = await self._rows(queries.overdue(before, limit))
        return tuple(Overdue(row.platform, row.channel, row.next_due_at) for row in rows)

    async def find(self, edition: Edition) -> Record | None:
        """An edition's row."""
        rows = await self._rows(queries.one(edition))
        return record(rows[0]) if rows else None

    async def moves(self, edition: Edition) -> tuple[Transition, ...]:
        """Every move of an edition and its messages, in their order."""
        return tuple(transition(row) for row in await self._rows(queries.moves_of(edition)))

    async def messages(self, edition: Edition) -> tuple[Written, ...]:
        """An edition's messages in their order, the card first."""
        rows = await self._rows(queries.messages_of(edition))
        bodies = await self._known_bodies({row.digest for row in rows})
        return tuple(written(row, bodies[row.digest]) for row in rows)

    async def all_messages(
        self, editions: Sequence[Edition]
    ) -> Mapping[Edition, Sequence[Written]]:
        """The messages of many editions, each in its order."""
        found: dict[Edition, list[Written]] = {}
        for some in range(0, len(editions), TOGETHER):
            rows = await self._rows(queries.messages_of_all(editions[some : some + TOGETHER]))
            bodies = await self._known_bodies({row.digest for row in rows})
            for row in rows:
                each = written(row, bodies[row.digest])
                found.setdefault(each.edition, []).append(each)
        return found

    async def history(self, platform: str, channel: str) -> Mapping[BriefingId, date]:
        """The last local day on which each briefing went to a channel, or is on its way there."""
        rows = await self._rows(queries.gone_there(platform, channel))
        return {BriefingId(row.briefing): row.day for row in rows}

    async def newest(self, limit: int) -> tuple[Record, ...]:
        """The newest editions of all channels, newest first."""
        return tuple(record(row) for row in await self._rows(queries.newest(limit)))

    async def recent(self, platform: str, channel: str, limit: int) -> tuple[Record, ...]:
        """The newest editions of a channel, whatever became of them, newest first."""
        rows = await self._rows(queries.newest_at(platform, channel, limit))
        return tuple(record(row) for row in rows)

    async def posted(self, platform: str, channel: str, briefing: BriefingId) -> Record | None:
        """The newest edition of a briefing whose card and thread stand in a channel."""
        rows = await self._rows(queries.newest_thread(platform, channel, briefing))
        return record(rows[0]) if rows else None

    async def _known_bodies(self, digests: set[str]) -> Mapping[str, Payload]:
        if digests - self._bodies.keys():
            if len(self._bodies) > BODIES:
                self._bodies.clear()
            for row in await self._rows(queries.bodies(sorted(digests))):
                self._bodies.setdefault(row.digest, row.body)
        return self._bodies

    async def _rows(self, query: Executable) -> Sequence[Row[Any]]:
        with speaking():
            async with self._reading.connect() as connection:
                return (await connection.execute(query)).all()

    async def _insert(self, table: Table, rows: list[dict[str, object]]) -> None:
        """Insert rows; where another process was quicker, its rows stand."""
        try:
            with speaking():
                async with self._engine.begin() as connection:
                    await connection.execute(table.insert(), rows)
        except IntegrityError:
            return
