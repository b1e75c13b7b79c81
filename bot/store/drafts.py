"""Drafts in the database: they outlive restarts, and belong to whoever writes them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Executable, Row, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.clock import Clock
from bot.store import newsroom
from bot.store.database import speaking
from briefings.drafting import Draft
from briefings.model import BriefingId

_draft = newsroom.draft.c


class Drafts:
    """Every method is one transaction; raises StoreError where the database does not answer."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._reading = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._clock = clock

    async def begin(
        self,
        writer: tuple[str, str],
        texts: Mapping[str, str],
        of: tuple[BriefingId, int] | None = None,
    ) -> Draft:
        """A new draft of a writer (platform, person); `of` is the briefing, and its version."""
        platform, person = writer
        briefing, version = of or (None, 0)
        draft = Draft(secrets.token_hex(8), person, texts, briefing, version)
        row = {
            "name": draft.name,
            "platform": platform,
            "person": person,
            "texts": dict(texts),
            "briefing": briefing,
            "version": version,
            "changed_at": self._clock.now(),
        }
        await self._write(newsroom.draft.insert().values(row))
        return draft

    async def find(self, writer: tuple[str, str], name: str) -> Draft | None:
        """A writer's own draft; nobody else's."""
        platform, person = writer
        query = select(newsroom.draft).filter_by(name=name, platform=platform, person=person)
        return await self._one(query)

    async def write(self, draft: Draft, texts: Mapping[str, str]) -> Draft:
        """Keep what was written on a page; the other pages stay as they are."""
        values = {**draft.texts, **texts}
        query = update(newsroom.draft).filter_by(name=draft.name)
        await self._write(query.values(texts=values, changed_at=self._clock.now()))
        return replace(draft, texts=values)

    async def saved(self, draft: Draft, briefing: BriefingId, version: int) -> None:
        """Note that a draft became a version of a briefing."""
        now = self._clock.now()
        values = {"briefing": briefing, "version": version, "saved_at": now, "changed_at": now}
        await self._write(update(newsroom.draft).filter_by(name=draft.name).values(values))

    async def behind(self, briefing: BriefingId) -> Draft | None:
        """The draft that became a briefing's newest version."""
        query = select(newsroom.draft).where(
            _draft.briefing == briefing, _draft.saved_at.is_not(None)
        )
        return await self._one(query.order_by(_draft.version.desc(), _draft.saved_at.desc()))

    async def has_written(self, writer: tuple[str, str], briefing: BriefingId) -> bool:
        """Whether somebody wrote one of a briefing's versions."""
        platform, person = writer
        query = select(_draft.name).filter_by(platform=platform, person=person, briefing=briefing)
        return bool(await self._rows(query.where(_draft.saved_at.is_not(None)).limit(1)))

    async def _one(self, query: Executable) -> Draft | None:
        rows = await self._rows(query)
        return _of(rows[0]) if rows else None

    async def _rows(self, query: Executable) -> list[Row[Any]]:
        with speaking():
            async with self._reading.connect() as connection:
                return list((await connection.execute(query)).all())

    async def _write(self, query: Executable) -> None:
        with speaking():
            async with self._engine.begin() as connection:
                await connection.execute(query)


def _of(row: Row[Any]) -> Draft:
    briefing = BriefingId(row.briefing) if row.briefing else None
    return Draft(row.name, row.person, row.texts, briefing, row.version, row.saved_at is not None)
