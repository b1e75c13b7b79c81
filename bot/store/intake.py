"""Taking documents into the library: one transaction, in the order of all changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from sys import intern
from typing import Any

from sqlalchemy import Row, bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import shelves
from bot.store.keeping import Became, Document, Found, Held, State, free_names, settle
from briefings.model import BriefingId
from briefings.packing import FORM

PART = 500
"""Names that are asked for at once: SQLite and PostgreSQL take some thousand parameters."""

_briefing = shelves.briefing.c


async def take_in(
    connection: AsyncConnection,
    found: Sequence[Found],
    lost: Collection[str],
    now: datetime,
    *,
    by_hand: bool,
) -> tuple[Became, ...]:
    """Write down what was found; what became of each. See `Briefings.take_in`."""
    revision = await locked(connection) + 1
    known, former = await _known(connection, found, lost)
    taken = await _taken(connection, free_names(found, known))
    outcomes: list[Became] = []
    writing = _Writing()
    for each in found:
        there = known.get(each.origin)
        past = None if there else former.pop(each.seen, None)
        held, became = settle(each, there, past, taken, by_hand=by_hand)
        outcomes.append(became)
        if held is not None:
            held = replace(held, changed_at=now, revision=revision)
            writing.add(held, past or there, each)
            known[each.origin] = held
            taken.add(held.id)
    if await writing.write(connection):
        await count(connection, revision)
    return tuple(outcomes)


async def locked(connection: AsyncConnection) -> int:
    """The library's revision; whoever else wants to change the library waits from here on."""
    query = select(shelves.revision.c.value).filter_by(name="library").with_for_update()
    return int((await connection.execute(query)).scalar_one())


async def count(connection: AsyncConnection, revision: int) -> None:
    query = update(shelves.revision).filter_by(name="library")
    await connection.execute(query.values(value=revision))


async def _known(
    connection: AsyncConnection, found: Sequence[Found], lost: Collection[str]
) -> tuple[dict[str, Held], dict[str, Held]]:
    """The briefings at the origins of what was found, and by its bytes those that lost theirs."""
    known: dict[str, Held] = {}
    former: dict[str, Held] = {}
    for part in parts(found):
        at = _briefing.origin.in_([each.origin for each in part])
        same = _briefing.seen.in_({each.seen for each in part if each.seen})
        for row in await connection.execute(select(shelves.briefing).where(or_(at, same))):
            held = held_of(row)
            known[held.origin] = held
            if held.state is State.GONE or held.origin in lost:
                former[held.seen] = held
    return known, former


async def _taken(connection: AsyncConnection, names: Iterable[BriefingId]) -> set[BriefingId]:
    taken: set[BriefingId] = set()
    for part in parts(sorted(names)):
        taken |= set(await connection.scalars(select(_briefing.id).where(_briefing.id.in_(part))))
    return taken


@dataclass(slots=True)
class _Writing:
    """Rows that are written together at the end, each kind at once."""

    new: list[dict[str, object]] = field(default_factory=list)
    changed: list[dict[str, object]] = field(default_factory=list)
    versions: list[dict[str, object]] = field(default_factory=list)

    def add(self, held: Held, before: Held | None, found: Found) -> None:
        if before is None:
            self.new.append(asdict(held))
        else:
            self.changed.append({"at": held.id, **asdict(held)})
        if found.document and held.version > (before.version if before else 0):
            self.versions.append(_version_row(held, found.document))

    async def write(self, connection: AsyncConnection) -> bool:
        if self.new:
            await connection.execute(shelves.briefing.insert(), self.new)
        if self.changed:
            names = self.changed[0].keys() - _FIXED
            columns: dict[str, Any] = {name: bindparam(name) for name in names}
            query = update(shelves.briefing).where(_briefing.id == bindparam("at"))
            await connection.execute(query.values(columns), self.changed)
        if self.versions:
            await connection.execute(shelves.version.insert(), self.versions)
        return bool(self.new or self.changed)


_FIXED = {"at", "id"}


def _version_row(held: Held, document: Document) -> dict[str, object]:
    return {
        "briefing": held.id,
        "number": held.version,
        "name": document.name,
        "digest": held.digest,
        "document": document.content,
        "form": FORM,
        "packed": document.packed,
        "read_at": held.changed_at,
    }


def held_of(row: Row[Any]) -> Held:
    """The row as a briefing; of equal texts one is kept, for there are thousands."""
    return Held(
        BriefingId(row.id),
        row.origin,
        intern(row.source),
        row.title,
        State(row.state),
        row.digest if row.seen == row.digest else row.seen,
        row.digest,
        row.version,
        row.problem,
        row.added_at,
        row.changed_at,
        row.revision,
    )


def parts(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (values[at : at + PART] for at in range(0, len(values), PART))
