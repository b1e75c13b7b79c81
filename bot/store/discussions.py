"""Discussions in the database: which threads are ours, and what was said in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, Row, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.clock import Clock
from bot.store import tables
from bot.store.database import speaking
from bot.store.talks import contribution, discussion, reaction
from briefings.model import BriefingId

_edition = tables.edition.c


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread about a briefing, by the platform's own ids."""

    platform: str
    channel: str
    thread: str
    briefing: BriefingId
    title: str


@dataclass(frozen=True, slots=True)
class Contribution:
    """What somebody said in a thread; `section` is what it answers, counted from 0."""

    message: str
    person: str
    at: datetime
    section: int | None = None
    text: str | None = None
    links: tuple[str, ...] = ()


class Discussions:
    """Every method is one transaction; raises StoreError where the database does not answer."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._insert = sqlite.insert if engine.dialect.name == "sqlite" else postgresql.insert

    async def thread(self, platform: str, channel: str, thread: str) -> Thread | None:
        """The discussion that a thread is, where it is one of ours; written down when first met."""
        place = {"platform": platform, "channel": channel, "thread": thread}
        with speaking():
            async with self._engine.begin() as connection:
                known = select(discussion).filter_by(**place)
                if (row := (await connection.execute(known)).one_or_none()) is None:
                    row = await self._begun(connection, place)
        return _thread(row) if row else None

    async def keep(self, thread: Thread, said: Contribution) -> None:
        """Keep what somebody said, or what it says by now; twice is the same as once."""
        row = {
            "platform": thread.platform,
            "channel": thread.channel,
            "thread": thread.thread,
            "message": said.message,
            "person": said.person,
            "at": said.at,
            "section": said.section,
            "text": said.text,
            "links": list(said.links),
        }
        insert = self._insert(contribution).values(row)
        known = [contribution.c[name] for name in ("platform", "channel", "message")]
        newer = {name: insert.excluded[name] for name in ("section", "text", "links")}
        place = {"platform": thread.platform, "channel": thread.channel, "thread": thread.thread}
        with speaking():
            async with self._engine.begin() as connection:
                await connection.execute(
                    insert.on_conflict_do_update(index_elements=known, set_=newer)
                )
                heard = update(discussion).filter_by(**place).values(heard_at=said.at)
                await connection.execute(heard)

    async def forget(self, platform: str, channel: str, message: str) -> None:
        """Keep nothing of a message any more."""
        place = {"platform": platform, "channel": channel, "message": message}
        with speaking():
            async with self._engine.begin() as connection:
                await connection.execute(delete(reaction).filter_by(**place))
                await connection.execute(delete(contribution).filter_by(**place))

    async def react(
        self, where: tuple[str, str, str], what: tuple[str, str], *, away: bool
    ) -> None:
        """Keep that somebody put a sign under a message that is kept, or took it away.

        `where` is platform, channel and message, `what` the person and the sign.
        """
        message = dict(zip(("platform", "channel", "message"), where, strict=True))
        row = {**message, **dict(zip(("person", "sign"), what, strict=True))}
        with speaking():
            async with self._engine.begin() as connection:
                if away:
                    await connection.execute(delete(reaction).filter_by(**row))
                    return
                kept = select(contribution.c.message).filter_by(**message)
                if (await connection.execute(kept)).first():
                    insert = self._insert(reaction).values({**row, "count": 1})
                    await connection.execute(insert.on_conflict_do_nothing())

    async def said_in(self, thread: Thread) -> tuple[Contribution, ...]:
        """What was said in a discussion, oldest first."""
        place = {"platform": thread.platform, "channel": thread.channel, "thread": thread.thread}
        query = select(contribution).filter_by(**place).order_by(contribution.c.at)
        return tuple(_contribution(row) for row in await self._rows(query))

    async def _begun(self, connection: AsyncConnection, place: dict[str, str]) -> Row[Any] | None:
        query = select(_edition.briefing, _edition.title, _edition.due_at).filter_by(**place)
        found = (await connection.execute(query.where(_edition.briefing.is_not(None)))).first()
        if found is None:
            return None
        row = {**place, "briefing": found.briefing, "title": found.title or ""}
        insert = self._insert(discussion).values({**row, "opened_at": found.due_at})
        await connection.execute(insert.on_conflict_do_nothing())
        return (await connection.execute(select(discussion).filter_by(**place))).one()

    async def _rows(self, query: Executable) -> Sequence[Row[Any]]:
        with speaking():
            async with self._engine.begin() as connection:
                return (await connection.execute(query)).all()


def _thread(row: Row[Any]) -> Thread:
    briefing = BriefingId(row.briefing)
    return Thread(row.platform, row.channel, row.thread, briefing, row.title)


def _contribution(row: Row[Any]) -> Contribution:
    links = tuple(row.links)
    return Contribution(row.message, row.person, row.at, row.section, row.text, links)
