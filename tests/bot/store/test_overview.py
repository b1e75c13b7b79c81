"""What the page asks of the database, on both kinds: within the channels that somebody may see."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store import tables
from bot.store.agreements import Act
from bot.store.claims import Claimed
from bot.store.conclusions import Conclusions
from bot.store.database import open_database
from bot.store.discussions import Contribution, Discussions, Thread
from bot.store.ledger import Ledger
from bot.store.overview import Overview
from bot.store.rows import Plan, State
from bot.store.subscriptions import Subscriptions
from briefings.model import BriefingId
from briefings.schedule import Edition, SubscriptionId
from briefings.terms import Terms
from tests.bot.conftest import on
from tests.fakes import MovedClock

HERE, THERE = ("slack", "C1"), ("discord", "12")
DAY = date(2026, 11, 23)
DUE = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    async with open_database(on(request.param, request, tmp_path)) as engine:
        yield engine


async def write(database: AsyncEngine, clock: MovedClock) -> None:
    """A post in each channel, one of them parked, and a notice; a discussion in one of them."""
    ledger, held = Ledger(database, clock), Subscriptions(database, clock)
    for place, state in ((HERE, State.SENT), (THERE, State.PARKED)):
        edition = Edition(SubscriptionId("/".join(place)), DAY)
        plan = Plan(edition, *place, DUE, state, BriefingId("a"), "A")
        await ledger.claim(plan)
        await held.agree(place, Terms((time(9),), ZoneInfo("UTC")), Act("U1", "subscribe"))
        notice = Edition(SubscriptionId(f"notice/{'/'.join(place)}"), DAY)
        await ledger.claim(replace(plan, edition=notice, briefing=None))
    async with database.begin() as connection:
        posts = update(tables.edition).where(tables.edition.c.briefing == "a")
        await connection.execute(posts.values(thread="171.1"))
    talks = Discussions(database, clock)
    thread = await talks.thread(*HERE, "171.1")
    assert thread
    for number, person in enumerate(("U1", "U2", "U1")):
        said = Contribution(f"m{number}", person, DUE + timedelta(hours=number))
        await talks.keep(thread, said)


async def test_everything_is_asked_within_what_somebody_may_see(
    database: AsyncEngine, clock: MovedClock
) -> None:
    await write(database, clock)
    overview = Overview(database)
    for places, both in ((None, 2), ([HERE, THERE], 2), ([HERE], 1), ([], 0)):
        assert len(await overview.posts(places, 10)) == both
        assert len(await overview.subscriptions(places, 10)) == both
    assert [each.plan.channel for each in await overview.held(None, 10)] == ["12", "12"]
    assert await overview.held([HERE], 10) == []
    assert await overview.talks([THERE], 10) == []
    assert await overview.spoken([THERE], DUE) == []
    assert await overview.recaps(None, 10) == []


async def test_a_recap_waits_until_somebody_approves(
    database: AsyncEngine, clock: MovedClock
) -> None:
    await write(database, clock)
    conclusions = Conclusions(database, clock)
    thread = Thread(*HERE, "171.1", BriefingId("a"), "A")
    name = await conclusions.begin(thread)
    (waiting,) = await Overview(database).recaps([HERE], 10)
    assert (waiting.title, waiting.place) == ("A", HERE)
    assert await Overview(database).recaps([THERE], 10) == []
    version = await conclusions.newest(name)
    assert version
    told = Plan(Edition(SubscriptionId("conclusion/1"), DAY), *HERE, DUE)
    assert await conclusions.approve(version, "We wait.", ("T1", "U1"), Claimed(told))
    assert await Overview(database).recaps(None, 10) == []


async def test_a_discussion_is_told_in_figures(database: AsyncEngine, clock: MovedClock) -> None:
    await write(database, clock)
    (talk,) = await Overview(database).talks([HERE], 10)
    assert (talk.title, talk.replies, talk.people) == ("A", 3, 2)
    assert talk.last_at == DUE + timedelta(hours=2)
    spoken = await Overview(database).spoken(None, DUE + timedelta(hours=1))
    assert [each.person for each in spoken] == ["U1", "U2"]
