"""Channels that the bot lost: their subscriptions pause, and go on as they were once it is back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Row, String, Table, Text, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.clock import Clock
from bot.store import tables
from bot.store.agreements import Act, Agreement, Place, agreement, rows_of, write_terms
from bot.store.database import speaking
from bot.store.subscription_rows import held
from bot.store.tables import Moment, metadata
from briefings.schedule import NEVER
from briefings.terms import Terms
from briefings.tongue import ENGLISH

loss = Table(
    "loss",
    metadata,
    Column("platform", String(40), primary_key=True),
    Column("channel", String(80), primary_key=True),
    Column("reason", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("paused_until", Moment),
)
"""`paused_until`: how long the channel had paused its posts itself, when it was lost."""

_audit = tables.audit.c
PERSON = 80
"""Characters that the audit trail has for who did something."""


@dataclass(frozen=True, slots=True)
class Loss:
    """A channel that was lost just now; `owner` set its posts up, where that was a person."""

    place: Place
    reason: str
    owner: str | None
    language: str = ENGLISH
    """Of its posts."""


class Losses:
    """Every method is one transaction; raises StoreError where the database does not answer."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    async def lose(self, place: Place, reason: str) -> Loss | None:
        """Pause a channel's posts; nothing where it has none, or was lost before."""
        try:
            with speaking():
                async with self._engine.begin() as connection:
                    return await self._lose(connection, place, reason)
        except IntegrityError:  # another process noticed at the same moment
            return None

    async def regain(self, place: Place) -> bool:
        """Let a channel's posts go on as they were; false where it was not lost."""
        with speaking():
            async with self._engine.begin() as connection:
                known = await _known(connection, place)
                if known is None:
                    return False
                await connection.execute(delete(loss).filter_by(**_key(place)))
                agreed = await _agreed(connection, place)
                if agreed and agreed.terms.paused_until == NEVER:
                    await self._pause(
                        connection, place, agreed, ("resume", place[0]), known.paused_until
                    )
                return True

    async def all(self) -> tuple[Place, ...]:
        """Every channel that is lost."""
        with speaking():
            async with self._engine.begin() as connection:
                rows = (await connection.execute(select(loss))).all()
        return tuple((row.platform, row.channel) for row in rows)

    async def paused(self, wanted: Mapping[Place, Terms]) -> Mapping[Place, Terms]:
        """The terms that settings declare, paused where the channel is lost."""
        lost = set(await self.all())
        return {
            place: replace(terms, paused_until=NEVER) if place in lost else terms
            for place, terms in wanted.items()
        }

    async def _lose(self, connection: AsyncConnection, place: Place, reason: str) -> Loss | None:
        agreed = await _agreed(connection, place)
        if agreed is None:
            return None
        known, until = await _known(connection, place), agreed.terms.paused_until
        if known is None:
            row = {**_key(place), "reason": reason, "at": self._clock.now(), "paused_until": until}
            await connection.execute(loss.insert().values(row))
        if until != NEVER:
            by = f"{place[0]}: {reason}"[:PERSON]
            await self._pause(connection, place, agreed, ("pause", by), NEVER)
        if known:
            return None
        return Loss(place, reason, await _owner(connection, place), agreed.terms.language)

    async def _pause(
        self,
        connection: AsyncConnection,
        place: Place,
        agreed: Agreement,
        act: tuple[str, str],
        until: datetime | None,
    ) -> None:
        verb, by = act
        terms = replace(agreed.terms, paused_until=until)
        how = (agreed.declared, self._clock.now())
        await write_terms(connection, place, terms, Act(by, verb), how)


async def _agreed(connection: AsyncConnection, place: Place) -> Agreement | None:
    return agreement([held(row) for row in (await connection.execute(rows_of(place))).all()])


async def _known(connection: AsyncConnection, place: Place) -> Row[Any] | None:
    return (await connection.execute(select(loss).filter_by(**_key(place)))).one_or_none()


async def _owner(connection: AsyncConnection, place: Place) -> str | None:
    """Who subscribed the channel last; nobody where the settings did."""
    query = (
        select(_audit.person)
        .where(_audit.platform == place[0], _audit.channel == place[1])
        .where(_audit.act == "subscribe")
        .order_by(_audit.id.desc())
        .limit(1)
    )
    return (await connection.execute(query)).scalar_one_or_none()


def _key(place: Place) -> dict[str, str]:
    platform, channel = place
    return {"platform": platform, "channel": channel}
