"""Figures about posts, readers, replies and signals, as the database has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Executable, Row, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store import tables
from bot.store.agreements import Place
from bot.store.database import speaking
from bot.store.signals import OPENED, hashed
from bot.store.states import State
from bot.store.talks import contribution, discussion, reaction, signal
from briefings.followups import Kind
from briefings.model import BriefingId

_edition, _contribution, _reaction = tables.edition.c, contribution.c, reaction.c


@dataclass(frozen=True, slots=True)
class Remark:
    """That somebody said something: where, about which section of which briefing, and when."""

    place: Place
    briefing: BriefingId
    section: int | None
    at: datetime


class Figures:
    """Questions alone; raises StoreError where the database does not answer."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._reading = engine.execution_options(isolation_level="AUTOCOMMIT")

    async def posts(self, since: datetime) -> dict[Place, int]:
        """How many posts went to each channel."""
        query = (
            select(_edition.platform, _edition.channel, func.count().label("number"))
            .where(_edition.state == State.SENT, _edition.briefing.is_not(None))
            .where(_edition.due_at >= since)
            .group_by(_edition.platform, _edition.channel)
        )
        return {_place(row): row.number for row in await self._rows(query)}

    async def signals(self, since: date) -> dict[Place, dict[Kind, int]]:
        """How often each signal was given in each channel."""
        columns = signal.c
        query = (
            select(columns.platform, columns.channel, columns.kind, func.count().label("number"))
            .where(columns.day >= since, columns.kind != OPENED)
            .group_by(columns.platform, columns.channel, columns.kind)
        )
        found: dict[Place, dict[Kind, int]] = {}
        for row in await self._rows(query):
            found.setdefault(_place(row), {})[Kind(row.kind)] = row.number
        return found

    async def readers(self, since: datetime) -> dict[Place, int]:
        """How many people acted in each channel: pressed, replied or reacted; nobody is named."""
        secret = await self._secret()
        found: dict[Place, set[str]] = {}
        for place, who in await self._hashes(since.date()):
            found.setdefault(place, set()).add(who)
        for place, person in await self._speakers(since):
            found.setdefault(place, set()).add(hashed(secret, place[0], person))
        return {place: len(people) for place, people in found.items()}

    async def remarks(self, since: datetime) -> tuple[Remark, ...]:
        """What was said in discussions, oldest first, without its words and who said it."""
        query = (
            select(contribution, discussion.c.briefing)
            .join_from(
                contribution,
                discussion,
                (_contribution.platform == discussion.c.platform)
                & (_contribution.channel == discussion.c.channel)
                & (_contribution.thread == discussion.c.thread),
            )
            .where(_contribution.at >= since)
            .order_by(_contribution.at)
        )
        return tuple(
            Remark(_place(row), BriefingId(row.briefing), row.section, row.at)
            for row in await self._rows(query)
        )

    async def _hashes(self, since: date) -> Iterator[tuple[Place, str]]:
        columns = signal.c
        query = select(columns.platform, columns.channel, columns.who).distinct()
        rows = await self._rows(query.where(columns.day >= since))
        return ((_place(row), row.who) for row in rows)

    async def _speakers(self, since: datetime) -> Iterator[tuple[Place, str]]:
        """Who replied, and who reacted to a reply, where the platform says so."""
        said = select(_contribution.platform, _contribution.channel, _contribution.person)
        reacted = (
            select(_reaction.platform, _reaction.channel, _reaction.person)
            .join(
                contribution,
                (_contribution.platform == _reaction.platform)
                & (_contribution.channel == _reaction.channel)
                & (_contribution.message == _reaction.message),
            )
            .where(_reaction.person != "")
        )
        parts = [each.where(_contribution.at >= since) for each in (said, reacted)]
        rows = [row for part in parts for row in await self._rows(part.distinct())]
        return ((_place(row), row.person) for row in rows)

    async def _secret(self) -> bytes:
        """The secret that people are counted by; without one nobody was counted yet."""
        rows = await self._rows(select(tables.secret.c.value).filter_by(name="markers"))
        return bytes(rows[0].value) if rows else b""

    async def _rows(self, query: Executable) -> Sequence[Row[Any]]:
        with speaking():
            async with self._reading.connect() as connection:
                return (await connection.execute(query)).all()


def _place(row: Row[Any]) -> Place:
    return row.platform, row.channel
