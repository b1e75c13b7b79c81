"""The ledger: which edition went where, message by message, written before and after each send."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Executable, Row, Table, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.clock import Clock
from bot.store import tables
from bot.store.rows import (
    OPEN,
    Draft,
    Plan,
    Record,
    State,
    Written,
    digest,
    edition_row,
    key,
    message_rows,
    record,
    written,
)
from briefings.model import BriefingId
from briefings.schedule import Edition, SubscriptionId


class Ledger:
    """The truth about what was sent; every method is one transaction."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._reading = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._clock = clock

    async def secret(self) -> bytes:
        """The secret that markers are made with, made on first use."""
        found = await self._rows(select(tables.secret.c.value).filter_by(name="markers"))
        if found:
            value: bytes = found[0].value
            return value
        await self._insert(tables.secret, [{"name": "markers", "value": secrets.token_bytes(32)}])
        return await self.secret()

    async def since(self, ids: Sequence[SubscriptionId]) -> Mapping[SubscriptionId, datetime]:
        """When each subscription was first seen; one that was never seen is seen now."""
        columns = tables.subscription.c
        known = await self._rows(select(columns.id, columns.since))
        seen = {SubscriptionId(row.id): row.since for row in known}
        new = [{"id": each, "since": self._clock.now()} for each in ids if each not in seen]
        if not new:
            return seen
        await self._insert(tables.subscription, new)
        return await self.since(ids)

    async def editions(self, since: date) -> frozenset[Edition]:
        """The editions from a local day on that have a row, whatever became of them."""
        columns = tables.edition.c
        rows = await self._rows(
            select(columns.subscription, columns.day).where(columns.day >= since)
        )
        return frozenset(Edition(SubscriptionId(row.subscription), row.day) for row in rows)

    async def claim(self, plan: Plan, drafts: Sequence[Draft] = ()) -> bool:
        """Write an edition down with all its messages; false where it was written before."""
        try:
            await self._write(plan, drafts)
        except IntegrityError:
            if await self.find(plan.edition):
                return False
            await self._write(plan, drafts)  # another edition was just storing the same payload
        return True

    async def _write(self, plan: Plan, drafts: Sequence[Draft]) -> None:
        now = self._clock.now()
        async with self._engine.begin() as connection:
            await connection.execute(tables.edition.insert(), edition_row(plan, now))
            await _store_payloads(connection, drafts)
            if drafts:
                rows = message_rows(plan.edition, drafts, now)
                await connection.execute(tables.message.insert(), rows)

    async def open_editions(self) -> tuple[Record, ...]:
        """The editions that are not finished, oldest first."""
        columns = tables.edition.c
        query = select(tables.edition).where(columns.state.in_(OPEN)).order_by(columns.due_at)
        return tuple(record(row) for row in await self._rows(query))

    async def find(self, edition: Edition) -> Record | None:
        """An edition's row."""
        rows = await self._rows(select(tables.edition).filter_by(**key(edition)))
        return record(rows[0]) if rows else None

    async def messages(self, edition: Edition) -> tuple[Written, ...]:
        """An edition's messages in their order, the card first."""
        message, payload = tables.message, tables.payload
        query = (
            select(message, payload.c.body)
            .join(payload, payload.c.digest == message.c.digest)
            .filter_by(**key(edition))
            .order_by(message.c.number)
        )
        return tuple(written(row) for row in await self._rows(query))

    async def mark(
        self,
        message: Written,
        state: State,
        platform_id: str | None = None,
        reason: str | None = None,
    ) -> None:
        """Write down what a message is about to become, or became."""
        now = self._clock.now()
        values: dict[str, object] = {"state": state, "reason": reason, "changed_at": now}
        if platform_id is not None:
            values["platform_id"] = platform_id
        if state is State.SENDING and message.first_tried_at is None:
            values["first_tried_at"] = now
        where = {**key(message.edition), "number": message.number}
        await self._update(update(tables.message).filter_by(**where).values(values))

    async def open_thread(self, edition: Edition, thread: str) -> None:
        """Write down the thread under an edition's card."""
        await self._update_edition(edition, thread=thread)

    async def finish(self, edition: Edition, state: State, reason: str | None = None) -> None:
        """Write down what became of an edition."""
        await self._update_edition(edition, state=state, reason=reason)

    async def history(self, platform: str, channel: str) -> Mapping[BriefingId, date]:
        """The last local day on which each briefing went to a channel, or is on its way there."""
        columns = tables.edition.c
        query = (
            select(columns.briefing, columns.day)
            .filter_by(platform=platform, channel=channel)
            .where(columns.briefing.is_not(None))
            .where(columns.state.in_((*OPEN, State.SENT, State.PARKED)))
            .order_by(columns.day)
        )
        return {BriefingId(row.briefing): row.day for row in await self._rows(query)}

    async def posted(self, platform: str, channel: str, briefing: BriefingId) -> Record | None:
        """The newest edition of a briefing whose card and thread stand in a channel."""
        columns = tables.edition.c
        query = (
            select(tables.edition)
            .filter_by(platform=platform, channel=channel, briefing=briefing)
            .where(columns.thread.is_not(None))
            .order_by(columns.due_at.desc())
            .limit(1)
        )
        rows = await self._rows(query)
        return record(rows[0]) if rows else None

    async def _rows(self, query: Executable) -> Sequence[Row[Any]]:
        async with self._reading.connect() as connection:
            return (await connection.execute(query)).all()

    async def _insert(self, table: Table, rows: list[dict[str, object]]) -> None:
        """Insert rows; where another process was quicker, its rows stand."""
        try:
            async with self._engine.begin() as connection:
                await connection.execute(table.insert(), rows)
        except IntegrityError:
            return

    async def _update(self, statement: Executable) -> None:
        async with self._engine.begin() as connection:
            await connection.execute(statement)

    async def _update_edition(self, edition: Edition, **values: object) -> None:
        row = {**values, "changed_at": self._clock.now()}
        await self._update(update(tables.edition).filter_by(**key(edition)).values(row))


async def _store_payloads(connection: AsyncConnection, drafts: Iterable[Draft]) -> None:
    """Keep each body once, however many channels it goes to."""
    bodies = {digest(draft.payload): draft.payload for draft in drafts}
    query = select(tables.payload.c.digest).where(tables.payload.c.digest.in_(bodies))
    known = set((await connection.execute(query)).scalars())
    new = [{"digest": name, "body": body} for name, body in bodies.items() if name not in known]
    if new:
        await connection.execute(tables.payload.insert(), new)
