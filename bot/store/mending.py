"""Recaps in the database that quote what no longer stands so, and what they say from then on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Executable, Row, and_, delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.platforms.port import Payload
from bot.store import tables
from bot.store.copies import Standing
from bot.store.database import speaking
from bot.store.discussions import Thread
from bot.store.printing import keep_bodies
from bot.store.rows import Record, digest, key, record
from bot.store.sayings import wording
from bot.store.states import STANDS, State
from bot.store.talks import conclusion, contribution, discussion, quoted_reply
from briefings.model import BriefingId
from briefings.recap import Recap, Remark
from briefings.schedule import Edition

SOME = 20
"""Recaps that are mended at once."""

WHOLE = "whole"
"""What names of recaps begin with that tell all that was said, whatever was recapped before."""

_quoted, _said = quoted_reply.c, contribution.c
_edition, _message = tables.edition.c, tables.message.c


@dataclass(frozen=True, slots=True)
class Torn:
    """A posted recap that quotes what is no longer kept, or was edited, and its messages."""

    record: Record
    messages: tuple[Standing, ...]


class Mending:
    """Every method is one transaction; raises StoreError where the database does not answer."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._reading = engine.execution_options(isolation_level="AUTOCOMMIT")

    async def torn(self, platforms: Collection[str]) -> tuple[Torn, ...]:
        """Some recaps that stand, one of whose quotes or its words are gone or others by now."""
        same = and_(_quoted.subscription == _edition.subscription, _quoted.day == _edition.day)
        query = (
            select(tables.edition)
            .where(_edition.platform.in_(platforms), _edition.state == State.SENT)
            .where(exists().where(same, _is_other()))
            .limit(SOME)
        )
        records = [record(row) for row in await self._rows(query)]
        return tuple([Torn(each, await self._standing(each)) for each in records])

    async def thread_of(self, edition: Edition) -> Thread | None:
        """The discussion that a recap is of."""
        _, name, _ = edition.subscription.split("/")
        query = select(conclusion, discussion.c.title).join_from(conclusion, discussion, _is_same())
        rows = await self._rows(query.where(conclusion.c.name == name))
        return next((_thread(row) for row in rows), None)

    async def span_of(self, edition: Edition) -> tuple[int, int]:
        """After and up to which moment a recap tells what was said, in milliseconds."""
        kind, name, last = edition.subscription.split("/")
        if kind == WHOLE:
            return 0, int(last)
        named = [_edition.subscription.like(f"{each}/{name}/%") for each in (kind, WHOLE)]
        query = select(_edition.subscription).where(or_(*named))
        moments = [int(row.subscription.rpartition("/")[2]) for row in await self._rows(query)]
        return max((each for each in moments if each < int(last)), default=0), int(last)

    async def wrote(self, edition: Edition, standing: Standing, payload: Payload) -> None:
        """Write down what a message says from now on, and let go of what it said."""
        with speaking():
            async with self._engine.begin() as connection:
                await keep_bodies(connection, {digest(payload): payload})
                at = update(tables.message).filter_by(**key(edition), number=standing.number)
                await connection.execute(at.values(digest=digest(payload)))
                await _let_go(connection, edition, standing.digest)

    async def mended(self, edition: Edition, told: Recap) -> None:
        """Note what a recap quotes by now."""
        with speaking():
            async with self._engine.begin() as connection:
                (row,) = await connection.execute(select(tables.edition).filter_by(**key(edition)))
                await connection.execute(delete(quoted_reply).filter_by(**key(edition)))
                await note_quotes(connection, record(row), told)

    async def _standing(self, found: Record) -> tuple[Standing, ...]:
        query = select(tables.message).filter_by(**key(found.plan.edition))
        query = query.where(_message.state.in_(STANDS), _message.platform_id.is_not(None))
        rows = await self._rows(query.order_by(_message.number))
        return tuple(Standing(row.number, row.platform_id, row.marker, row.digest) for row in rows)

    async def _rows(self, query: Executable) -> Sequence[Row[Any]]:
        with speaking():
            async with self._reading.connect() as connection:
                return (await connection.execute(query)).all()


async def note_quotes(connection: AsyncConnection, found: Record, told: Recap) -> None:
    """Note which replies a recap quotes, inside somebody's transaction."""
    plan = found.plan
    where = {**key(plan.edition), "platform": plan.platform, "channel": plan.channel}
    rows = [
        {
            **where,
            "message": each.message,
            "worded": each.text is not None,
            "wording": wording(each.text),
        }
        for each in _quotes(told)
    ]
    if rows:
        await connection.execute(quoted_reply.insert(), rows)


def _is_same() -> ColumnElement[bool]:
    return and_(
        conclusion.c.platform == discussion.c.platform,
        conclusion.c.channel == discussion.c.channel,
        conclusion.c.thread == discussion.c.thread,
    )


def _thread(row: Row[Any]) -> Thread:
    where = (row.platform, row.channel, row.thread)
    return Thread(*where, BriefingId(row.briefing), row.title)


def _quotes(told: Recap) -> Iterable[Remark]:
    return {each.message: each for each in (*told.quotes, *told.questions)}.values()


def _is_other() -> ColumnElement[bool]:
    mine = and_(
        _said.platform == _quoted.platform,
        _said.channel == _quoted.channel,
        _said.message == _quoted.message,
    )
    silent = and_(_quoted.worded.is_(True), exists().where(mine, _said.text.is_(None)))
    edited = exists().where(mine, _said.wording != _quoted.wording)
    return or_(~exists().where(mine), silent, edited)


async def _let_go(connection: AsyncConnection, edition: Edition, old: str) -> None:
    """Delete a body that no message shows, and the print of the edition that names it."""
    shown = exists().where(_message.digest == old)
    name = select(_edition.printed).filter_by(**key(edition)).scalar_subquery()
    others = select(_edition.day).where(
        _edition.printed == name, _edition.subscription != edition.subscription
    )
    if (await connection.execute(others.limit(1))).first() is None:
        printed = tables.printed
        await connection.execute(delete(printed).where(printed.c.name == name))
        body = tables.payload
        await connection.execute(delete(body).where(body.c.digest == old, ~shown))
