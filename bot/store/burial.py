"""Takes work out of the hands of workers that are gone, in one transaction with their rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, select, true, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import tables
from bot.store.rows import OPEN, State

_edition, _worker = tables.edition.c, tables.worker.c

SOME = 500
"""Editions that are freed by one statement."""


async def strike_off(
    connection: AsyncConnection, worker: str, beat: int | None, now: datetime
) -> bool:
    """Strike a worker off, unless it moved since `beat`, and free all that it had in hand."""
    unmoved = _worker.beat == beat if beat is not None else true()
    gone = await connection.execute(delete(tables.worker).where(_worker.id == worker, unmoved))
    if not gone.rowcount:
        return False
    lanes = update(tables.lane).where(tables.lane.c.owner == worker)
    await connection.execute(lanes.values(owner=None))
    await _free(connection, and_(_edition.owner == worker, _edition.state.in_(OPEN)), now)
    return True


async def free_orphans(connection: AsyncConnection, now: datetime) -> None:
    """Free what is in the hand of workers that nobody knows."""
    nobody = _edition.owner.not_in(select(_worker.id))
    await _free(connection, and_(_edition.state == State.CLAIMED, nobody), now)


async def _free(connection: AsyncConnection, these: ColumnElement[bool], now: datetime) -> None:
    """Free editions, and record it of each: locked first, so that those are the very same.

    What a worker claims meanwhile, whose claim commits between two statements, is left to the
    next look: it would be freed without a record.
    https://www.postgresql.org/docs/current/transaction-iso.html#XACT-READ-COMMITTED
    """
    columns = [_edition.subscription, _edition.day, _edition.state, _edition.owner]
    found = (await connection.execute(select(*columns).where(these).with_for_update())).all()
    for start in range(0, len(found), SOME):
        rows = found[start : start + SOME]
        await connection.execute(tables.transition.insert(), [_move(row, now) for row in rows])
        keys = [(row.subscription, row.day) for row in rows]
        mine = tuple_(_edition.subscription, _edition.day).in_(keys)
        freed = update(tables.edition).where(mine).values(owner=None, state=State.PLANNED)
        await connection.execute(freed)


def _move(row: Row[Any], now: datetime) -> dict[str, object]:
    """The move of an edition that is taken out of a dead worker's hand."""
    return {
        "subscription": row.subscription,
        "day": row.day,
        "before": row.state,
        "after": State.PLANNED,
        "at": now,
        "reason": "its worker is gone",
        "worker": row.owner,
    }
