"""Who may look at the bot's page: one-time links, and the visits that they begin."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Table, delete, null, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.clock import Clock
from bot.store.agreements import Place
from bot.store.database import speaking
from bot.store.entries import entry_link, visit

LINK_LASTS = timedelta(minutes=10)
VISIT_LASTS = timedelta(hours=12)
BYTES = 32
"""Of chance in a secret: nobody guesses one, so its plain hash may be kept."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks at the page, and at which channels they may; nothing stands for every one."""

    person: str
    places: frozenset[Place] | None = None

    def may_see(self, place: Place) -> bool:
        """Whether a channel is theirs to see, and to release the posts of."""
        return self.places is None or place in self.places


class Visits:
    """Every method is one transaction; raises StoreError where the database does not answer."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    async def invite(self, person: str, places: Collection[Place] | None) -> str:
        """The secret of a link that lets somebody in once, within ten minutes."""
        now, secret = self._clock.now(), secrets.token_urlsafe(BYTES)
        with speaking():
            async with self._engine.begin() as connection:
                for table in (entry_link, visit):
                    await connection.execute(delete(table).where(table.c.expires_at <= now))
                row = _row(secret, Visitor(person, _set(places)), now + LINK_LASTS)
                await connection.execute(entry_link.insert().values(row))
        return secret

    async def enter(self, secret: str, current: str | None = None) -> str | None:
        """The secret of a visit; nothing where the link was used, is old, or never was.

        Somebody who is in keeps what they may see, and may see more.
        """
        now, begun = self._clock.now(), secrets.token_urlsafe(BYTES)
        with speaking():
            async with self._engine.begin() as connection:
                invited = await _taken(connection, entry_link, secret, now)
                if invited is None:
                    return None
                before = await _taken(connection, visit, current, now) if current else None
                row = _row(begun, _joined(invited, before), now + VISIT_LASTS)
                await connection.execute(visit.insert().values(row))
        return begun

    async def visitor(self, secret: str) -> Visitor | None:
        """Who is in with this secret, where somebody is."""
        query = select(visit).filter_by(digest=_digest(secret))
        with speaking():
            async with self._engine.begin() as connection:
                row = (await connection.execute(query)).one_or_none()
        return _visitor(row) if row and row.expires_at > self._clock.now() else None

    async def leave(self, secret: str) -> None:
        """End a visit."""
        with speaking():
            async with self._engine.begin() as connection:
                await connection.execute(delete(visit).filter_by(digest=_digest(secret)))

    async def end_all(self) -> int:
        """End every visit and every link; how many visits there were."""
        with speaking():
            async with self._engine.begin() as connection:
                await connection.execute(delete(entry_link))
                return (await connection.execute(delete(visit))).rowcount


async def _taken(
    connection: AsyncConnection, table: Table, secret: str, now: datetime
) -> Visitor | None:
    """Whose secret it is, which is worth nothing from now on: of two, one gets the row."""
    query = delete(table).filter_by(digest=_digest(secret)).returning(table)
    row = (await connection.execute(query)).one_or_none()
    return _visitor(row) if row and row.expires_at > now else None


def _joined(invited: Visitor, before: Visitor | None) -> Visitor:
    """What both may see, where both are one person."""
    if before is None or before.person != invited.person:
        return invited
    if before.places is None or invited.places is None:
        return Visitor(invited.person)
    return Visitor(invited.person, before.places | invited.places)


def _row(secret: str, visitor: Visitor, expires_at: datetime) -> dict[str, object]:
    places = null() if visitor.places is None else [list(each) for each in sorted(visitor.places)]
    return {
        "digest": _digest(secret),
        "person": visitor.person,
        "places": places,
        "expires_at": expires_at,
    }


def _visitor(row: Row[Any]) -> Visitor:
    places = (
        None if row.places is None else [(platform, channel) for platform, channel in row.places]
    )
    return Visitor(row.person, _set(places))


def _set(places: Collection[Place] | None) -> frozenset[Place] | None:
    return None if places is None else frozenset(places)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
