"""What teams concluded, in the database: every version, and where it was talked about."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, Row, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.clock import Clock
from bot.store.claims import Claimed, write_down
from bot.store.conclusion_rows import conclusion_name, place_of, version_row, view, views
from bot.store.database import speaking
from bot.store.discussions import Thread
from bot.store.reading import Reading
from bot.store.retold import APPROVED, Fold
from bot.store.talks import conclusion, contribution, discussion
from briefings.concluding import View
from briefings.model import BriefingId

DRAFT = "draft"

MOST = 20
"""Conclusions that are found by words, the newest ones."""

SOME = 500
"""Of so many at most it is looked up whether a newer version took their place."""

_conclusion, _discussion, _contribution = conclusion.c, discussion.c, contribution.c


@dataclass(frozen=True, slots=True)
class Version:
    """A version of what a team concluded; the first one, number 0, is empty."""

    name: str
    thread: Thread
    number: int
    text: str


class Conclusions:
    """Every method is one transaction; raises StoreError where the database does not answer."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._reading = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._asking = Reading(engine)
        self._clock = clock

    async def begin(self, thread: Thread) -> str:
        """The name of what a discussion comes to, whether or not anything was written down."""
        try:
            with speaking():
                async with self._engine.begin() as connection:
                    return await anchor(connection, thread, self._clock.now())
        except IntegrityError:  # somebody just began as well
            return conclusion_name(thread)

    async def newest(self, name: str) -> Version | None:
        """The newest version of what any of its versions is called."""
        with speaking():
            async with self._reading.connect() as connection:
                return await _newest(connection, name)

    async def approve(
        self, version: Version, text: str, who: tuple[str, str], telling: Claimed
    ) -> bool:
        """Write the next version down, and have it told; false where somebody did so meanwhile.

        `who` is the workspace and the person there.
        """
        workspace, person = who
        number = version.number + 1
        row = {
            **version_row(version.thread, number, self._clock.now()),
            "workspace": workspace,
            "text": text,
            "state": APPROVED,
            "person": person,
        }
        try:
            with speaking():
                async with self._engine.begin() as connection:
                    await connection.execute(conclusion.insert().values(row))
                    await write_down(connection, telling, self._clock.now())
        except IntegrityError:
            return False
        return True

    async def versions(self, thread: Thread) -> tuple[Version, ...]:
        """Every version of what a discussion came to, the first one first."""
        query = select(conclusion).filter_by(**place_of(thread)).order_by(_conclusion.version)
        return tuple(_version(row) for row in await self._rows(query))

    async def took_part(self, thread: Thread, person: str) -> bool:
        """Whether somebody said something in a discussion."""
        query = select(_contribution.message).filter_by(person=person, **place_of(thread)).limit(1)
        return bool(await self._rows(query))

    async def about(
        self, platform: str, workspace: str, briefings: Collection[BriefingId]
    ) -> Mapping[BriefingId, Sequence[View]]:
        """What teams of a workspace concluded about briefings, the newest first."""
        if not briefings:
            return {}
        query = views(platform, workspace).where(_conclusion.briefing.in_(briefings))
        found: dict[BriefingId, list[View]] = {}
        for row in await self._rows(query):
            found.setdefault(BriefingId(row.briefing), []).append(view(row))
        return found

    async def having(
        self, where: tuple[str, str], words: Collection[str], fold: Fold
    ) -> Sequence[View]:
        """What teams of a platform's workspace concluded with all of some words, newest first.

        They are compared as `fold` makes them.
        """
        platform, workspace = where
        texts = select(_conclusion.name, _conclusion.text)
        texts = texts.filter_by(platform=platform, workspace=workspace, state=APPROVED)
        rows = await self._rows(texts.order_by(_conclusion.changed_at.desc()))
        names = await asyncio.to_thread(_having, rows, list(map(fold, words)), fold)
        query = views(platform, workspace).where(_conclusion.name.in_(names[:SOME]))
        return [view(row) for row in await self._rows(query.limit(MOST))]

    async def _rows(self, query: Executable) -> Sequence[Row[Any]]:
        return await self._asking.rows(query)


async def anchor(connection: AsyncConnection, thread: Thread, now: datetime) -> str:
    """The name of what a discussion comes to; its first version is written where none is."""
    row = version_row(thread, 0, now)
    known = await connection.execute(select(_conclusion.name).filter_by(name=row["name"]))
    if known.first() is None:
        rest = {"workspace": "", "text": "", "state": DRAFT, "person": None}
        await connection.execute(conclusion.insert().values({**row, **rest}))
    return str(row["name"])


def _having(rows: Iterable[Row[Any]], words: Collection[str], fold: Fold) -> list[str]:
    folded = ((row.name, fold(row.text)) for row in rows)
    return [name for name, text in folded if all(word in text for word in words)]


async def _newest(connection: AsyncConnection, name: str) -> Version | None:
    query = select(conclusion).filter_by(name=name)
    row = (await connection.execute(query)).one_or_none()
    if row is None:
        return None
    place = {"platform": row.platform, "channel": row.channel, "thread": row.thread}
    newest = select(conclusion).filter_by(**place).order_by(_conclusion.version.desc()).limit(1)
    joined = (await connection.execute(newest)).one()
    title = select(_discussion.title).filter_by(**place)
    return _version(joined, (await connection.execute(title)).scalar_one_or_none())


def _version(row: Row[Any], title: str | None = None) -> Version:
    where = (row.platform, row.channel, row.thread)
    thread = Thread(*where, BriefingId(row.briefing), title or "")
    return Version(row.name, thread, row.version, row.text)
