"""Writes what many ask for at about the same time in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy import Executable
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import Overtaken, StoreError
from bot.store.database import speaking

LINGER = 0.02
"""Seconds that a write waits for company: a commit costs as much for fifty rows as for one."""

MOST = 500
"""Writes in one transaction."""


@dataclass(frozen=True, slots=True)
class Step:
    """A statement and its parameters; with `moves` it must change exactly one row."""

    statement: Executable
    values: dict[str, Any]
    moves: bool = False


Steps: TypeAlias = Sequence[Step]


@dataclass(slots=True)
class _Asked:
    steps: Steps
    done: asyncio.Future[None] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class Writer:
    """The one way by which moves are written; all steps of one call, or none of them."""

    def __init__(self, engine: AsyncEngine, linger: float = LINGER) -> None:
        self._engine = engine
        self._linger = linger
        self._waiting: list[_Asked] = []
        self._busy: asyncio.Task[None] | None = None

    async def write(self, steps: Steps) -> None:
        """Return once it is committed.

        Raises Overtaken where a move found its row moved by somebody else, StoreError where the
        database does not answer. Who stops waiting does not stop the write.
        """
        asked = _Asked(steps)
        self._waiting.append(asked)
        if self._busy is None:
            self._busy = asyncio.create_task(self._work())
        await asked.done

    async def _work(self) -> None:
        try:
            while self._waiting:
                await asyncio.sleep(self._linger)
                batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
                await self._settle(batch)
        finally:
            self._busy = None

    async def _settle(self, batch: list[_Asked]) -> None:
        """Write a batch at once; where that fails, each by itself, so that each hears its own."""
        try:
            await self._commit([step for asked in batch for step in asked.steps])
        except (Overtaken, StoreError) as failure:
            if len(batch) > 1 and isinstance(failure, Overtaken):
                for asked in batch:
                    await self._settle([asked])
                return
            _tell(batch, failure)
        except BaseException as failure:
            _tell(batch, StoreError(f"The database did not take a write: {failure}"))
            raise
        else:
            _tell(batch, None)

    async def _commit(self, steps: Steps) -> None:
        with speaking():
            async with self._engine.begin() as connection:
                for together in _alike(steps):
                    await _execute(connection, together)


async def _execute(connection: AsyncConnection, together: list[Step]) -> None:
    values = [step.values for step in together]
    result = await connection.execute(together[0].statement, values)
    if together[0].moves and result.rowcount != len(together):
        raise Overtaken("Another worker has this edition in hand.")


def _alike(steps: Steps) -> list[list[Step]]:
    """The steps by statement, in the order in which each came first."""
    found: dict[int, list[Step]] = {}
    for step in steps:
        found.setdefault(id(step.statement), []).append(step)
    return list(found.values())


def _tell(batch: list[_Asked], failure: Exception | None) -> None:
    for asked in batch:
        if asked.done.done():
            continue
        if failure is None:
            asked.done.set_result(None)
        else:
            asked.done.set_exception(failure)
