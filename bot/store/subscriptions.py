"""Subscriptions, pins and the audit trail: what each channel agreed on, and who changed it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

from sqlalchemy import Executable, Row, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.clock import Clock
from bot.store import tables
from bot.store.database import speaking
from bot.store.subscription_rows import Held, held, terms_row
from briefings.model import BriefingId
from briefings.owning import Change
from briefings.schedule import Subscription, next_moment
from briefings.terms import Terms, line_of, subscription_ids, subscriptions, terms_of

Place: TypeAlias = tuple[str, str]
"""A platform's name and a channel's id there."""

_row = tables.subscription.c
_audit = tables.audit.c


@dataclass(frozen=True, slots=True)
class Act:
    """Who did what to a channel's posts."""

    person: str
    verb: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a channel agreed on, and whether the settings say so."""

    terms: Terms
    declared: bool
    held: tuple[Held, ...]

    @property
    def subscriptions(self) -> tuple[Subscription, ...]:
        """One a time."""
        return tuple(each.subscription for each in self.held)


class Subscriptions:
    """Every method is one transaction; raises StoreError where the database does not answer."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._reading = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._clock = clock

    async def at(self, place: Place) -> Agreement | None:
        """What a channel agreed on."""
        return agreement([held(row) for row in await self._rows(_of(place))])

    async def some(self, limit: int, after: str = "") -> tuple[Held, ...]:
        """The first subscriptions whose ids come after another one's, by their ids."""
        query = select(tables.subscription).where(_row.id > after).order_by(_row.id).limit(limit)
        rows = await self._rows(query)
        return tuple(held(row) for row in rows)

    async def next_due_at(self, platforms: Sequence[str]) -> datetime | None:
        """The earliest moment at which there is something to do; asks an index, however many."""
        query = select(func.min(_row.next_due_at).label("earliest"))
        found = [
            row.earliest
            for platform in platforms
            for row in await self._rows(query.where(_row.platform == platform))
            if row.earliest is not None
        ]
        return min(found, default=None)

    async def agree(
        self, place: Place, terms: Terms, act: Act, *, declared: bool = False
    ) -> Agreement:
        """Write a channel's terms down, with who changed what; they hold from now on."""
        with speaking():
            async with self._engine.begin() as connection:
                await self._agree(connection, place, terms, act, declared=declared)
                rows = (await connection.execute(_of(place))).all()
        found = agreement([held(row) for row in rows])
        if found is None:
            raise AssertionError("What was just written is not there.")
        return found

    async def end(self, place: Place, act: Act) -> bool:
        """Take a channel's subscriptions away; false where it has none."""
        with speaking():
            async with self._engine.begin() as connection:
                return await self._end(connection, place, act)

    async def declare(self, wanted: Mapping[Place, Terms], platforms: Sequence[str]) -> None:
        """Make the declared subscriptions of platforms what the settings say.

        Those that channels agreed on stay, but where the settings name the channel. What did not
        change stays as it is, so that a missed hour is still noticed.
        """
        act = Act("settings", "declare")
        with speaking():
            async with self._engine.begin() as connection:
                known = await _by_place(connection)
                for place, terms in wanted.items():
                    before = known.get(place)
                    if before is None or not before.declared or before.terms != terms:
                        await self._agree(connection, place, terms, act, declared=True)
                for place, before in known.items():
                    if before.declared and place not in wanted and _is_ours(place, platforms):
                        await self._end(connection, place, act)

    async def pin(self, place: Place, day: date, briefing: BriefingId | None, act: Act) -> None:
        """Have a briefing on a day, or, without one, take the day's pin away."""
        platform, channel = place
        where = {"platform": platform, "channel": channel, "day": day}
        with speaking():
            async with self._engine.begin() as connection:
                await connection.execute(delete(tables.pin).filter_by(**where))
                if briefing:
                    await connection.execute(tables.pin.insert().values(**where, briefing=briefing))
                after = f"{briefing} on {day}" if briefing else f"nothing on {day}"
                await self._note(connection, place, act, (None, after))

    async def pins(self, place: Place) -> Mapping[date, BriefingId]:
        """The pinned briefings of a channel."""
        platform, channel = place
        query = select(tables.pin).filter_by(platform=platform, channel=channel)
        return {row.day: BriefingId(row.briefing) for row in await self._rows(query)}

    async def changes(self, place: Place, limit: int = 5) -> tuple[Change, ...]:
        """The newest entries of a channel's audit trail, newest first."""
        platform, channel = place
        query = (
            select(tables.audit)
            .filter_by(platform=platform, channel=channel)
            .order_by(_audit.id.desc())
            .limit(limit)
        )
        return tuple(
            Change(row.at, row.person, row.act, row.after) for row in await self._rows(query)
        )

    async def _agree(
        self, connection: AsyncConnection, place: Place, terms: Terms, act: Act, *, declared: bool
    ) -> None:
        rows = (await connection.execute(_of(place))).all()
        before = agreement([held(row) for row in rows])
        began = (
            {each.subscription.id: each.subscription.since for each in before.held}
            if before
            else {}
        )
        now = self._clock.now()
        wanted = subscriptions(terms, *place, lambda name: began.get(name, now))
        surplus = set(began) - set(subscription_ids(terms, *place))
        if surplus:
            await connection.execute(delete(tables.subscription).where(_row.id.in_(surplus)))
        for each in wanted:
            row = {**terms_row(each), **_clock_row(each, now), "declared": declared}
            if each.id in began:
                query: Executable = update(tables.subscription).filter_by(id=each.id).values(row)
            else:
                query = tables.subscription.insert().values(
                    id=each.id, since=now, troubled=False, **row
                )
            await connection.execute(query)
        lines = (line_of(before.terms) if before else None, line_of(terms))
        await self._note(connection, place, act, lines)

    async def _end(self, connection: AsyncConnection, place: Place, act: Act) -> bool:
        before = agreement([held(row) for row in (await connection.execute(_of(place))).all()])
        if before is None:
            return False
        ids = [each.id for each in before.subscriptions]
        await connection.execute(delete(tables.subscription).where(_row.id.in_(ids)))
        await self._note(connection, place, act, (line_of(before.terms), None))
        return True

    async def _note(
        self,
        connection: AsyncConnection,
        place: Place,
        act: Act,
        lines: tuple[str | None, str | None],
    ) -> None:
        platform, channel = place
        before, after = lines
        await connection.execute(
            tables.audit.insert().values(
                at=self._clock.now(),
                platform=platform,
                channel=channel,
                person=act.person,
                act=act.verb,
                before=before,
                after=after,
            )
        )

    async def _rows(self, query: Executable) -> Sequence[Row[Any]]:
        with speaking():
            async with self._reading.connect() as connection:
                return (await connection.execute(query)).all()


def agreement(rows: Sequence[Held]) -> Agreement | None:
    """The rows of a channel as one agreement."""
    if not rows:
        return None
    return Agreement(terms_of([each.subscription for each in rows]), rows[0].declared, tuple(rows))


def _is_ours(place: Place, platforms: Sequence[str]) -> bool:
    """Whether this process speaks for a channel; rows of the first shape name no platform."""
    return place[0] in platforms or not place[0]


def _of(place: Place) -> Executable:
    platform, channel = place
    query = select(tables.subscription).filter_by(platform=platform, channel=channel)
    return query.order_by(_row.at, _row.id)


def _clock_row(subscription: Subscription, now: datetime) -> dict[str, object]:
    """Where the clock of a changed subscription stands: what was before now is over."""
    begun = max(now, subscription.since)
    first = next_moment(subscription, begun, included=True)
    return {"cursor": first, "next_due_at": first}


async def _by_place(connection: AsyncConnection) -> Mapping[Place, Agreement]:
    rows = (await connection.execute(select(tables.subscription).order_by(_row.at, _row.id))).all()
    grouped: dict[Place, list[Held]] = {}
    for row in rows:
        grouped.setdefault((row.platform, row.channel), []).append(held(row))
    found = {place: agreement(each) for place, each in grouped.items()}
    return {place: each for place, each in found.items() if each}
