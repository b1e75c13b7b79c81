"""Quiet signals in the database: counted by keyed hashes of people, who are not named anywhere."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Executable, Row, delete, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store import newsroom
from bot.store.agreements import Place
from bot.store.database import speaking
from bot.store.talks import signal
from bot.store.upsert import inserting
from briefings.followups import Kind
from briefings.model import BriefingId

OPENED = "opened"
"""What is written down of somebody who pressed a button of a post: no signal, but a reader."""


class Signals:
    """Every method is one transaction; raises StoreError where the database does not answer."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._reading = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._insert = inserting(engine)

    async def turn(
        self, place: Place, briefing: BriefingId, kind: Kind, who: str, day: date
    ) -> bool:
        """Give a signal, or take it back; whether it is given now."""
        row = {**_key(place, briefing), "kind": kind.value, "who": who}
        with speaking():
            async with self._engine.begin() as connection:
                if (await connection.execute(delete(signal).filter_by(**row))).rowcount:
                    return False
                insert = self._insert(signal).values({**row, "day": day})
                await connection.execute(insert.on_conflict_do_nothing())
                return True

    async def note_reader(self, place: Place, briefing: BriefingId, who: str, day: date) -> None:
        """Count somebody who pressed a button of a post; twice is the same as once."""
        row = {**_key(place, briefing), "kind": OPENED, "who": who, "day": day}
        insert = self._insert(signal).values(row).on_conflict_do_nothing()
        with speaking():
            async with self._engine.begin() as connection:
                await connection.execute(insert)

    async def counts(self, place: Place, briefing: BriefingId) -> Mapping[Kind, int]:
        """How often each signal was given for a briefing in a channel."""
        query = select(signal.c.kind, func.count().label("number"))
        query = query.filter_by(**_key(place, briefing)).where(signal.c.kind != OPENED)
        rows = await self._rows(query.group_by(signal.c.kind))
        return Counter({Kind(row.kind): row.number for row in rows})

    async def author(self, briefing: BriefingId) -> tuple[str, str] | None:
        """The platform and the person who wrote a briefing's newest version in chat."""
        columns = newsroom.draft.c
        query = select(columns.platform, columns.person).where(
            columns.briefing == briefing, columns.saved_at.is_not(None)
        )
        query = query.order_by(columns.version.desc(), columns.saved_at.desc()).limit(1)
        rows = await self._rows(query)
        return (rows[0].platform, rows[0].person) if rows else None

    async def _rows(self, query: Executable) -> Sequence[Row[Any]]:
        with speaking():
            async with self._reading.connect() as connection:
                return (await connection.execute(query)).all()


def hashed(secret: bytes, platform: str, person: str) -> str:
    """Somebody as they are counted: the same for the same person, and nobody knows whom it names.

    Whoever has the database has the secret too and could try every id: it keeps names out of
    tables, backups, logs and reports, not out of the hands of whoever runs the bot.
    """
    told = f"signal|{platform}|{person}".encode()
    return hmac.digest(secret, told, hashlib.sha256).hex()


def _key(place: Place, briefing: BriefingId) -> dict[str, Any]:
    platform, channel = place
    return {"platform": platform, "channel": channel, "briefing": briefing}
