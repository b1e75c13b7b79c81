"""How channels discuss: as usual until they choose, and what they choose is written down."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.agreements import Act
from bot.store.manners import ChannelManners
from bot.store.tables import audit
from briefings.manners import Manners
from tests.fakes import MovedClock

PLACE, ACT = ("slack", "C1"), Act("U1", "discussions")
CHOSEN = Manners(
    opens=False, keeps_text=True, kept_days=30, recap="quiet 4h", recap_in="channel", signals=False
)


def _opened(database: AsyncEngine) -> ChannelManners:
    return ChannelManners(database, MovedClock(datetime(2026, 11, 23, 12, 0, tzinfo=UTC)))


async def test_a_channel_that_chose_nothing_keeps_no_text(database: AsyncEngine) -> None:
    assert await _opened(database).of(PLACE) == Manners()
    assert not Manners().keeps_text


async def test_what_a_channel_chose_holds_for_it_alone(database: AsyncEngine) -> None:
    manners = _opened(database)
    await manners.agree(PLACE, CHOSEN, ACT)
    await manners.agree(PLACE, replace(CHOSEN, kept_days=7), ACT)
    assert await manners.of(PLACE) == replace(CHOSEN, kept_days=7)
    assert await manners.of(("slack", "C2")) == Manners()
    assert dict(await manners.chosen()) == {PLACE: replace(CHOSEN, kept_days=7)}


async def test_who_changed_it_and_how_it_was_is_written_down(database: AsyncEngine) -> None:
    await _opened(database).agree(PLACE, CHOSEN, ACT)
    async with database.begin() as connection:
        (line,) = (await connection.execute(select(audit))).all()
    assert (line.person, line.act) == ("U1", "discussions")
    assert line.before == "opens:on text:off kept:90d recap:off in:thread signals:on"
    assert line.after == 'opens:off text:on kept:30d recap:"quiet 4h" in:channel signals:off'
