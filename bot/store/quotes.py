"""What is up for discussion: the post that stands in a channel, and sections quoted below it.

Each quote is an edition of its own, which goes into the thread.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Executable, Row, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store import tables
from bot.store.agreements import Place
from bot.store.database import speaking
from bot.store.sayings import Thread
from bot.store.states import STANDS
from briefings.model import BriefingId
from briefings.schedule import Edition, SubscriptionId

_NAME = re.compile(r"quote/(\d+)/(\d+)/.+")

_edition, _message = tables.edition.c, tables.message.c


@dataclass(frozen=True, slots=True)
class Quote:
    """A section that was quoted at a moment (UTC), in a message where it is sent by now."""

    section: int
    at: datetime
    message: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A post whose card stands in a channel, and its thread where one is open."""

    edition: Edition
    card: str
    thread: str | None
    title: str
    messages: int
    """How many it has, the card counted."""


def quote_name(thread: Thread, section: int, number: int) -> SubscriptionId:
    """Under which name the `number`th quote in a thread goes into the ledger."""
    place = f"{thread.platform}/{thread.channel}/{thread.thread}"
    return SubscriptionId(f"quote/{section}/{number}/{place}")


class Quotes:
    """Questions about threads; raises StoreError."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._reading = engine.execution_options(isolation_level="AUTOCOMMIT")

    async def post(self, place: Place, briefing: BriefingId) -> Standing | None:
        """The newest post of a briefing in a channel."""
        platform, channel = place
        query = (
            select(tables.edition, _message.platform_id)
            .join_from(tables.edition, tables.message, _is_first())
            .where(_edition.platform == platform, _edition.channel == channel)
            .where(_edition.briefing == briefing, _message.state.in_(STANDS))
            .where(_message.platform_id.is_not(None))
            .order_by(_edition.due_at.desc())
            .limit(1)
        )
        for row in await self._rows(query):
            edition = Edition(SubscriptionId(row.subscription), row.day)
            number = await self._rows(select(func.count()).where(*_of(edition)))
            told = (row.thread, row.title or "", int(number[0][0]))
            return Standing(edition, row.platform_id, *told)
        return None

    async def of(self, thread: Thread) -> tuple[Quote, ...]:
        """What was quoted in a thread, oldest first."""
        query = (
            select(_edition.subscription, _edition.due_at, _message.platform_id)
            .join_from(tables.edition, tables.message, _is_first(), isouter=True)
            .where(_edition.platform == thread.platform, _edition.channel == thread.channel)
            .where(_edition.within == thread.thread, _edition.subscription.like("quote/%"))
            .order_by(_edition.due_at)
        )
        named = ((_NAME.fullmatch(row.subscription), row) for row in await self._rows(query))
        return tuple(
            Quote(int(found[1]), row.due_at, row.platform_id) for found, row in named if found
        )

    async def _rows(self, query: Executable) -> Sequence[Row[Any]]:
        with speaking():
            async with self._reading.connect() as connection:
                return (await connection.execute(query)).all()


def _of(edition: Edition) -> tuple[ColumnElement[bool], ...]:
    return (_message.subscription == edition.subscription, _message.day == edition.day)


def _is_first() -> ColumnElement[bool]:
    same = (_message.subscription == _edition.subscription) & (_message.day == _edition.day)
    return same & (_message.number == 0)
