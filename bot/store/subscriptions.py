"""Subscriptions, pins and the audit trail: what each channel agreed on, and who changed it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Executable, Row, delete, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.clock import Clock
from bot.platforms.port import platform_of
from bot.store import tables
from bot.store.agreements import (
    Act,
    Agreement,
    Place,
    agreement,
    by_place,
    note,
    remove,
    rows_of,
    write_terms,
)
from bot.store.database import speaking
from bot.store.reading import Reading
from bot.store.subscription_rows import Held, held
from briefings.model import BriefingId
from briefings.owning import Change
from briefings.terms import Terms

_row = tables.subscription.c
_audit = tables.audit.c


class Subscriptions:
    """Every method is one transaction; raises StoreError where the database does not answer."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._asking = Reading(engine)
        self._clock = clock

    async def at(self, place: Place) -> Agreement | None:
        """What a channel agreed on."""
        return agreement([held(row) for row in await self._rows(rows_of(place))])

    async def language(self, place: Place) -> str | None:
        """The language of a channel's posts; nothing where it gets none."""
        platform, channel = place
        query = select(_row.language).where(_row.platform == platform, _row.channel == channel)
        return next((row.language for row in await self._rows(query.limit(1))), None)

    async def among(self, platform: str, channels: Collection[str]) -> frozenset[str]:
        """Which of the channels get posts."""
        query = select(_row.channel).where(_row.platform == platform, _row.channel.in_(channels))
        rows = await self._rows(query.distinct()) if channels else ()
        return frozenset(row.channel for row in rows)

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
                await write_terms(connection, place, terms, act, (declared, self._clock.now()))
                rows = (await connection.execute(rows_of(place))).all()
        found = agreement([held(row) for row in rows])
        if found is None:
            raise AssertionError("What was just written is not there.")
        return found

    async def end(self, place: Place, act: Act) -> bool:
        """Take a channel's subscriptions away; false where it has none."""
        with speaking():
            async with self._engine.begin() as connection:
                return await remove(connection, place, act, self._clock.now())

    async def declare(self, wanted: Mapping[Place, Terms], platforms: Sequence[str]) -> None:
        """Make the declared subscriptions of platforms what the settings say.

        Those that channels agreed on stay, but where the settings name the channel. What did not
        change stays as it is, so that a missed hour is still noticed.
        """
        act, now = Act("settings", "declare"), self._clock.now()
        with speaking():
            async with self._engine.begin() as connection:
                known = await by_place(connection, wanted)
                for place, terms in wanted.items():
                    before = known.get(place)
                    if before is None or not before.declared or before.terms != terms:
                        await write_terms(connection, place, terms, act, (True, now))
                for place, before in known.items():
                    if before.declared and place not in wanted and _is_ours(place, platforms):
                        await remove(connection, place, act, now)

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
                await note(connection, place, act, (None, after), self._clock.now())

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

    async def _rows(self, query: Executable) -> Sequence[Row[Any]]:
        return await self._asking.rows(query)


def _is_ours(place: Place, platforms: Sequence[str]) -> bool:
    """Whether this process speaks for a channel; rows of the first shape name no platform."""
    return platform_of(place[0]) in platforms or not place[0]
