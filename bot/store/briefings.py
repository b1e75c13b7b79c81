"""The library in the database: every briefing, every version, in the order of their changes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Executable, Row, Select, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.clock import Clock
from bot.store import shelves
from bot.store.database import speaking
from bot.store.intake import count, held_of, locked, parts, take_in
from bot.store.keeping import Became, Found, Held, State
from briefings.model import BriefingId
from briefings.packing import FORM

CHUNK = 500
"""Briefings that are fetched at once."""

_briefing, _version = shelves.briefing.c, shelves.version.c
_IS_LATEST = (_version.briefing == _briefing.id) & (_version.number == _briefing.version)


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a briefing: its document as it was, and when it was read."""

    number: int
    name: str
    document: bytes
    read_at: datetime


@dataclass(frozen=True, slots=True)
class Changed:
    """A briefing that changed, with its newest version as packed by the form `form`."""

    held: Held
    form: int
    packed: bytes
    name: str


class Briefings:
    """Questions to the library's tables, and the changes; raises StoreError."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._reading = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._clock = clock

    async def revision(self) -> int:
        """The number of the last change of all."""
        rows = await self._rows(select(shelves.revision.c.value).filter_by(name="library"))
        return int(rows[0].value)

    async def held(self) -> Mapping[str, Held]:
        """Every briefing by its origin, those gone and removed too."""
        rows = await self._rows(select(shelves.briefing).order_by(_briefing.id))
        return {row.origin: held_of(row) for row in rows}

    async def find(self, briefing: str) -> Held | None:
        """A briefing by its id, whatever its state."""
        rows = await self._rows(select(shelves.briefing).filter_by(id=briefing))
        return held_of(rows[0]) if rows else None

    async def at(self, origin: str) -> Held | None:
        """The briefing of a document, by where that is, whatever its state."""
        rows = await self._rows(select(shelves.briefing).filter_by(origin=origin))
        return held_of(rows[0]) if rows else None

    async def versions(self, briefing: BriefingId) -> tuple[Version, ...]:
        """Every version of a briefing, the first one first."""
        query = _versions_of(briefing).order_by(_version.number)
        return tuple(map(_version_of, await self._rows(query)))

    async def document(self, briefing: BriefingId, number: int) -> Version | None:
        """A version of a briefing by its number."""
        rows = await self._rows(_versions_of(briefing).filter_by(number=number))
        return _version_of(rows[0]) if rows else None

    async def changes(self, since: int) -> AsyncIterator[tuple[Changed, ...]]:
        """What changed after a revision, in its order, some hundred briefings at a time."""
        last: tuple[int, str] = (since + 1, "")
        while rows := await self._rows(_changed_after(last)):
            yield tuple(
                Changed(held_of(row), row.form or 0, row.packed or b"", row.name or "")
                for row in rows
            )
            last = (rows[-1].revision, rows[-1].id)

    async def take_in(
        self, found: Sequence[Found], lost: Collection[str] = (), *, by_hand: bool = False
    ) -> tuple[Became, ...]:
        """Write down what was found, in one transaction; what became of each.

        `lost` are origins whose documents are no longer there: what was found elsewhere with the
        same bytes is their briefing, renamed.
        """
        with speaking():
            async with self._engine.begin() as connection:
                return await take_in(connection, found, lost, self._clock.now(), by_hand=by_hand)

    async def let_go(self, origins: Collection[str]) -> int:
        """Note that documents are gone; how many briefings went with them."""
        return await self._become(State.GONE, _briefing.origin, sorted(origins))

    async def remove(self, briefings: Collection[BriefingId]) -> int:
        """Take briefings out by hand; their versions are kept."""
        return await self._become(State.REMOVED, _briefing.id, sorted(briefings))

    async def renew(self, briefing: BriefingId, number: int, packed: bytes) -> None:
        """Keep what a better reader made of a version."""
        with speaking():
            async with self._engine.begin() as connection:
                at = update(shelves.version).filter_by(briefing=briefing, number=number)
                await connection.execute(at.values(form=FORM, packed=packed))

    async def _become(self, state: State, column: Column[Any], values: Sequence[str]) -> int:
        with speaking():
            async with self._engine.begin() as connection:
                revision, changed = await locked(connection) + 1, 0
                for part in parts(values):
                    row = {"state": state, "revision": revision, "changed_at": self._clock.now()}
                    query = update(shelves.briefing).where(column.in_(part))
                    standing = query.where(_briefing.state.in_(_BEFORE[state]))
                    changed += (await connection.execute(standing.values(row))).rowcount
                if changed:
                    await count(connection, revision)
                return changed

    async def _rows(self, query: Executable) -> Sequence[Row[Any]]:
        with speaking():
            async with self._reading.connect() as connection:
                return (await connection.execute(query)).all()


_BEFORE = {State.GONE: (State.PRESENT,), State.REMOVED: (State.PRESENT, State.GONE)}


def _versions_of(briefing: BriefingId) -> Select[Any]:
    return select(shelves.version).filter_by(briefing=briefing)


def _version_of(row: Row[Any]) -> Version:
    return Version(row.number, row.name, row.document, row.read_at)


def _changed_after(last: tuple[int, str]) -> Select[Any]:
    joined = shelves.briefing.outerjoin(shelves.version, _IS_LATEST)
    return (
        select(shelves.briefing, _version.form, _version.packed, _version.name)
        .select_from(joined)
        .where(tuple_(_briefing.revision, _briefing.id) > last)
        .order_by(_briefing.revision, _briefing.id)
        .limit(CHUNK)
    )
