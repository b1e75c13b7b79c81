"""What web addresses answered when they were last tried, kept for some hours."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from datetime import timedelta

from sqlalchemy import Column, Index, String, Table, Text, delete, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.clock import Clock
from bot.store.database import speaking
from bot.store.tables import Moment, metadata

probe = Table(
    "probe",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("url", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("problem", Text),
    Index(None, "at"),
)
"""One row an address, by its SHA-256; without a problem it answered well."""

KEPT = timedelta(hours=6)
"""An address that many channels are shown is tried once in an evening."""


class Probes:
    """Every method is one transaction; raises StoreError where the database does not answer."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    async def known(self, urls: Collection[str]) -> Mapping[str, str | None]:
        """What is wrong with each address that was tried lately; nothing where it was well."""
        query = select(probe.c.url, probe.c.problem).where(
            probe.c.digest.in_([_digest(each) for each in urls]),
            probe.c.at > self._clock.now() - KEPT,
        )
        with speaking():
            async with self._engine.begin() as connection:
                rows = (await connection.execute(query)).all()
        return {row.url: row.problem for row in rows}

    async def keep(self, found: Mapping[str, str | None]) -> None:
        """Keep what was found at addresses, in place of what was found before."""
        now = self._clock.now()
        rows = [
            {"digest": _digest(url), "url": url, "at": now, "problem": problem}
            for url, problem in sorted(found.items())
        ]
        if not rows:
            return
        digests = [row["digest"] for row in rows]
        with speaking():
            async with self._engine.begin() as connection:
                old = probe.c.digest.in_(digests) | (probe.c.at <= now - KEPT)
                await connection.execute(delete(probe).where(old))
                await connection.execute(probe.insert(), rows)


def _digest(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()
