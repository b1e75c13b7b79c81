"""Manners in the database: how each channel discusses, and who changed that."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.clock import Clock
from bot.store.agreements import Act, Place, note
from bot.store.database import speaking
from bot.store.talks import contribution
from bot.store.talks import manners as table
from briefings.manners import Manners, line_of_manners

USUAL = Manners()
"""Those of a channel that chose none."""


class ChannelManners:
    """Every method is one transaction; raises StoreError where the database does not answer."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._reading = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._clock = clock

    async def of(self, place: Place) -> Manners:
        """How a channel discusses; as usual, where it chose nothing."""
        with speaking():
            async with self._reading.connect() as connection:
                return await manners_of(connection, place)

    async def chosen(self) -> Mapping[Place, Manners]:
        """Every channel that chose, and how."""
        with speaking():
            async with self._reading.connect() as connection:
                rows = (await connection.execute(select(table))).all()
        return {(row.platform, row.channel): _manners(row) for row in rows}

    async def agree(self, place: Place, manners: Manners, act: Act) -> None:
        """Have a channel discuss so from now on; text that it no longer allows goes at once."""
        with speaking():
            async with self._engine.begin() as connection:
                before = await manners_of(connection, place)
                await connection.execute(delete(table).filter_by(**_key(place)))
                await connection.execute(table.insert().values(_row(place, manners)))
                if not manners.keeps_text:
                    without: dict[str, object] = {"text": None, "links": [], "wording": None}
                    await connection.execute(
                        update(contribution).filter_by(**_key(place)).values(without)
                    )
                lines = (line_of_manners(before), line_of_manners(manners))
                await note(connection, place, act, lines, self._clock.now())


async def manners_of(connection: AsyncConnection, place: Place) -> Manners:
    """How a channel discusses, inside somebody's transaction."""
    row = (await connection.execute(select(table).filter_by(**_key(place)))).one_or_none()
    return _manners(row) if row else USUAL


async def manners_among(
    connection: AsyncConnection, platform: str, channels: Collection[str]
) -> Mapping[Place, Manners]:
    """How those of some channels discuss that chose, inside somebody's transaction."""
    query = select(table).filter_by(platform=platform).where(table.c.channel.in_(channels))
    rows = (await connection.execute(query)).all()
    return {(row.platform, row.channel): _manners(row) for row in rows}


def _key(place: Place) -> dict[str, str]:
    platform, channel = place
    return {"platform": platform, "channel": channel}


def _row(place: Place, manners: Manners) -> dict[str, object]:
    return {
        **_key(place),
        "opens": "on" if manners.opens else "off",
        "keeps_text": manners.keeps_text,
        "kept_days": manners.kept_days,
        "recap": manners.recap,
        "recap_in": manners.recap_in,
        "signals": manners.signals,
    }


def _manners(row: Row[Any]) -> Manners:
    told = Manners(
        opens=row.opens == "on",
        keeps_text=row.keeps_text,
        kept_days=row.kept_days,
        recap=row.recap,
        signals=row.signals,
    )
    return replace(told, recap_in="channel" if row.recap_in == "channel" else "thread")
