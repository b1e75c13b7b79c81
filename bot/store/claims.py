"""Claims due subscriptions in batches: locked, planned, and written in one transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.clock import Clock
from bot.platforms.port import Payload
from bot.store import tables
from bot.store.database import speaking
from bot.store.rows import OPEN, Draft, Plan, State, digest, edition_row, key, message_rows
from bot.store.subscription_rows import Held, held
from bot.store.subscriptions import Place
from briefings.model import BriefingId
from briefings.pick import History, Pins
from briefings.schedule import Edition, SubscriptionId

_row = tables.subscription.c
_edition = tables.edition.c

_MOVE = (
    update(tables.subscription)
    .where(_row.id == bindparam("its_id"))
    .values(
        cursor=bindparam("to_cursor"),
        next_due_at=bindparam("to_next"),
        troubled=bindparam("is_troubled"),
    )
)


@dataclass(frozen=True, slots=True)
class Printed:
    """The messages of a post as they go out, shared by all channels that get it."""

    payloads: tuple[Payload, ...]
    digests: tuple[str, ...]

    @staticmethod
    def of(payloads: Sequence[Payload]) -> Printed:
        """The payloads with the names under which they are kept."""
        return Printed(tuple(payloads), tuple(digest(each) for each in payloads))


@dataclass(frozen=True, slots=True)
class Claimed:
    """An edition to write down, its messages, and their markers."""

    plan: Plan
    printed: Printed | None = None
    markers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """A subscription whose due editions are decided on, and where its clock stands then."""

    subscription: SubscriptionId
    cursor: datetime | None
    next_due_at: datetime | None
    troubled: bool
    claimed: tuple[Claimed, ...]


class Batch:
    """Subscriptions that are due, in nobody else's hand, with what their channels had."""

    def __init__(self, connection: AsyncConnection, due: Sequence[Held], now: datetime) -> None:
        self._connection = connection
        self._now = now
        self.due = due
        self.histories: Mapping[Place, History] = {}
        self.pins: Mapping[Place, Pins] = {}

    async def look_back(self) -> None:
        """Read what the channels had, and what is pinned there."""
        places = {(each.subscription.platform, each.subscription.channel) for each in self.due}
        histories: dict[Place, dict[BriefingId, date]] = {}
        for row in await self._rows(_gone_to(places)):
            place = histories.setdefault((row.platform, row.channel), {})
            place[BriefingId(row.briefing)] = row.day
        pins: dict[Place, dict[date, BriefingId]] = {}
        for row in await self._rows(_pinned_at(places)):
            pins.setdefault((row.platform, row.channel), {})[row.day] = BriefingId(row.briefing)
        self.histories, self.pins = histories, pins

    async def write(self, settled: Sequence[Settled]) -> tuple[Plan, ...]:
        """Write it all down; the plans of those editions that were not there before."""
        known = await self._known([one.plan.edition for each in settled for one in each.claimed])
        new = [one for each in settled for one in each.claimed if one.plan.edition not in known]
        if new:
            rows = [edition_row(each.plan, self._now) for each in new]
            await self._connection.execute(tables.edition.insert(), rows)
            await self._write_messages(new)
        await self._connection.execute(_MOVE, [_move(each) for each in settled])
        return tuple(each.plan for each in new)

    async def _known(self, editions: Sequence[Edition]) -> set[Edition]:
        if not editions:
            return set()
        keys = [(each.subscription, each.day) for each in editions]
        query = select(_edition.subscription, _edition.day).where(
            tuple_(_edition.subscription, _edition.day).in_(keys)
        )
        rows = await self._rows(query)
        return {Edition(SubscriptionId(row.subscription), row.day) for row in rows}

    async def _write_messages(self, new: Sequence[Claimed]) -> None:
        printed = {id(each.printed): each.printed for each in new if each.printed}
        bodies = {
            name: body
            for each in printed.values()
            for name, body in zip(each.digests, each.payloads, strict=True)
        }
        await _keep(self._connection, bodies)
        prototypes = {number: _prototype(each, self._now) for number, each in printed.items()}
        rows = [
            {**row, **key(each.plan.edition), "marker": marker}
            for each in new
            if each.printed
            for row, marker in zip(prototypes[id(each.printed)], each.markers, strict=True)
        ]
        if rows:
            await self._connection.execute(tables.message.insert(), rows)

    async def _rows(self, query: Select[Any]) -> Sequence[Row[Any]]:
        found: Sequence[Row[Any]] = (await self._connection.execute(query)).all()
        return found


class Claims:
    """Hands out batches of due subscriptions; raises StoreError."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    @asynccontextmanager
    async def batch(self, platforms: Sequence[str], limit: int) -> AsyncIterator[Batch]:
        """The longest due subscriptions of these platforms; empty where none is.

        What is written is there when the block ends; until then nobody else gets them.
        """
        now = self._clock.now()
        query = (
            select(tables.subscription)
            .where(_row.platform.in_(platforms), _row.next_due_at <= now)
            .order_by(_row.next_due_at, _row.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        with speaking():
            async with self._engine.begin() as connection:
                rows = (await connection.execute(query)).all()
                batch = Batch(connection, [held(row) for row in rows], now)
                if rows:
                    await batch.look_back()
                yield batch


def _gone_to(places: set[Place]) -> Select[Any]:
    """The briefings that went to channels, or are on their way there, oldest first."""
    return (
        select(_edition.platform, _edition.channel, _edition.briefing, _edition.day)
        .where(tuple_(_edition.platform, _edition.channel).in_(sorted(places)))
        .where(_edition.briefing.is_not(None))
        .where(_edition.state.in_((*OPEN, State.SENT, State.PARKED)))
        .order_by(_edition.day)
    )


def _pinned_at(places: set[Place]) -> Select[Any]:
    columns = tables.pin.c
    return select(tables.pin).where(tuple_(columns.platform, columns.channel).in_(sorted(places)))


def _prototype(printed: Printed, now: datetime) -> list[dict[str, object]]:
    """The rows of a post's messages, but for the edition and the markers."""
    nobody = Edition(SubscriptionId(""), date.min)
    drafts = [Draft("", {}) for _ in printed.payloads]
    rows = message_rows(nobody, drafts, now)
    return [{**row, "digest": name} for row, name in zip(rows, printed.digests, strict=True)]


async def _keep(connection: AsyncConnection, bodies: Mapping[str, Payload]) -> None:
    """Keep each body once, however many channels it goes to."""
    columns = tables.payload.c
    query = select(columns.digest).where(columns.digest.in_(bodies))
    known = set((await connection.execute(query)).scalars())
    new = [{"digest": name, "body": body} for name, body in bodies.items() if name not in known]
    if new:
        await connection.execute(tables.payload.insert(), new)


def _move(settled: Settled) -> dict[str, object]:
    return {
        "its_id": settled.subscription,
        "to_cursor": settled.cursor,
        "to_next": settled.next_due_at,
        "is_troubled": settled.troubled,
    }
