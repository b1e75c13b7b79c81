"""Watched lines in the database: what a channel asks about, when, and what came of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Executable, Row, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.clock import Clock
from bot.store.agreements import Place
from bot.store.claims import Claimed, write_down
from bot.store.database import speaking
from bot.store.promise_rows import Refused, promise_name, refused, row_of, watched_of
from bot.store.talks import promise
from briefings.followups import Fate
from briefings.model import Entry
from briefings.promises import Promise
from briefings.watching import AGAIN, Standing, Watched

OPEN = (Standing.WATCHED, Standing.ASKED)
SHOWN = (*OPEN, Standing.REFUSED)
OUTCOMES = {Fate.DONE: Standing.DONE, Fate.LATER: Standing.WATCHED, Fate.DROP: Standing.DROPPED}

LATELY = timedelta(days=60)
"""For so long after it was asked about a line may be found to be refused."""


class Promises:
    """Every method is one transaction; raises StoreError where the database does not answer."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._reading = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._clock = clock

    async def watch(
        self, place: Place, thread: str | None, entry: Entry, line: Promise
    ) -> tuple[Watched, bool]:
        """Watch a line of a briefing in a channel; whether it was not watched before."""
        platform, channel = place
        wanted = Watched(
            promise_name(place, entry.id, line.name), platform, channel, thread, entry.id,
            line.section, line.line, line.due,
        )  # fmt: skip
        before = await self.find(wanted.name)
        if before is None:
            try:
                await self._write(promise.insert().values(row_of(wanted, self._clock.now())))
            except IntegrityError:  # somebody else was just doing the same
                before = await self.find(wanted.name)
        if before is None:
            return wanted, True
        if before.standing in OPEN:
            return before, False
        return await self._again(before, line.due), True

    async def find(self, name: str) -> Watched | None:
        """A watched line by its name."""
        rows = await self._rows(select(promise).filter_by(name=name))
        return watched_of(rows[0]) if rows else None

    async def at(self, place: Place) -> tuple[Watched, ...]:
        """What a channel watches, the next day first."""
        platform, channel = place
        query = select(promise).filter_by(platform=platform, channel=channel)
        query = query.where(promise.c.state.in_(SHOWN)).order_by(promise.c.due, promise.c.name)
        return tuple(watched_of(row) for row in await self._rows(query))

    async def due(self, platforms: Collection[str], day: date) -> tuple[Watched, ...]:
        """What is watched on some platforms for a day or an earlier one, the oldest first."""
        columns = promise.c
        query = select(promise).where(
            columns.state == Standing.WATCHED, columns.due <= day, columns.platform.in_(platforms)
        )
        rows = await self._rows(query.order_by(columns.due, columns.name))
        return tuple(watched_of(row) for row in rows)

    async def refused(self, platforms: Collection[str]) -> tuple[Refused, ...]:
        """What was asked about on some platforms that refused it each time."""
        rows = await self._rows(refused(platforms, self._clock.now() - LATELY))
        return tuple(Refused(watched_of(row), row.tries, row.last) for row in rows)

    async def give_up(self, watched: Watched) -> bool:
        """Ask about a line no more; false where it moved meanwhile."""
        with speaking():
            async with self._engine.begin() as connection:
                moved = await connection.execute(self._move(watched, Standing.REFUSED))
                return moved.rowcount == 1

    async def ask(self, watched: Watched, asking: Claimed) -> bool:
        """Have a line asked about, once; false where another process was first."""
        try:
            with speaking():
                async with self._engine.begin() as connection:
                    changed = await connection.execute(self._move(watched, Standing.ASKED))
                    if changed.rowcount != 1:
                        return False
                    await write_down(connection, asking, self._clock.now())
                    return True
        except IntegrityError:
            return False

    async def settle(self, watched: Watched, fate: Fate, today: date) -> Watched | None:
        """Write down what came of a line; nothing where somebody answered before."""
        more: dict[str, object] = {}
        if fate is Fate.LATER:
            more = {"due": today + AGAIN, "round": watched.round + 1}
        with speaking():
            async with self._engine.begin() as connection:
                query = self._move(watched, OUTCOMES[fate], **more)
                if (await connection.execute(query)).rowcount != 1:
                    return None
        return await self.find(watched.name)

    async def _again(self, watched: Watched, due: date) -> Watched:
        """Watch a line anew that was settled."""
        values = {"due": due, "round": watched.round + 1}
        await self._write(self._move(watched, Standing.WATCHED, **values))
        return await self.find(watched.name) or watched

    def _move(self, watched: Watched, standing: Standing, **more: object) -> Executable:
        """From how a line was found to another standing; nothing where it moved meanwhile."""
        found = {"name": watched.name, "state": watched.standing.value, "round": watched.round}
        values = {"state": standing.value, "changed_at": self._clock.now(), **more}
        return update(promise).filter_by(**found).values(values)

    async def _rows(self, query: Executable) -> Sequence[Row[Any]]:
        with speaking():
            async with self._reading.connect() as connection:
                return (await connection.execute(query)).all()

    async def _write(self, query: Executable) -> None:
        with speaking():
            async with self._engine.begin() as connection:
                await connection.execute(query)
