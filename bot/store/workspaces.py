"""Workspaces that let the bot in by themselves: which there are, and who renews their keys."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from sqlalchemy import Column, String, Table, Text, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.clock import Clock
from bot.platforms.hosting import Workspace
from bot.platforms.port import platform_of
from bot.store.database import speaking
from bot.store.tables import Moment, metadata, subscription

workspace = Table(
    "workspace",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("platform", String(40), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("reason", Text),
    Column("changed_at", Moment, nullable=False),
    Column("lease", String(80)),
    Column("leased_until", Moment),
)
"""`reason`: why the bot is no longer there; `lease`: the worker that renews its keys just now."""

_row = workspace.c


class Workspaces:
    """The `bot.platforms.hosting.Vault` of this worker; raises StoreError.

    `engine` is for the stores that a platform's own SDK brings along.
    """

    def __init__(self, engine: AsyncEngine, clock: Clock, worker: str) -> None:
        self.engine = engine
        self._reading = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._clock = clock
        self._worker = worker

    def speaking(self) -> AbstractContextManager[None]:
        """Raises StoreError where the database does not answer, inside the block."""
        return speaking()

    def now(self) -> datetime:
        """The time, in UTC."""
        return self._clock.now()

    async def pause(self, seconds: float) -> None:
        """Let so many seconds pass."""
        await self._clock.sleep(seconds)

    async def all(self, platform: str) -> tuple[Workspace, ...]:
        """Every workspace of a platform, also those that the bot is no longer in."""
        query = select(workspace).where(_row.platform == platform).order_by(_row.name)
        with speaking():
            async with self._reading.connect() as connection:
                rows = (await connection.execute(query)).all()
        return tuple(Workspace(row.name, row.title, row.reason) for row in rows)

    async def has(self, name: str) -> bool:
        """Whether the bot is in a workspace."""
        query = select(_row.name).where(_row.name == name, _row.reason.is_(None))
        with speaking():
            async with self._reading.connect() as connection:
                return (await connection.execute(query)).first() is not None

    async def channels(self, name: str) -> tuple[str, ...]:
        """The channels of a workspace that get posts, paused or not."""
        columns = subscription.c
        query = select(columns.channel).where(columns.platform == name).distinct()
        with speaking():
            async with self._reading.connect() as connection:
                rows = (await connection.execute(query)).all()
        return tuple(row.channel for row in rows)

    async def enter(self, name: str, title: str) -> None:
        """The bot was let into a workspace, for the first time or again."""
        values = {"title": title, "reason": None}
        if not await self._change(name, values):
            try:
                await self._insert({"name": name, "platform": platform_of(name), **values})
            except IntegrityError:  # another process was just told the same
                await self._change(name, values)

    async def leave(self, name: str, reason: str) -> None:
        """The bot is no longer in a workspace; `reason` completes "because …"."""
        await self._change(name, {"reason": reason})

    async def lease(self, name: str, seconds: float) -> bool:
        """Take it on to renew a workspace's keys; false where another worker just does."""
        now = self._clock.now()
        values = {"lease": self._worker, "leased_until": now + timedelta(seconds=seconds)}
        free = or_(_row.leased_until.is_(None), _row.leased_until <= now)
        query = update(workspace).where(_row.name == name, free).values(values)
        with speaking():
            async with self.engine.begin() as connection:
                return (await connection.execute(query)).rowcount == 1

    async def release(self, name: str) -> None:
        """Let somebody else renew them from now on."""
        query = update(workspace).where(_row.name == name, _row.lease == self._worker)
        with speaking():
            async with self.engine.begin() as connection:
                await connection.execute(query.values(lease=None, leased_until=None))

    async def _change(self, name: str, values: Mapping[str, object]) -> bool:
        query = update(workspace).where(_row.name == name)
        with speaking():
            async with self.engine.begin() as connection:
                changed = query.values({**values, "changed_at": self._clock.now()})
                return (await connection.execute(changed)).rowcount == 1

    async def _insert(self, values: Mapping[str, object]) -> None:
        with speaking():
            async with self.engine.begin() as connection:
                row = {**values, "changed_at": self._clock.now()}
                await connection.execute(workspace.insert().values(row))
