"""Where a channel's past posts stand: the newest card of each briefing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store import tables
from bot.store.database import speaking
from bot.store.states import STANDS
from briefings.model import BriefingId

_edition, _message = tables.edition.c, tables.message.c


@dataclass(frozen=True, slots=True)
class Card:
    """A card that stands in a channel: its local day and its message's id there."""

    day: date
    message: str


class PastPosts:
    """Questions about what stands in a channel; raises StoreError."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._reading = engine.execution_options(isolation_level="AUTOCOMMIT")

    async def cards(
        self, platform: str, channel: str, briefings: Collection[BriefingId]
    ) -> Mapping[BriefingId, Card]:
        """The newest card of each of the briefings that ever was posted there; one question."""
        if not briefings:
            return {}
        is_card = (
            (_message.subscription == _edition.subscription)
            & (_message.day == _edition.day)
            & (_message.number == 0)
        )
        query = (
            select(_edition.briefing, _edition.day, _message.platform_id)
            .join_from(tables.edition, tables.message, is_card)
            .where(_edition.platform == platform, _edition.channel == channel)
            .where(_edition.briefing.in_(briefings), _message.state.in_(STANDS))
            .where(_message.platform_id.is_not(None))
            .order_by(_edition.due_at)
        )
        with speaking():
            async with self._reading.connect() as connection:
                rows = (await connection.execute(query)).all()
        return {BriefingId(row.briefing): Card(row.day, row.platform_id) for row in rows}
