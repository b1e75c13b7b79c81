"""Discussions in the database: which threads are ours, and what was said in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Executable, Row, Select, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.clock import Clock
from bot.store import tables
from bot.store.database import speaking
from bot.store.manners import manners_of
from bot.store.sayings import Contribution, Thread, forget_said, is_unsaid, place_of, write
from bot.store.signs import Message, change_sign, clear_signs
from bot.store.talks import contribution, discussion
from bot.store.upsert import inserting
from briefings.model import BriefingId

__all__ = ["Contribution", "Discussions", "Thread"]

LATELY = timedelta(days=90)
"""How old a post may be under whose card people begin a thread themselves."""

_edition, _message = tables.edition.c, tables.message.c


class Discussions:
    """Every method is one transaction; raises StoreError where the database does not answer."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._reading = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._clock = clock

    async def thread(self, platform: str, channel: str, thread: str) -> Thread | None:
        """The discussion that a thread is, where it is one of ours; written down when first met."""
        place = {"platform": platform, "channel": channel, "thread": thread}
        known = await self._rows(select(discussion).filter_by(**place))
        return _thread(known[0]) if known else await self._begin(place)

    async def keep(self, thread: Thread, said: Contribution) -> None:
        """Keep what somebody said, or what it says by now; twice is the same as once.

        Text and links are left out where the channel does not allow them; nothing is kept that was
        deleted before, or is older than the channel wants it.
        """
        now = self._clock.now()
        with speaking():
            async with self._engine.begin() as connection:
                manners = await manners_of(connection, (thread.platform, thread.channel))
                oldest = now - timedelta(days=manners.kept_days)
                if said.at >= oldest and not await is_unsaid(connection, thread, said.message):
                    kept = said if manners.keeps_text else replace(said, text=None, links=())
                    await write(connection, thread, kept)

    async def forget(self, platform: str, channel: str, message: str) -> None:
        """Keep nothing of a message any more, also where it is told once more, and late."""
        with speaking():
            async with self._engine.begin() as connection:
                where = (platform, channel, message)
                await forget_said(connection, where, self._clock.now())

    async def forget_thread(self, platform: str, channel: str, thread: str) -> None:
        """Keep nothing of what was said in a thread any more."""
        place = {"platform": platform, "channel": channel, "thread": thread}
        query = select(contribution.c.message).filter_by(**place)
        with speaking():
            async with self._engine.begin() as connection:
                for message in (await connection.execute(query)).scalars().all():
                    where = (platform, channel, message)
                    await forget_said(connection, where, self._clock.now())

    async def react(self, where: Message, what: tuple[str, str], *, away: bool) -> None:
        """Keep that somebody put a sign under a message that is kept, or took it away.

        `where` is platform, channel and message, `what` the person and the sign.
        """
        with speaking():
            async with self._engine.begin() as connection:
                await change_sign(connection, where, what, away=away)

    async def clear(self, where: Message, sign: str | None) -> None:
        """Keep no sign of this kind under a message, whoever put it; nothing: none at all."""
        with speaking():
            async with self._engine.begin() as connection:
                await clear_signs(connection, where, sign)

    async def said_in(self, thread: Thread) -> tuple[Contribution, ...]:
        """What was said in a discussion, oldest first."""
        query = select(contribution).filter_by(**place_of(thread)).order_by(contribution.c.at)
        return tuple(_contribution(row) for row in await self._rows(query))

    async def number_of(self, thread: Thread, message: str) -> int | None:
        """The number of one of our messages in the post that a thread is about."""
        query = (
            select(_message.number)
            .join_from(tables.message, tables.edition, _is_of())
            .filter(_message.platform_id == message, _edition.briefing == thread.briefing)
            .filter(_edition.platform == thread.platform, _edition.channel == thread.channel)
        )
        return next((row.number for row in await self._rows(query)), None)

    async def section_of(self, thread: Thread, message: str) -> int | None:
        """The section that a message which is kept answers."""
        query = select(contribution.c.section).filter_by(message=message, **place_of(thread))
        return next((row.section for row in await self._rows(query)), None)

    async def _begin(self, place: dict[str, str]) -> Thread | None:
        found = await self._rows(_post_of(place)) or await self._rows(
            _card_of(place, self._clock.now() - LATELY)
        )
        if not found:
            return None
        (post,) = found
        row = {**place, "briefing": post.briefing, "title": post.title or ""}
        with speaking():
            async with self._engine.begin() as connection:
                begun = inserting(connection)(discussion).values({**row, "opened_at": post.due_at})
                await connection.execute(begun.on_conflict_do_nothing())
                known = select(discussion).filter_by(**place)
                return _thread((await connection.execute(known)).one())

    async def _rows(self, query: Executable) -> Sequence[Row[Any]]:
        with speaking():
            async with self._reading.connect() as connection:
                return (await connection.execute(query)).all()


def _post_of(place: Mapping[str, str]) -> Select[Any]:
    """The post whose thread it is."""
    query = select(_edition.briefing, _edition.title, _edition.due_at).filter_by(**place)
    return query.where(_edition.briefing.is_not(None)).limit(1)


def _card_of(place: Mapping[str, str], since: datetime) -> Select[Any]:
    """The post under whose card people began a thread themselves: it has the card's id."""
    return (
        select(_edition.briefing, _edition.title, _edition.due_at)
        .join_from(tables.edition, tables.message, _is_of())
        .where(_edition.platform == place["platform"], _edition.channel == place["channel"])
        .where(_edition.due_at >= since, _edition.briefing.is_not(None))
        .where(_message.number == 0, _message.platform_id == place["thread"])
        .limit(1)
    )


def _is_of() -> ColumnElement[bool]:
    return (_message.subscription == _edition.subscription) & (_message.day == _edition.day)


def _thread(row: Row[Any]) -> Thread:
    briefing = BriefingId(row.briefing)
    return Thread(row.platform, row.channel, row.thread, briefing, row.title)


def _contribution(row: Row[Any]) -> Contribution:
    links = tuple(row.links)
    return Contribution(row.message, row.person, row.at, row.section, row.text, links)
