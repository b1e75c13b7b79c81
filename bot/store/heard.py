"""Which events were heard before: platforms repeat them, and several processes may listen."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Column, Index, String, Table, delete
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.clock import Clock
from bot.store.database import speaking
from bot.store.tables import Moment, metadata
from bot.store.upsert import inserting

heard = Table(
    "heard",
    metadata,
    Column("platform", String(40), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("at", Moment, nullable=False),
    Index(None, "at"),
)
"""Events that changed something, by what their platform calls them."""

KEPT = timedelta(days=1)
"""Slack's last repetition comes after an hour, https://docs.slack.dev/apis/events-api#retries;
Discord's interactions end after 15 minutes."""


class Heard:
    """Every method is one transaction; raises StoreError where the database does not answer."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._insert = inserting(engine)(heard).on_conflict_do_nothing().returning(heard.c.key)

    async def is_first(self, platform: str, key: str) -> bool:
        """Whether nobody heard this event before; from now on somebody did."""
        now = self._clock.now()
        row = {"platform": platform, "key": key, "at": now}
        with speaking():
            async with self._engine.begin() as connection:
                await connection.execute(delete(heard).where(heard.c.at < now - KEPT))
                written = (await connection.execute(self._insert.values(row))).first()
        return written is not None
