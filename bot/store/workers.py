"""The processes that work on one database: who lives, who died, and which lane each has.

No wall clock decides: a worker counts up its beat, and the others watch it with their own
monotonic clocks, so that a clock that jumps neither kills a worker nor keeps a dead one alive.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Insert,
    Row,
    Update,
    and_,
    delete,
    literal,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import StoreError
from bot.store import tables
from bot.store.database import speaking
from bot.store.machine import Here
from bot.store.rows import OPEN, State

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Seconds of the monotonic clock.

    A call that began while its worker was fresh has ended, and shows in the channel, before
    those who took the work over look there for the last time: `fresh` and the longest call
    together are shorter than `dead` and all the looks of a delivery.
    """

    beat: float = 2.0
    fresh: float = 6.0
    """A worker whose last beat is older sends nothing more: it may have been given up."""
    dead: float = 15.0
    """A worker whose beat stood still for so long is given up by the others."""


@dataclass(slots=True)
class _Watched:
    beat: int
    since: float


class Workers:
    """This process among the others; `name` is its id in every row."""

    def __init__(
        self,
        engine: AsyncEngine,
        here: Here,
        name: str,
        now: Callable[[], datetime],
        rhythm: Rhythm | None = None,
    ) -> None:
        self.name = name
        self._now = now
        self._engine = engine
        self._here = here
        self._rhythm = rhythm or Rhythm()
        self._watched: dict[str, _Watched] = {}
        self._beaten = float("-inf")

    @asynccontextmanager
    async def at_work(self, roles: Sequence[str]) -> AsyncIterator[None]:
        """Count among the workers until the block ends; the dead are buried meanwhile."""
        row = {
            "id": self.name,
            "beat": 0,
            "machine": self._here.machine,
            "pid": self._here.pid,
            "roles": ",".join(sorted(roles)),
            "started_at": self._now(),
        }
        await self._enter(row)
        await self.bury()
        beating = asyncio.create_task(self._keep_beating(row))
        try:
            yield
        finally:
            beating.cancel()
            await asyncio.gather(beating, return_exceptions=True)
            with suppress(StoreError):
                await self._leave(self.name, None)

    def is_fresh(self) -> bool:
        """Whether the others surely count this worker among the living."""
        return _ticks() - self._beaten <= self._rhythm.fresh

    async def hold(self, lane: str) -> bool:
        """Take a lane where no other living worker has it; whether it is ours now."""
        columns = tables.lane.c
        mine = or_(columns.owner.is_(None), columns.owner == self.name)
        query = update(tables.lane).where(columns.name == lane, mine).values(owner=self.name)
        if await self._change(query):
            return True
        with suppress(IntegrityError):  # it is there, and somebody else's
            return bool(await self._change(tables.lane.insert().values(name=lane, owner=self.name)))
        return False

    async def release(self, lane: str) -> None:
        """Let go of a lane."""
        mine = and_(tables.lane.c.name == lane, tables.lane.c.owner == self.name)
        await self._change(update(tables.lane).where(mine).values(owner=None))

    async def living(self) -> Mapping[str, str]:
        """The roles of each worker that is known, by its id."""
        return {row.id: row.roles for row in await self._rows()}

    async def bury(self) -> None:
        """Give back what dead workers had: they stopped beating, or their process is gone."""
        for row in await self._rows():
            if row.id != self.name and self._is_dead(row):
                log.warning(
                    "Worker %s is gone: its work is taken over.",
                    row.id,
                    extra={"action": "worker.buried"},
                )
                await self._leave(row.id, row.beat)

    def _is_dead(self, row: Row[Any]) -> bool:
        if self._here.is_gone(row.machine, row.pid):
            return True
        watched = self._watched.get(row.id)
        if watched is None or watched.beat != row.beat:
            self._watched[row.id] = _Watched(row.beat, _ticks())
            return False
        return _ticks() - watched.since > self._rhythm.dead

    async def _keep_beating(self, row: dict[str, Any]) -> None:
        while True:
            await asyncio.sleep(self._rhythm.beat)
            with suppress(StoreError):  # whoever needs the database says so
                await self._beat(row)
                await self.bury()

    async def _beat(self, row: dict[str, Any]) -> None:
        began = _ticks()
        columns = tables.worker.c
        query = update(tables.worker).where(columns.id == self.name)
        if await self._change(query.values(beat=columns.beat + 1)):
            self._beaten = began
        else:
            await self._enter(row)  # given up by the others, who released our work

    async def _enter(self, row: dict[str, Any]) -> None:
        began = _ticks()
        await self._change(tables.worker.insert().values(row))
        self._beaten = began

    async def _leave(self, worker: str, beat: int | None) -> None:
        """Strike a worker off, unless it moved since, and free all that it had in hand."""
        columns, edition = tables.worker.c, tables.edition.c
        unmoved = columns.beat == beat if beat is not None else true()
        with speaking():
            async with self._engine.begin() as connection:
                gone = await connection.execute(
                    delete(tables.worker).where(columns.id == worker, unmoved)
                )
                if not gone.rowcount:
                    return
                await connection.execute(
                    update(tables.lane).where(tables.lane.c.owner == worker).values(owner=None)
                )
                in_hand = and_(edition.owner == worker, edition.state.in_(OPEN))
                await connection.execute(_recorded(in_hand, self._now(), worker))
                await connection.execute(
                    update(tables.edition).where(in_hand).values(owner=None, state=State.PLANNED)
                )
        self._watched.pop(worker, None)

    async def _rows(self) -> Sequence[Row[Any]]:
        with speaking():
            async with self._engine.connect() as connection:
                return (await connection.execute(select(tables.worker))).all()

    async def _change(self, query: Insert | Update) -> int:
        with speaking():
            async with self._engine.begin() as connection:
                return int((await connection.execute(query)).rowcount)


def _recorded(in_hand: ColumnElement[bool], now: datetime, worker: str) -> Insert:
    """The move of every edition that is taken out of a dead worker's hand."""
    columns, edition = tables.transition.c, tables.edition.c
    values = {
        columns.subscription: edition.subscription,
        columns.day: edition.day,
        columns.before: edition.state,
        columns.after: literal(State.PLANNED.value),
        columns.at: literal(now, columns.at.type),
        columns.reason: literal("its worker is gone"),
        columns.worker: literal(worker),
    }
    return tables.transition.insert().from_select(
        [column.name for column in values], select(*values.values()).where(in_hand)
    )


def _ticks() -> float:
    return asyncio.get_running_loop().time()
