"""Discussions that are read again: which ones, how far that got, and what came of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Executable, Row, Select, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.clock import Clock
from bot.store import tables
from bot.store.database import speaking
from bot.store.sayings import Thread, forget_said, place_of
from bot.store.signs import count_signs
from bot.store.talks import contribution, discussion, recollection
from bot.store.upsert import inserting
from briefings.model import BriefingId

DAYS = timedelta(days=14)
"""Posts of so many days are read again, whoever said something there."""

MOST = 1_000
"""Threads of one round."""

_edition = tables.edition.c


@dataclass(frozen=True, slots=True)
class Unread:
    """A thread to read again; `read_to` is what an interrupted reading goes on with."""

    thread: Thread
    at: datetime
    read_to: str | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading of a platform's threads has got."""

    platform: str
    began_at: datetime
    threads: int
    read: int
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """From `after` on, and before `until`, a page of a thread tells all that still stands."""

    after: datetime | None
    until: datetime


class Recollections:
    """Every method is one transaction; raises StoreError where the database does not answer."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._reading = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._clock = clock

    async def unread(self, platform: str) -> tuple[Unread, ...]:
        """The threads of the last days, and all in which something is kept; newest first."""
        found: dict[tuple[str, str], Unread] = {}
        for row in await self._rows(_posted(platform, self._clock.now() - DAYS)):
            found[row.channel, row.thread] = _unread(platform, row, row.due_at, None)
        for row in await self._rows(_kept(platform)):
            at = max(row.opened_at, row.heard_at or row.opened_at)
            found[row.channel, row.thread] = _unread(platform, row, at, row.read_to)
        return tuple(sorted(found.values(), key=lambda each: each.at, reverse=True))[:MOST]

    async def reach(self, thread: Thread, read_to: str | None) -> None:
        """Write down how far a thread is read; nothing: to its end."""
        with speaking():
            async with self._engine.begin() as connection:
                query = update(discussion).filter_by(**place_of(thread))
                await connection.execute(query.values(read_to=read_to))

    async def settle(self, thread: Thread, told: Collection[str], span: Span) -> int:
        """Forget what is kept of a thread's span and is not told any more; how much that was."""
        query = select(contribution.c.message).filter_by(**place_of(thread))
        query = query.where(contribution.c.at < span.until)
        if span.after:
            query = query.where(contribution.c.at >= span.after)
        with speaking():
            async with self._engine.begin() as connection:
                kept = (await connection.execute(query)).scalars().all()
                gone = sorted(set(kept) - set(told))
                for message in gone:
                    where = (thread.platform, thread.channel, message)
                    await forget_said(connection, where, self._clock.now())
        return len(gone)

    async def count(self, thread: Thread, signs: Mapping[str, Mapping[str, int]]) -> None:
        """Have as many signs under the messages of a thread as its platform counts."""
        with speaking():
            async with self._engine.begin() as connection:
                for message, counted in signs.items():
                    where = (thread.platform, thread.channel, message)
                    await count_signs(connection, where, counted)

    async def note(self, progress: Progress) -> None:
        """Write down how far it got."""
        row = {
            "platform": progress.platform,
            "began_at": progress.began_at,
            "threads": progress.threads,
            "done": progress.read,
            "ended_at": progress.ended_at,
        }
        with speaking():
            async with self._engine.begin() as connection:
                await _replace(connection, row)

    async def progress(self) -> tuple[Progress, ...]:
        """How far the newest round of each platform has got."""
        rows = await self._rows(select(recollection).order_by(recollection.c.platform))
        return tuple(
            Progress(row.platform, row.began_at, row.threads, row.done, row.ended_at)
            for row in rows
        )

    async def _rows(self, query: Executable) -> Sequence[Row[Any]]:
        with speaking():
            async with self._reading.connect() as connection:
                return (await connection.execute(query)).all()


async def _replace(connection: AsyncConnection, row: Mapping[str, object]) -> None:
    insert = inserting(connection)(recollection).values(row)
    newer = {name: insert.excluded[name] for name in row if name != "platform"}
    known = [recollection.c.platform]
    await connection.execute(insert.on_conflict_do_update(index_elements=known, set_=newer))


def _posted(platform: str, since: datetime) -> Select[Any]:
    query = select(
        _edition.channel, _edition.thread, _edition.briefing, _edition.title, _edition.due_at
    )
    query = query.where(_edition.platform == platform, _edition.due_at >= since)
    query = query.where(_edition.thread.is_not(None), _edition.briefing.is_not(None))
    return query.order_by(_edition.due_at.desc()).limit(MOST)


def _kept(platform: str) -> Select[Any]:
    columns = contribution.c
    said = (
        (columns.platform == discussion.c.platform)
        & (columns.channel == discussion.c.channel)
        & (columns.thread == discussion.c.thread)
    )
    query = select(discussion).where(discussion.c.platform == platform, exists().where(said))
    return query.order_by(discussion.c.opened_at.desc()).limit(MOST)


def _unread(platform: str, row: Row[Any], at: datetime, read_to: str | None) -> Unread:
    briefing = BriefingId(row.briefing)
    thread = Thread(platform, row.channel, row.thread, briefing, row.title or "")
    return Unread(thread, at, read_to)
