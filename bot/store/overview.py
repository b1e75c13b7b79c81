"""What the bot's page shows of posts and discussions; nothing is written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    FromClause,
    Row,
    Select,
    Table,
    and_,
    exists,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store import tables
from bot.store.agreements import Place
from bot.store.database import speaking
from bot.store.rows import Record, record
from bot.store.states import State
from bot.store.subscription_rows import Held, held
from bot.store.talks import conclusion, contribution, discussion
from briefings.model import BriefingId
from briefings.schedule import Edition, SubscriptionId

_edition = tables.edition.c

MOST_SAID = 20_000
"""Contributions that a plot is made of at most, the newest."""


@dataclass(frozen=True, slots=True)
class Talked:
    """A discussion in figures: messages, people, and when somebody spoke last."""

    place: Place
    thread: str
    briefing: BriefingId
    title: str
    opened_at: datetime
    replies: int
    people: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class Spoken:
    """That somebody said something about a briefing, and when; not what."""

    place: Place
    person: str
    title: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Recap:
    """A discussion that was recapped, and of which nobody approved a conclusion yet."""

    place: Place
    thread: str
    briefing: BriefingId
    title: str
    recapped_at: datetime
    link: str | None


class Overview:
    """Questions; `places` are the channels that are asked about, nothing stands for every one.

    Raises StoreError where the database does not answer.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._reading = engine.execution_options(isolation_level="AUTOCOMMIT")

    async def subscriptions(self, places: Collection[Place] | None, limit: int) -> Sequence[Held]:
        """The subscriptions of channels, those that are due next first."""
        row = tables.subscription
        query = _among(select(row), row, places).order_by(row.c.next_due_at, row.c.id)
        return [held(each) for each in await self._rows(query.limit(limit))]

    async def held(self, places: Collection[Place] | None, limit: int) -> Sequence[Record]:
        """Posts that wait for somebody to release them, newest first."""
        waits = _edition.state.in_((State.PARKED, State.REFUSED))
        query = _among(select(tables.edition), tables.edition, places).where(waits)
        found = await self._rows(query.order_by(_edition.due_at.desc()).limit(limit))
        return [record(each) for each in found]

    async def posts(self, places: Collection[Place] | None, limit: int) -> Sequence[Record]:
        """What became of the newest posts, without what is told beside them."""
        query = _among(select(tables.edition), tables.edition, places).where(_is_post())
        found = await self._rows(query.order_by(_edition.due_at.desc()).limit(limit))
        return [record(each) for each in found]

    async def begun(self, editions: Collection[Edition]) -> frozenset[Edition]:
        """Which of the editions have a row already, whatever became of them."""
        keys = [(each.subscription, each.day) for each in editions]
        query = select(_edition.subscription, _edition.day)
        found = await self._rows(query.where(tuple_(_edition.subscription, _edition.day).in_(keys)))
        return frozenset(Edition(SubscriptionId(row.subscription), row.day) for row in found)

    async def talks(self, places: Collection[Place] | None, limit: int) -> Sequence[Talked]:
        """The newest discussions, those in which somebody spoke last first."""
        last = func.max(contribution.c.at)
        query = (
            select(
                discussion,
                func.count(contribution.c.message).label("replies"),
                func.count(contribution.c.person.distinct()).label("people"),
                last.label("last_at"),
            )
            .select_from(discussion.outerjoin(contribution, _same_thread(contribution, discussion)))
            .group_by(*discussion.primary_key.columns)
            .order_by(func.coalesce(last, discussion.c.opened_at).desc())
        )
        found = await self._rows(_among(query, discussion, places).limit(limit))
        return [_talked(each) for each in found]

    async def spoken(self, places: Collection[Place] | None, since: datetime) -> Sequence[Spoken]:
        """Who spoke about what since a moment, newest first."""
        query = (
            select(contribution, discussion.c.title)
            .join(discussion, _same_thread(contribution, discussion))
            .where(contribution.c.at >= since)
            .order_by(contribution.c.at.desc())
        )
        found = await self._rows(_among(query, discussion, places).limit(MOST_SAID))
        return [Spoken(_place(row), row.person, row.title, row.at) for row in found]

    async def recaps(self, places: Collection[Place] | None, limit: int) -> Sequence[Recap]:
        """What waits for somebody's approval, newest first."""
        other = conclusion.alias()
        approved = exists().where(_same_thread(other, conclusion), other.c.state == "approved")
        query = (
            select(conclusion, discussion.c.title, discussion.c.link)
            .join(discussion, _same_thread(discussion, conclusion))
            .where(conclusion.c.state == "draft", ~approved)
            .order_by(conclusion.c.changed_at.desc())
        )
        found = await self._rows(_among(query, conclusion, places).limit(limit))
        return [
            Recap(_place(row), row.thread, row.briefing, row.title, row.changed_at, row.link)
            for row in found
        ]

    async def _rows(self, query: Executable) -> Sequence[Row[Any]]:
        with speaking():
            async with self._reading.connect() as connection:
                return (await connection.execute(query)).all()


def _among(query: Select[Any], table: Table, places: Collection[Place] | None) -> Select[Any]:
    if places is None:
        return query
    return query.where(tuple_(table.c.platform, table.c.channel).in_(list(places)))


def _is_post() -> ColumnElement[bool]:
    """Whether an edition is of a subscription, or a briefing was posted; not a notice or a form."""
    own = func.substr(_edition.subscription, 1, func.length(_edition.platform))
    return or_(_edition.briefing.is_not(None), own == _edition.platform)


def _same_thread(one: FromClause, other: FromClause) -> ColumnElement[bool]:
    names = ("platform", "channel", "thread")
    return and_(*(one.c[name] == other.c[name] for name in names))


def _place(row: Row[Any]) -> Place:
    return row.platform, row.channel


def _talked(row: Row[Any]) -> Talked:
    figures = (row.opened_at, row.replies, row.people, row.last_at)
    return Talked(_place(row), row.thread, row.briefing, row.title, *figures)
