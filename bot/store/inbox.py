"""Events that were taken in and are not done yet: whoever is alive takes them up again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Index,
    Integer,
    Row,
    String,
    Table,
    and_,
    delete,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.clock import Clock
from bot.store import tables
from bot.store.database import speaking
from bot.store.heard import KEPT, heard
from bot.store.tables import Moment, metadata
from bot.store.upsert import inserting

inbox = Table(
    "inbox",
    metadata,
    Column("platform", String(40), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("event", JSON, nullable=False),
    Column("worker", String(80), nullable=False),
    Column("leased_until", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
    Index(None, "at"),
)
"""One row an event, by what its platform calls it, from its arrival until its work is done;
`event`: what the work needs of it; `worker`: who has it in hand, until `leased_until`."""

LEASE = timedelta(minutes=2)
"""After so long others may take up what its worker did not finish."""

FRESH = timedelta(hours=1)
"""After so long nobody waits for an answer any more."""

TRIES = 3
"""How often an event is worked at most: one that ends its worker must not end them all."""

SOME = 50
"""Events that one look takes up."""

_row = inbox.c


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event that is in our hand now, or that was given up."""

    platform: str
    key: str
    event: Mapping[str, object]


class Inbox:
    """Every method is one transaction; raises StoreError where the database does not answer."""

    def __init__(self, engine: AsyncEngine, clock: Clock, worker: str) -> None:
        self._engine = engine
        self._reading = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._clock = clock
        self._worker = worker
        self._note = inserting(engine)(heard).on_conflict_do_nothing().returning(heard.c.key)

    async def keep(self, platform: str, key: str, event: Mapping[str, object]) -> bool:
        """Write an event down as in our hand; false where somebody wrote it down before."""
        now = self._clock.now()
        known = {"platform": platform, "key": f"event {key}", "at": now}
        with speaking():
            async with self._engine.begin() as connection:
                await connection.execute(delete(heard).where(heard.c.at < now - KEPT))
                if (await connection.execute(self._note.values(known))).first() is None:
                    return False
                row = {"platform": platform, "key": key, "at": now, "event": dict(event)}
                await connection.execute(inbox.insert().values(row | self._hold() | {"tries": 1}))
        return True

    async def done(self, platform: str, key: str) -> None:
        """Forget an event, of which it stays known for a day that it came."""
        with speaking():
            async with self._engine.begin() as connection:
                await connection.execute(delete(inbox).filter_by(platform=platform, key=key))

    async def is_empty(self) -> bool:
        """Whether all that came is done; it waits for nobody who writes."""
        with speaking():
            async with self._reading.connect() as connection:
                return (await connection.execute(select(_row.key).limit(1))).first() is None

    async def take(self, platforms: Collection[str]) -> tuple[Waiting, ...]:
        """Events of these platforms that nobody has in hand, in ours from now on; oldest first."""
        with speaking():
            async with self._engine.begin() as connection:
                free = select(inbox).where(self._is_free()).order_by(_row.at)
                found = (await connection.execute(free)).all()
                wanted = [each for each in found if each.platform in platforms][:SOME]
                taken = [each for each in wanted if await self._take(connection, each)]
        return tuple(Waiting(each.platform, each.key, each.event) for each in taken)

    async def drop(self) -> tuple[Waiting, ...]:
        """Give up what is too old, or was tried too often; what that was."""
        late = or_(_row.at <= self._clock.now() - FRESH, _row.tries >= TRIES)
        query = delete(inbox).where(self._is_free(), late).returning(_row.platform, _row.key)
        with speaking():
            async with self._engine.begin() as connection:
                rows = (await connection.execute(query)).all()
        return tuple(Waiting(row.platform, row.key, {}) for row in rows)

    async def _take(self, connection: AsyncConnection, row: Row[Any]) -> bool:
        """Whether nobody else took it meanwhile."""
        same = and_(_row.platform == row.platform, _row.key == row.key, _row.tries == row.tries)
        values = self._hold() | {"tries": row.tries + 1}
        return (await connection.execute(update(inbox).where(same).values(values))).rowcount == 1

    def _hold(self) -> dict[str, object]:
        return {"worker": self._worker, "leased_until": self._clock.now() + LEASE}

    def _is_free(self) -> ColumnElement[bool]:
        """Whose lease is over, or whose worker is gone."""
        gone = _row.worker.not_in(select(tables.worker.c.id))
        return or_(_row.leased_until <= self._clock.now(), gone)
