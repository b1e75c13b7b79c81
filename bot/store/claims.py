"""Claims due subscriptions in batches: locked, planned, and written in one transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.clock import Clock
from bot.store import tables
from bot.store.agreements import Place
from bot.store.approval_rows import approvals_among, rules_among
from bot.store.database import speaking
from bot.store.insertion import insert_editions
from bot.store.manners import manners_among
from bot.store.printing import Printed, keep
from bot.store.queries import gone_to
from bot.store.retold import discussed_among, talks_at
from bot.store.rows import Plan, edition_row
from bot.store.subscription_rows import Held, held
from briefings.approving import Approval, Rule
from briefings.manners import Manners
from briefings.model import BriefingId
from briefings.pick import History, Pins
from briefings.retold import Told
from briefings.schedule import Edition, SubscriptionId

_row = tables.subscription.c
_edition = tables.edition.c


@dataclass(frozen=True, slots=True)
class Claimed:
    """An edition to write down, and its messages."""

    plan: Plan
    printed: Printed | None = None


async def write_down(connection: AsyncConnection, claimed: Claimed, now: datetime) -> None:
    """Write one edition down in somebody's transaction; raises IntegrityError if it is there."""
    await keep(connection, [claimed.printed] if claimed.printed else [])
    await connection.execute(tables.edition.insert().values(edition_row(claimed.plan, now)))


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
        self.histories: dict[Place, dict[BriefingId, date]] = {}
        self.pins: Mapping[Place, Pins] = {}
        self.rules: Mapping[Place, Rule] = {}
        self.manners: Mapping[Place, Manners] = {}
        self.discussed: Mapping[Place, frozenset[BriefingId]] = {}

    async def look_around(self) -> None:
        """Read what is pinned in the channels, who approves there, and how they discuss."""
        rules: dict[Place, Rule] = {}
        manners: dict[Place, Manners] = {}
        pins: dict[Place, dict[date, BriefingId]] = {}
        discussed: dict[Place, frozenset[BriefingId]] = {}
        for platform, channels in self._channels():
            for row in await self._rows(_pinned_at(platform, channels)):
                pins.setdefault((platform, row.channel), {})[row.day] = BriefingId(row.briefing)
            rules |= await rules_among(self._connection, platform, channels)
            manners |= await manners_among(self._connection, platform, channels)
            discussed |= await discussed_among(self._connection, platform, channels)
        self.discussed = discussed
        self.pins, self.rules, self.manners = pins, rules, manners

    async def look_back(self, briefings: Collection[BriefingId]) -> None:
        """Read when these briefings were in the channels last."""
        for platform, channels in self._channels():
            for row in await self._rows(gone_to(platform, channels, briefings)):
                had = self.histories.setdefault((platform, row.channel), {})
                had[BriefingId(row.briefing)] = row.day

    async def history(self, place: Place) -> History:
        """All that a channel had, what this batch brings it included."""
        platform, channel = place
        rows = await self._rows(gone_to(platform, [channel]))
        had = {BriefingId(row.briefing): row.day for row in rows}
        return {**had, **self.histories.get(place, {})}

    def count(self, plan: Plan) -> None:
        """What a channel is about to get counts for its next edition in this batch."""
        if plan.briefing is not None:
            had = self.histories.setdefault((plan.platform, plan.channel), {})
            had[plan.briefing] = plan.edition.day

    def _channels(self) -> Iterator[tuple[str, list[str]]]:
        for platform in {each.subscription.platform for each in self.due}:
            mine = (each.subscription for each in self.due)
            yield platform, [each.channel for each in mine if each.platform == platform]

    async def approval(self, edition: Edition) -> Approval | None:
        """What the editors made of an edition, until this batch is written."""
        return (await approvals_among(self._connection, [edition])).get(edition)

    async def talks(self, place: Place, briefings: Sequence[BriefingId]) -> Sequence[Told]:
        """The newest discussions of briefings in a channel."""
        return await talks_at(self._connection, place, briefings)

    async def write(self, settled: Sequence[Settled]) -> tuple[Plan, ...]:
        """Write it all down; the plans of those editions that were not there before."""
        known = await self._known([one.plan.edition for each in settled for one in each.claimed])
        new = [one for each in settled for one in each.claimed if one.plan.edition not in known]
        if new:
            prints = {id(each.printed): each.printed for each in new if each.printed}
            await keep(self._connection, prints.values())
            own = {each.subscription.id for each in self.due}
            await insert_editions(self._connection, [each.plan for each in new], own, self._now)
        await self._move(settled)
        return tuple(each.plan for each in new)

    async def _move(self, settled: Sequence[Settled]) -> None:
        """Set the clocks of subscriptions, with one statement for all that stand alike."""
        alike: dict[tuple[object, ...], list[SubscriptionId]] = {}
        for each in settled:
            stands = (each.cursor, each.next_due_at, each.troubled)
            alike.setdefault(stands, []).append(each.subscription)
        for (cursor, next_due_at, troubled), names in alike.items():
            values = {"cursor": cursor, "next_due_at": next_due_at, "troubled": troubled}
            query = update(tables.subscription).where(_row.id.in_(names)).values(values)
            await self._connection.execute(query)

    async def _known(self, editions: Sequence[Edition]) -> set[Edition]:
        if not editions:
            return set()
        query = select(_edition.subscription, _edition.day).where(
            _edition.subscription.in_({each.subscription for each in editions}),
            _edition.day >= min(each.day for each in editions),
        )
        rows = await self._rows(query)
        return {Edition(SubscriptionId(row.subscription), row.day) for row in rows}

    async def _rows(self, query: Select[Any]) -> Sequence[Row[Any]]:
        found: Sequence[Row[Any]] = (await self._connection.execute(query)).all()
        return found


class Claims:
    """Hands out batches of due subscriptions; raises StoreError."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    @asynccontextmanager
    async def batch(self, platform: str, limit: int) -> AsyncIterator[Batch]:
        """The longest due subscriptions of a platform; empty where none is.

        What is written is there when the block ends; until then nobody else gets them.
        """
        now = self._clock.now()
        query = (
            select(tables.subscription)
            .where(_row.platform == platform, _row.next_due_at <= now)
            .order_by(_row.next_due_at)  # in the order of its index: nothing is sorted
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        with speaking():
            async with self._engine.begin() as connection:
                rows = (await connection.execute(query)).all()
                batch = Batch(connection, [held(row) for row in rows], now)
                if rows:
                    await batch.look_around()
                yield batch


def _pinned_at(platform: str, channels: Sequence[str]) -> Select[Any]:
    columns = tables.pin.c
    return select(tables.pin).where(columns.platform == platform, columns.channel.in_(channels))
