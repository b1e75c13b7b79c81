"""Writes what many ask for at about the same time in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy import ClauseElement
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import Overtaken, StoreError
from bot.store.hand import Hand

LINGER = 0.005
"""Seconds that a write waits for company: a commit costs as much for fifty rows as for one."""

PATIENCE = 0.15
"""Seconds that a write without haste waits for one with haste, to share its commit."""

MOST = 500
"""Writes in one transaction."""


@dataclass(frozen=True, slots=True)
class Step:
    """A statement and its parameters; with `moves` it must change exactly one row."""

    statement: ClauseElement
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

    def __init__(self, engine: AsyncEngine) -> None:
        self._hand = Hand(engine)
        self._waiting: list[_Asked] = []
        self._haste = asyncio.Event()
        self._busy: asyncio.Task[None] | None = None

    async def write(self, steps: Steps, *, haste: bool = True) -> None:
        """Return once it is committed; without `haste` a little later, with what comes then.

        Raises Overtaken where a move found its row moved by somebody else, StoreError where the
        database does not answer. Who stops waiting does not stop the write.
        """
        asked = _Asked(steps)
        self._waiting.append(asked)
        if haste:
            self._haste.set()
        if self._busy is None:
            self._busy = asyncio.create_task(self._work())
        await asked.done

    async def _work(self) -> None:
        try:
            while self._waiting:
                await self._linger()
                batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
                await self._settle(batch)
        finally:
            self._busy = None

    async def _linger(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await self._haste.wait()
                await asyncio.sleep(LINGER)
        self._haste.clear()

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
        found: dict[int, list[Step]] = {}
        for step in steps:  # by statement, in the order in which each came first
            found.setdefault(id(step.statement), []).append(step)
        await self._hand.commit([_together(alike) for alike in found.values()])


def _together(alike: list[Step]) -> tuple[ClauseElement, list[dict[str, Any]], bool]:
    return alike[0].statement, [step.values for step in alike], alike[0].moves


def _tell(batch: list[_Asked], failure: Exception | None) -> None:
    for asked in batch:
        if asked.done.done():
            continue
        if failure is None:
            asked.done.set_result(None)
        else:
            asked.done.set_exception(failure)
