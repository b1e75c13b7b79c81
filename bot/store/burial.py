"""Takes work out of the hands of workers that are gone, in one transaction with their rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Insert, and_, delete, literal, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import tables
from bot.store.rows import OPEN, State

_edition, _worker = tables.edition.c, tables.worker.c


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
    await connection.execute(_recorded(these, now))
    freed = update(tables.edition).where(these).values(owner=None, state=State.PLANNED)
    await connection.execute(freed)


def _recorded(these: ColumnElement[bool], now: datetime) -> Insert:
    """The move of every edition that is taken out of a dead worker's hand."""
    columns = tables.transition.c
    values = {
        columns.subscription: _edition.subscription,
        columns.day: _edition.day,
        columns.before: _edition.state,
        columns.after: literal(State.PLANNED.value),
        columns.at: literal(now, columns.at.type),
        columns.reason: literal("its worker is gone"),
        columns.worker: _edition.owner,
    }
    return tables.transition.insert().from_select(
        [column.name for column in values], select(*values.values()).where(these)
    )
