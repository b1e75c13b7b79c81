"""Posts as they go out, kept once, and the messages made of them when an edition is taken up.

A hundred thousand channels may be due in the same minute. Their editions are written down at
once, each with the name of its print; the rows of its messages are written when its lane comes
to it, before anything is sent.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.platforms.port import Payload
from bot.store import tables
from bot.store.markers import marker
from bot.store.rows import Draft, Plan, State, digest, edition_row, message_rows

_message, _payload, _print = tables.message.c, tables.payload.c, tables.printed.c

DOUBTED = "restored"
"""Where the moment of the last restore is kept: what was due before may have gone out already."""


@dataclass(frozen=True, slots=True)
class Printed:
    """The messages of a post, shared by all channels that get it."""

    payloads: tuple[Payload, ...]
    digests: tuple[str, ...]
    name: str

    @staticmethod
    def of(payloads: Sequence[Payload]) -> Printed:
        """The payloads with the names under which they are kept."""
        digests = tuple(digest(each) for each in payloads)
        name = hashlib.sha256("|".join(digests).encode()).hexdigest()
        return Printed(tuple(payloads), digests, name)


async def keep(connection: AsyncConnection, prints: Iterable[Printed]) -> None:
    """Keep each print, and each body of it, once."""
    wanted = {each.name: each for each in prints}
    known = await _known(connection, _print.name, wanted)
    new = [each for name, each in wanted.items() if name not in known]
    if not new:
        return
    bodies = {
        name: body for each in new for name, body in zip(each.digests, each.payloads, strict=True)
    }
    await keep_bodies(connection, bodies)
    kept = [{"name": each.name, "digests": list(each.digests)} for each in new]
    await connection.execute(tables.printed.insert(), kept)


async def keep_bodies(connection: AsyncConnection, bodies: Mapping[str, Payload]) -> None:
    """Keep each body, by its digest, once, however many channels it goes to."""
    there = await _known(connection, _payload.digest, bodies)
    rows = [{"digest": name, "body": body} for name, body in bodies.items() if name not in there]
    if rows:
        await connection.execute(tables.payload.insert(), rows)


async def write_down(
    engine: AsyncEngine, plan: Plan, drafts: Sequence[Draft], now: datetime
) -> None:
    """Write an edition down with all its messages; raises IntegrityError where it is there."""
    async with engine.begin() as connection:
        await connection.execute(tables.edition.insert(), edition_row(plan, now))
        await keep_bodies(connection, {digest(each.payload): each.payload for each in drafts})
        if drafts:
            rows = message_rows(plan.edition, drafts, now)
            await connection.execute(tables.message.insert(), rows)


async def write_out(
    engine: AsyncEngine, plans: Sequence[Plan], secret: bytes, now: datetime
) -> None:
    """Write the messages of editions down that have none yet; whoever does it owns the editions."""
    async with engine.begin() as connection:
        keys = [(each.edition.subscription, each.edition.day) for each in plans]
        query = select(_message.subscription, _message.day).where(
            _message.number == 0, tuple_(_message.subscription, _message.day).in_(keys)
        )
        written = {(row.subscription, row.day) for row in await connection.execute(query)}
        new = [each for each, key in zip(plans, keys, strict=True) if key not in written]
        digests = await _digests(connection, {each.printed or "" for each in new})
        restored = await _restored(connection)
        rows = [
            {**row, "digest": name, **_doubt(each, restored)}
            for each in new
            for row, name in zip(
                _rows(each, len(digests[each.printed or ""]), secret, now),
                digests[each.printed or ""],
                strict=True,
            )
        ]
        if rows:
            await connection.execute(tables.message.insert(), rows)


async def _digests(connection: AsyncConnection, names: set[str]) -> Mapping[str, Sequence[str]]:
    rows = await connection.execute(select(tables.printed).where(_print.name.in_(names)))
    return {row.name: row.digests for row in rows}


async def _restored(connection: AsyncConnection) -> datetime | None:
    """When the database was last brought back from a backup."""
    query = select(tables.secret.c.value).filter_by(name=DOUBTED)
    found = (await connection.execute(query)).scalar()
    return datetime.fromisoformat(found.decode()) if found else None


def _doubt(plan: Plan, restored: datetime | None) -> Mapping[str, object]:
    """What a message begins as: in doubt, to be looked for first, where it was due before."""
    if restored is None or plan.due_at > restored:
        return {"first_tried_at": None}
    return {"state": State.UNKNOWN, "first_tried_at": plan.due_at}


def _rows(plan: Plan, count: int, secret: bytes, now: datetime) -> list[dict[str, object]]:
    drafts = [Draft(marker(secret, plan, number), {}) for number in range(count)]
    return message_rows(plan.edition, drafts, now)


async def _known(
    connection: AsyncConnection, column: Column[str], names: Iterable[str]
) -> set[str]:
    query = select(column).where(column.in_(list(names)))
    return set((await connection.execute(query)).scalars())
