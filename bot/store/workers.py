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
from pathlib import Path
from typing import Any

from sqlalchemy import Insert, Row, Update, and_, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import StoreError
from bot.store import tables
from bot.store.burial import free_orphans, strike_off
from bot.store.database import speaking
from bot.store.machine import Here
from bot.store.rhythm import Rhythm
from bot.store.shape import NEWER, STEPS, known, revision

log = logging.getLogger(__name__)


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
        steps: Path = STEPS,
    ) -> None:
        """`steps` lead to the shape that this code knows the database in."""
        self.name = name
        self.trouble = ""
        """What is wrong with the database or with this worker's place in it; a sentence."""
        self._known = known(steps)
        self._is_outdated = False
        self._now = now
        self._engine = engine
        self._here = here
        self._rhythm = rhythm or Rhythm()
        self._watched: dict[str, _Watched] = {}
        self._beaten = self._freed = float("-inf")

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

    def is_current(self) -> bool:
        """Whether this code knows the database's shape; if not, it takes on nothing more."""
        return not self._is_outdated

    def is_fresh(self) -> bool:
        """Whether the others surely count this worker among the living, and it may send."""
        return self.is_current() and _ticks() - self._beaten <= self._rhythm.fresh

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
        if _ticks() - self._freed > self._rhythm.dead:
            with speaking():
                async with self._engine.begin() as connection:
                    await free_orphans(connection, self._now())
            self._freed = _ticks()

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
            try:
                await self._beat(row)
                await self.bury()
            except StoreError as error:
                self._tell(str(error), "store.away")
            else:
                self._tell(NEWER if self._is_outdated else "", "schema.newer")

    def _tell(self, trouble: str, action: str) -> None:
        """Say what is wrong, and that it is over, once each."""
        before, self.trouble = self.trouble, trouble
        if trouble and not before:
            log.error("%s", trouble, extra={"action": action})
        elif before and not trouble:
            log.warning("The database is back.", extra={"action": "store.back"})

    async def _beat(self, row: dict[str, Any]) -> None:
        began = _ticks()
        columns = tables.worker.c
        query = update(tables.worker).where(columns.id == self.name)
        with speaking():
            async with self._engine.connect() as connection:
                now = await connection.run_sync(revision)
        self._is_outdated = now not in self._known
        if await self._change(query.values(beat=columns.beat + 1)):
            self._beaten = began
        else:
            await self._enter(row)  # given up by the others, who released our work

    async def _enter(self, row: dict[str, Any]) -> None:
        began = _ticks()
        await self._change(tables.worker.insert().values(row))
        self._beaten = began

    async def _leave(self, worker: str, beat: int | None) -> None:
        with speaking():
            async with self._engine.begin() as connection:
                await strike_off(connection, worker, beat, self._now())
        self._watched.pop(worker, None)

    async def _rows(self) -> Sequence[Row[Any]]:
        with speaking():
            async with self._engine.connect() as connection:
                return (await connection.execute(select(tables.worker))).all()

    async def _change(self, query: Insert | Update) -> int:
        with speaking():
            async with self._engine.begin() as connection:
                return int((await connection.execute(query)).rowcount)


def _ticks() -> float:
    return asyncio.get_running_loop().time()
