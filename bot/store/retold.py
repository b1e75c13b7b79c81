"""Discussions as they are told of later: of a briefing, the newest ones, and those with words."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Executable, Row, Select, func, select, tuple_, union_all
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.agreements import Place
from bot.store.reading import Reading
from bot.store.talks import conclusion, contribution, discussion
from briefings.concluding import words_of
from briefings.model import BriefingId
from briefings.retold import ON_CARD, Told

_discussion, _contribution, _conclusion = discussion.c, contribution.c, conclusion.c

APPROVED = "approved"
"""The state of a conclusion that counts."""

Threads: TypeAlias = frozenset[str]

Fold: TypeAlias = Callable[[str], str]
"""What makes texts alike that are to count as the same."""


class Retold:
    """Every method is one question; raises StoreError where the database does not answer."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._asking = Reading(engine)

    async def of(
        self, place: Place, briefings: Collection[BriefingId], limit: int
    ) -> tuple[Told, ...]:
        """The discussions of briefings in a channel in which anything was said, newest first."""
        if not briefings:
            return ()
        query = _talks().filter_by(**_key(place)).where(_discussion.briefing.in_(briefings))
        return await self._told(query.limit(limit))

    async def newest(self, place: Place, limit: int) -> tuple[Told, ...]:
        """The newest discussions of a channel in which anything was said."""
        return await self._told(_talks().filter_by(**_key(place)).limit(limit))

    async def in_threads(self, place: Place, threads: Threads, limit: int) -> tuple[Told, ...]:
        """The discussions of some threads, newest first."""
        query = _talks().filter_by(**_key(place)).where(_discussion.thread.in_(threads))
        return await self._told(query.limit(limit)) if threads else ()

    async def naming(self, place: Place, words: Collection[str], fold: Fold) -> Threads:
        """The threads of a channel in whose title, conclusions and kept words all words stand.

        They are compared as `fold` makes them; databases know the case of few scripts.
        https://www.sqlite.org/lang_expr.html#the_like_glob_regexp_match_and_extract_operators
        """
        texts = (
            (_discussion, _discussion.title),
            (_conclusion, _conclusion.text),
            (_contribution, _contribution.text),
        )
        queries = [
            select(columns.thread, text.label("text"))
            .where(columns.platform == place[0], columns.channel == place[1])
            .where(text.is_not(None))
            for columns, text in texts
        ]
        rows = await self._rows(union_all(*queries)) if words else ()
        wanted = frozenset(map(fold, words))
        return await asyncio.to_thread(_naming, rows, wanted, fold)

    async def words_in(self, place: Place, threads: Threads) -> Mapping[str, Sequence[str]]:
        """What was concluded and said in some threads, as far as it is kept, by the thread."""
        found: dict[str, list[str]] = {}
        concluded = select(_conclusion.thread, _conclusion.text).filter_by(**_key(place))
        concluded = concluded.where(_conclusion.state == APPROVED, _conclusion.thread.in_(threads))
        for row in await self._rows(concluded.order_by(_conclusion.version.desc())):
            found.setdefault(row.thread, [words_of(row.text)])
        said = select(_contribution.thread, _contribution.text).filter_by(**_key(place))
        said = said.where(_contribution.text.is_not(None), _contribution.thread.in_(threads))
        for row in await self._rows(said.order_by(_contribution.at)):
            found.setdefault(row.thread, []).append(row.text)
        return found

    async def _told(self, query: Executable) -> tuple[Told, ...]:
        return tuple(_told(row) for row in await self._rows(query))

    async def _rows(self, query: Executable) -> Sequence[Row[Any]]:
        return await self._asking.rows(query)


async def discussed_among(
    connection: AsyncConnection, platform: str, channels: Collection[str]
) -> Mapping[Place, frozenset[BriefingId]]:
    """The briefings that were discussed in some channels of a platform, by the channel."""
    query = select(_discussion.channel, _discussion.briefing).where(
        _discussion.platform == platform,
        _discussion.channel.in_(channels),
        _discussion.heard_at.is_not(None),
    )
    found: dict[Place, set[BriefingId]] = {}
    for row in await connection.execute(query):
        found.setdefault((platform, row.channel), set()).add(BriefingId(row.briefing))
    return {place: frozenset(briefings) for place, briefings in found.items()}


async def talks_at(
    connection: AsyncConnection, place: Place, briefings: Collection[BriefingId]
) -> Sequence[Told]:
    """The discussions of briefings in a channel, newest first, inside somebody's transaction."""
    query = _talks().filter_by(**_key(place)).where(_discussion.briefing.in_(briefings))
    return [_told(row) for row in await connection.execute(query.limit(ON_CARD))]


def _naming(rows: Iterable[Row[Any]], wanted: frozenset[str], fold: Fold) -> Threads:
    found: dict[str, set[str]] = {}
    for row in rows:
        text = fold(row.text)
        found.setdefault(row.thread, set()).update(each for each in wanted if each in text)
    return frozenset(thread for thread, words in found.items() if words == wanted)


def _talks() -> Select[Any]:
    """Discussions in which anything was said, each with the number of its replies."""
    same: ColumnElement[bool] = tuple_(
        _contribution.platform, _contribution.channel, _contribution.thread
    ) == tuple_(_discussion.platform, _discussion.channel, _discussion.thread)
    replies = select(func.count()).select_from(contribution).where(same).scalar_subquery()
    query = select(discussion, replies.label("replies")).where(_discussion.heard_at.is_not(None))
    return query.where(replies > 0).order_by(_discussion.opened_at.desc())


def _told(row: Row[Any]) -> Told:
    about = (BriefingId(row.briefing), row.title, row.thread)
    return Told(*about, row.opened_at, row.replies, row.link or None)


def _key(place: Place) -> dict[str, str]:
    platform, channel = place
    return {"platform": platform, "channel": channel}
