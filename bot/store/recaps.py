"""Recaps in the database: which discussions are to have one, what was said, and that it is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Executable, Row, and_, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.clock import Clock
from bot.store.claims import Claimed, write_down
from bot.store.conclusions import anchor
from bot.store.database import speaking
from bot.store.discussions import Thread
from bot.store.mending import note_quotes
from bot.store.rows import Record
from bot.store.talks import contribution, discussion, manners, reaction
from briefings.manners import NO_RECAP
from briefings.model import BriefingId
from briefings.recap import Recap, Remark

_discussion, _contribution, _reaction = discussion.c, contribution.c, reaction.c

SOME = 20
"""Threads whose addresses are asked for at once."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A discussion that is to have a recap, and how its channel wants it.

    Since the last recap, up to `recapped_at`, it began anew at `begun_at`, where that still stands;
    the newest word in it is of `heard_at`.
    """

    thread: Thread
    begun_at: datetime | None
    heard_at: datetime
    recapped_at: datetime | None
    recap: str
    recap_in: str
    link: str | None = None


class Recaps:
    """Every method is one transaction; raises StoreError where the database does not answer."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._reading = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._clock = clock

    async def open_talks(self, since: datetime) -> tuple[Talk, ...]:
        """Discussions of channels that want recaps, in which something new was said since."""
        same = and_(
            manners.c.platform == _discussion.platform, manners.c.channel == _discussion.channel
        )
        begun = (
            select(func.min(_contribution.at))
            .where(_contribution.platform == _discussion.platform)
            .where(_contribution.channel == _discussion.channel)
            .where(_contribution.thread == _discussion.thread)
            .where(
                or_(_discussion.recapped_at.is_(None), _contribution.at > _discussion.recapped_at)
            )
            .scalar_subquery()
        )
        query = (
            select(discussion, manners.c.recap, manners.c.recap_in, begun.label("begun_at"))
            .join_from(manners, discussion, same)
            .where(manners.c.recap != NO_RECAP, _discussion.heard_at >= since, _is_new())
        )
        return tuple(_talk(row) for row in await self._rows(query))

    async def talk(self, thread: Thread) -> Talk | None:
        """A discussion in which anything was said, whether or not its channel wants recaps."""
        query = select(discussion).filter_by(**_place(thread))
        for row in await self._rows(query.where(_discussion.heard_at.is_not(None))):
            moments = (None, row.heard_at, row.recapped_at)
            return Talk(thread_of(row), *moments, NO_RECAP, "thread", row.link or None)
        return None

    async def remarks(self, thread: Thread, after: datetime | None = None) -> tuple[Remark, ...]:
        """What was said in a discussion after a moment, in its order, with its reactions."""
        signs = (
            select(func.sum(_reaction.count))
            .where(_reaction.platform == _contribution.platform)
            .where(_reaction.channel == _contribution.channel)
            .where(_reaction.message == _contribution.message)
            .scalar_subquery()
        )
        query = select(contribution, signs.label("signs")).filter_by(**_place(thread))
        if after:
            query = query.where(_contribution.at > after)
        rows = await self._rows(query.order_by(_contribution.at, _contribution.message))
        return tuple(_remark(row) for row in rows)

    async def show(self, talk: Talk, told: Recap, posting: Claimed) -> bool:
        """Have a recap posted, once; false where another process was first."""
        try:
            with speaking():
                async with self._engine.begin() as connection:
                    if not await _settle(connection, talk):
                        return False
                    await write_down(connection, posting, self._clock.now())
                    await note_quotes(connection, Record(posting.plan, None), told)
                    await anchor(connection, talk.thread, self._clock.now())
                    return True
        except IntegrityError:
            return False

    async def without_address(self, platforms: Sequence[str]) -> tuple[Thread, ...]:
        """Some discussions whose web address nobody asked for yet, the newest first."""
        query = (
            select(discussion)
            .where(_discussion.platform.in_(platforms), _discussion.link.is_(None))
            .where(_discussion.heard_at.is_not(None))
            .order_by(_discussion.opened_at.desc())
            .limit(SOME)
        )
        return tuple(thread_of(row) for row in await self._rows(query))

    async def note_address(self, thread: Thread, link: str) -> None:
        """Keep the web address of a discussion; empty for none."""
        with speaking():
            async with self._engine.begin() as connection:
                query = update(discussion).filter_by(**_place(thread)).values(link=link)
                await connection.execute(query)

    async def _rows(self, query: Executable) -> Sequence[Row[Any]]:
        with speaking():
            async with self._reading.connect() as connection:
                return (await connection.execute(query)).all()


def milliseconds(moment: datetime) -> int:
    """A moment as the names of recaps have it."""
    return int(moment.timestamp() * 1_000)


def thread_of(row: Row[Any]) -> Thread:
    """The thread of a row of `discussion`."""
    return Thread(row.platform, row.channel, row.thread, BriefingId(row.briefing), row.title)


async def _settle(connection: AsyncConnection, talk: Talk) -> bool:
    """Move on to the newest word, unless somebody did."""
    before = (
        _discussion.recapped_at == talk.recapped_at
        if talk.recapped_at
        else _discussion.recapped_at.is_(None)
    )
    query = update(discussion).filter_by(**_place(talk.thread)).where(before)
    return (await connection.execute(query.values(recapped_at=talk.heard_at))).rowcount == 1


def _is_new() -> ColumnElement[bool]:
    return or_(_discussion.recapped_at.is_(None), _discussion.heard_at > _discussion.recapped_at)


def _talk(row: Row[Any]) -> Talk:
    moments = (row.begun_at, row.heard_at, row.recapped_at)
    return Talk(thread_of(row), *moments, row.recap, row.recap_in, row.link or None)


def _remark(row: Row[Any]) -> Remark:
    return Remark(
        row.message,
        row.person,
        row.at,
        row.section,
        row.text,
        tuple(row.links),
        int(row.signs or 0),
    )


def _place(thread: Thread) -> Mapping[str, str]:
    return {"platform": thread.platform, "channel": thread.channel, "thread": thread.thread}
