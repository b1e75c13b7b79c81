"""The copies of briefings that stand in channels, and up to where they were corrected."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Column, Executable, Row, String, Table, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.clock import Clock
from bot.platforms.port import Payload
from bot.store import shelves, tables
from bot.store.database import speaking
from bot.store.markers import marker
from bot.store.rows import Draft, Record, digest, key, message_rows, record
from bot.store.states import OPEN, STANDS, State
from bot.store.tables import metadata
from briefings.model import BriefingId
from briefings.schedule import Edition, SubscriptionId

correction = Table(
    "correction",
    metadata,
    Column("platform", String(40), primary_key=True),
    Column("revision", BigInteger, nullable=False),
)
"""The revision of the library up to which every copy on a platform is corrected."""

_edition, _message, _briefing = tables.edition.c, tables.message.c, shelves.briefing.c

SOME = 100
"""Editions, and briefings, that are fetched at once."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A message of a copy: its number, its id on the platform and the digest of what it says."""

    number: int
    id: str
    marker: str
    digest: str


@dataclass(frozen=True, slots=True)
class Copy:
    """An edition's post, and its messages that stand in the channel."""

    record: Record
    messages: tuple[Standing, ...]


class Copies:
    """Every method is one transaction; raises StoreError where the database does not answer."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    async def begin(self, platform: str, now: int) -> int:
        """Up to where a platform's copies are corrected; of a new platform's, up to `now`."""
        async with _changing(self._engine) as connection:
            rows = await connection.execute(select(correction).filter_by(platform=platform))
            if found := rows.one_or_none():
                return int(found.revision)
            await connection.execute(correction.insert().values(platform=platform, revision=now))
            return now

    async def settle(self, platform: str, revision: int) -> None:
        """Write down up to where the copies are corrected."""
        async with _changing(self._engine) as connection:
            query = update(correction).filter_by(platform=platform).values(revision=revision)
            await connection.execute(query)

    async def edited(self, after: int, until: int) -> tuple[tuple[int, BriefingId], ...]:
        """The briefings that changed after a revision, and at another one at the latest, in order.

        Those that are as they came cannot have been posted otherwise, and are left out.
        """
        query = (
            select(_briefing.revision, _briefing.id)
            .where(_briefing.revision > after, _briefing.revision <= until)
            .where(_briefing.version > 1)
            .order_by(_briefing.revision, _briefing.id)
            .limit(SOME)
        )
        return tuple((row.revision, BriefingId(row.id)) for row in await self._rows(query))

    async def is_open(self, platform: str, briefing: BriefingId) -> bool:
        """Whether a post of a briefing is still to go out as it was."""
        query = select(_edition.day).where(
            _edition.platform == platform, _edition.briefing == briefing, _edition.state.in_(OPEN)
        )
        return bool(await self._rows(query.limit(1)))

    async def of(
        self, platform: str, briefing: BriefingId, after: Edition | None = None
    ) -> tuple[Copy, ...]:
        """Some copies of a briefing whose editions come after another one's."""
        query = (
            select(tables.edition)
            .where(_edition.platform == platform, _edition.briefing == briefing)
            .where(_edition.state == State.SENT)
            .order_by(_edition.subscription, _edition.day)
            .limit(SOME)
        )
        if after:
            place = tuple_(_edition.subscription, _edition.day)
            query = query.where(place > (after.subscription, after.day))
        records = [record(row) for row in await self._rows(query)]
        standing = await self._standing([each.plan.edition for each in records])
        return tuple(Copy(each, tuple(standing.get(each.plan.edition, ()))) for each in records)

    async def wrote(self, edition: Edition, number: int, payload: Payload) -> None:
        """Write down what a message says from now on."""
        async with _changing(self._engine) as connection:
            await _keep(connection, payload)
            query = update(tables.message).filter_by(**key(edition), number=number)
            await connection.execute(query.values(digest=digest(payload)))

    async def add(self, copy: Copy, number: int, payload: Payload, secret: bytes) -> None:
        """Write a further message of a post down, which is yet to be sent; twice writes one."""
        plan = copy.record.plan
        draft = Draft(marker(secret, plan, number), payload)
        (row,) = message_rows(plan.edition, [draft], self._clock.now())
        async with _changing(self._engine) as connection:
            there = select(_message.number).filter_by(**key(plan.edition), number=number)
            if (await connection.execute(there)).first() is None:
                await _keep(connection, payload)
                await connection.execute(tables.message.insert().values({**row, "number": number}))

    async def _rows(self, query: Executable) -> Sequence[Row[Any]]:
        async with _changing(self._engine) as connection:
            return (await connection.execute(query)).all()

    async def _standing(self, editions: Sequence[Edition]) -> dict[Edition, list[Standing]]:
        keys = [(each.subscription, each.day) for each in editions]
        query = (
            select(tables.message)
            .where(tuple_(_message.subscription, _message.day).in_(keys))
            .where(_message.state.in_(STANDS), _message.platform_id.is_not(None))
            .order_by(_message.number)
        )
        found: dict[Edition, list[Standing]] = {}
        for row in await self._rows(query) if keys else ():
            edition = Edition(SubscriptionId(row.subscription), row.day)
            said = Standing(row.number, row.platform_id, row.marker, row.digest)
            found.setdefault(edition, []).append(said)
        return found


@asynccontextmanager
async def _changing(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    with speaking():
        async with engine.begin() as connection:
            yield connection


async def _keep(connection: AsyncConnection, payload: Payload) -> None:
    """Keep a body once, however many channels show it."""
    name = digest(payload)
    there = select(tables.payload.c.digest).filter_by(digest=name)
    if (await connection.execute(there)).first() is None:
        await connection.execute(tables.payload.insert().values(digest=name, body=dict(payload)))
