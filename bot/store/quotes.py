"""Sections that were quoted in a thread, to be discussed: each is an edition of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store import tables
from bot.store.database import speaking
from bot.store.sayings import Thread
from briefings.schedule import SubscriptionId

_NAME = re.compile(r"quote/(\d+)/(\d+)/.+")

_edition, _message = tables.edition.c, tables.message.c


@dataclass(frozen=True, slots=True)
class Quote:
    """A section that was quoted at a moment (UTC), in a message where it is sent by now."""

    section: int
    at: datetime
    message: str | None


def quote_name(thread: Thread, section: int, number: int) -> SubscriptionId:
    """Under which name the `number`th quote in a thread goes into the ledger."""
    place = f"{thread.platform}/{thread.channel}/{thread.thread}"
    return SubscriptionId(f"quote/{section}/{number}/{place}")


class Quotes:
    """Questions about threads; raises StoreError."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._reading = engine.execution_options(isolation_level="AUTOCOMMIT")

    async def of(self, thread: Thread) -> tuple[Quote, ...]:
        """What was quoted in a thread, oldest first."""
        first = (_message.subscription == _edition.subscription) & (_message.day == _edition.day)
        query = (
            select(_edition.subscription, _edition.due_at, _message.platform_id)
            .join_from(tables.edition, tables.message, first & (_message.number == 0), isouter=True)
            .where(_edition.platform == thread.platform, _edition.channel == thread.channel)
            .where(_edition.within == thread.thread, _edition.subscription.like("quote/%"))
            .order_by(_edition.due_at)
        )
        with speaking():
            async with self._reading.connect() as connection:
                rows = (await connection.execute(query)).all()
        named = ((_NAME.fullmatch(row.subscription), row) for row in rows)
        return tuple(
            Quote(int(found[1]), row.due_at, row.platform_id) for found, row in named if found
        )
