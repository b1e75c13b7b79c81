"""The versions of briefings: when each came, and how each read."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, Row, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store import shelves, tables
from bot.store.database import speaking
from bot.store.rows import key
from briefings.model import Briefing, BriefingId
from briefings.packing import FORM, unpack
from briefings.reading.reader import read
from briefings.reading.result import Unreadable
from briefings.schedule import Edition

_version = shelves.version.c


@dataclass(frozen=True, slots=True)
class Came:
    """A version by its number, and when it came into the library (UTC)."""

    number: int
    at: datetime


class Versions:
    """Questions about versions; raises StoreError where the database does not answer."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._reading = engine.execution_options(isolation_level="AUTOCOMMIT")

    async def of(self, briefing: BriefingId) -> tuple[Came, ...]:
        """The versions of a briefing, the first one first."""
        query = select(_version.number, _version.read_at).filter_by(briefing=briefing)
        rows = await self._rows(query.order_by(_version.number))
        return tuple(Came(row.number, row.read_at) for row in rows)

    async def read(self, briefing: BriefingId, number: int) -> Briefing | None:
        """How a version reads; nothing where there is none, or nobody can read it any more."""
        query = select(shelves.version).filter_by(briefing=briefing, number=number)
        for row in await self._rows(query):
            if row.form == FORM:
                return unpack(row.packed)
            try:
                found = await asyncio.to_thread(read, row.document, row.name)
            except Unreadable:
                return None
            return found.briefing
        return None

    async def posted_at(self, edition: Edition) -> datetime | None:
        """When an edition was taken up to be posted; it reads as it did then."""
        columns = tables.transition.c
        query = select(columns.at).filter_by(**key(edition)).order_by(columns.id).limit(1)
        rows = await self._rows(query)
        return rows[0].at if rows else None

    async def _rows(self, query: Executable) -> Sequence[Row[Any]]:
        with speaking():
            async with self._reading.connect() as connection:
                return (await connection.execute(query)).all()
