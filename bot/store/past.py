"""Where a channel's past posts stand: the newest card of each briefing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Executable, Row, exists, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store import tables
from bot.store.reading import Reading
from bot.store.states import STANDS
from bot.store.talks import discussion
from briefings.model import BriefingId

_edition, _message = tables.edition.c, tables.message.c


@dataclass(frozen=True, slots=True)
class Card:
    """A card that stands in a channel: its local day and its message's id there."""

    day: date
    message: str


@dataclass(frozen=True, slots=True)
class Posted:
    """A post that stands in a channel, with the id of its card."""

    title: str
    channel: str
    at: datetime
    card: str


class PastPosts:
    """Questions about what stands in a channel; raises StoreError."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._asking = Reading(engine)

    async def cards(
        self, platform: str, channel: str, briefings: Collection[BriefingId]
    ) -> Mapping[BriefingId, Card]:
        """The newest card of each of the briefings that ever was posted there; one question."""
        if not briefings:
            return {}
        query = (
            select(_edition.briefing, _edition.day, _message.platform_id)
            .join_from(tables.edition, tables.message, _is_card())
            .where(_edition.platform == platform, _edition.channel == channel)
            .where(_edition.briefing.in_(briefings), _message.state.in_(STANDS))
            .where(_message.platform_id.is_not(None))
            .order_by(_edition.due_at)
        )
        rows = await self._rows(query)
        return {BriefingId(row.briefing): Card(row.day, row.platform_id) for row in rows}

    async def newest(
        self, platform: str, channels: Collection[str], limit: int
    ) -> tuple[Posted, ...]:
        """The newest posts with a thread in any of the channels, newest first; one question."""
        if not channels:
            return ()
        query = (
            select(_edition.title, _edition.channel, _edition.due_at, _message.platform_id)
            .join_from(tables.edition, tables.message, _is_card())
            .where(_edition.platform == platform, _edition.channel.in_(channels))
            .where(_edition.thread.is_not(None) | _is_discussed(), _message.state.in_(STANDS))
            .where(_message.platform_id.is_not(None), _edition.briefing.is_not(None))
            .order_by(_edition.due_at.desc())
            .limit(limit)
        )
        return tuple(
            Posted(row.title or "", row.channel, row.due_at, row.platform_id)
            for row in await self._rows(query)
        )

    async def _rows(self, query: Executable) -> Sequence[Row[Any]]:
        return await self._asking.rows(query)


def _is_discussed() -> ColumnElement[bool]:
    """Whether people began a thread under the card themselves: it has the card's id."""
    return exists().where(
        discussion.c.platform == _edition.platform,
        discussion.c.channel == _edition.channel,
        discussion.c.thread == _message.platform_id,
    )


def _is_card() -> ColumnElement[bool]:
    return (
        (_message.subscription == _edition.subscription)
        & (_message.day == _edition.day)
        & (_message.number == 0)
    )
