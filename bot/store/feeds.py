"""What feeds said last, and when each is to be asked again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.clock import Clock
from bot.store import shelves
from bot.store.database import speaking

_feed = shelves.feed.c


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed or page, with what tells its last answer from a newer one."""

    url: str
    etag: str | None = None
    modified: str | None = None


class Feeds:
    """Who asks which feed when; raises StoreError."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    async def take_due(self, urls: Sequence[str], every: timedelta) -> list[Feed]:
        """The feeds whose time has come, ours to ask: no other process gets them meanwhile.

        One that is asked for the first time is due at once; a clock that ran ahead once does not
        make a feed wait for longer than its interval.
        """
        return [feed for url in urls if (feed := await self._take(url, every)) is not None]

    async def note(self, feed: Feed, problem: str | None) -> None:
        """Write down what a feed answered, or why it did not."""
        row = {"etag": feed.etag, "modified": feed.modified, "problem": problem}
        with speaking():
            async with self._engine.begin() as connection:
                query = update(shelves.feed).filter_by(url=feed.url)
                await connection.execute(query.values(polled_at=self._clock.now(), **row))

    async def problems(self, urls: Sequence[str]) -> Mapping[str, str]:
        """Why feeds could not be read when they were last asked, by their addresses."""
        query = select(_feed.url, _feed.problem).where(_feed.url.in_(urls), _feed.problem != "")
        with speaking():
            async with self._engine.connect() as connection:
                return {row.url: row.problem for row in await connection.execute(query)}

    async def _take(self, url: str, every: timedelta) -> Feed | None:
        await self._enter(url)
        now = self._clock.now()
        is_due = (_feed.next_at <= now) | (_feed.next_at > now + every)
        mine = update(shelves.feed).where(_feed.url == url, is_due).values(next_at=now + every)
        with speaking():
            async with self._engine.begin() as connection:
                if not (await connection.execute(mine)).rowcount:
                    return None
                row = (await connection.execute(select(shelves.feed).filter_by(url=url))).one()
                return Feed(url, row.etag, row.modified)

    async def _enter(self, url: str) -> None:
        """A row for a feed that is new; where another process was quicker, its row stands."""
        with speaking(), suppress(IntegrityError):
            async with self._engine.begin() as connection:
                known = select(_feed.url).filter_by(url=url)
                if (await connection.execute(known)).first() is None:
                    row = {"url": url, "next_at": self._clock.now()}
                    await connection.execute(shelves.feed.insert(), row)
