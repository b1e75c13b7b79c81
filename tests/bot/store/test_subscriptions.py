"""Subscriptions on both databases: agreed, declared, claimed once, and who changed what."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.planner import Planner
from bot.store.agreements import Act
from bot.store.claims import Claims
from bot.store.database import open_database
from bot.store.ledger import Ledger
from bot.store.rows import State
from bot.store.subscriptions import Subscriptions
from briefings.daysoff import Break, DaysOff, Region, Shift
from briefings.model import BriefingId, Library
from briefings.schedule import NEVER, Edition, Late, Layout, SubscriptionId
from briefings.terms import Terms
from tests.bot.conftest import on
from tests.fakes import MovedClock, RecordingPlatform

HERE, THERE = ("slack", "C1"), ("slack", "C2")
SOMEBODY = Act("U1", "subscribe")
TERMS = Terms((time(9),), ZoneInfo("Europe/Berlin"))
RICH = Terms(
    (time(8, 30), time(16)),
    ZoneInfo("America/New_York"),
    frozenset({0, 4}),
    frozenset({"mobility", "öffentlich"}),
    frozenset({"sports"}),
    DaysOff(Region("DE", "BY"), (Break(date(2026, 12, 24), date(2027, 1, 1)),), Shift.AFTER),
    timedelta(days=30),
    repeats=False,
    layout=Layout.WHOLE,
    late=Late.NEXT,
    late_until=timedelta(minutes=90),
    paused_until=NEVER,
)


@pytest.fixture(params=["sqlite", "postgresql"])
async def engine(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    async with open_database(on(request.param, request, tmp_path)) as opened:
        yield opened


@pytest.fixture
def store(engine: AsyncEngine, clock: MovedClock) -> Subscriptions:
    return Subscriptions(engine, clock)


def planner(engine: AsyncEngine, library: Library, clock: MovedClock) -> Planner:
    draws = {"slack": RecordingPlatform().draw}
    return Planner(Claims(engine, clock), lambda: library, draws, clock)


async def claim(planner: Planner) -> list[str]:
    return [plan.channel async for plans in planner.claim_due() for plan in plans]


async def test_every_term_is_kept_as_it_was_agreed(store: Subscriptions) -> None:
    agreed = await store.agree(HERE, RICH, SOMEBODY)
    assert agreed.terms == RICH
    found = await store.at(HERE)
    assert found is not None
    assert (found.terms, found.declared, len(found.held)) == (RICH, False, 2)
    assert await store.next_due_at(["slack"]) is None


async def test_a_changed_time_keeps_its_row_and_a_dropped_one_goes(store: Subscriptions) -> None:
    await store.agree(HERE, replace(RICH, paused_until=None), SOMEBODY)
    agreed = await store.agree(HERE, replace(TERMS, times=(time(7),)), SOMEBODY)
    assert [each.id for each in agreed.subscriptions] == ["slack/C1"]
    assert await store.end(HERE, SOMEBODY)
    assert not await store.end(HERE, SOMEBODY)
    assert await store.at(HERE) is None
    trail = await store.changes(HERE)
    assert [(each.act, each.person) for each in trail] == [("subscribe", "U1")] * 3
    assert trail[0].after is None


async def test_what_is_declared_takes_over_and_leaves_with_the_settings(
    store: Subscriptions,
) -> None:
    await store.agree(HERE, RICH, SOMEBODY)
    await store.agree(THERE, TERMS, SOMEBODY)
    await store.declare({HERE: TERMS}, ["slack"])
    declared = await store.at(HERE)
    assert declared is not None
    assert declared.declared
    await store.declare({}, ["discord"])
    assert await store.at(HERE)
    await store.declare({}, ["slack"])
    assert await store.at(HERE) is None
    assert await store.at(THERE)


async def test_a_restart_with_the_same_settings_forgets_no_missed_hour(
    store: Subscriptions, clock: MovedClock
) -> None:
    await store.declare({HERE: TERMS}, ["slack"])
    due = await store.next_due_at(["slack"])
    clock.move(days=3)
    await store.declare({HERE: TERMS}, ["slack"])
    assert await store.next_due_at(["slack"]) == due
    await store.declare({HERE: replace(TERMS, times=(time(10),))}, ["slack"])
    assert (await store.next_due_at(["slack"]) or clock.now()) > clock.now()


async def test_many_are_claimed_once_by_two_at_the_same_time(
    engine: AsyncEngine, store: Subscriptions, library: Library, clock: MovedClock
) -> None:
    for number in range(40):
        await store.agree(("slack", f"C{number}"), TERMS, SOMEBODY)
    clock.move(days=1, hours=1)
    one, other = planner(engine, library, clock), planner(engine, library, clock)
    first, second = await asyncio.gather(claim(one), claim(other))
    assert {*first, *second} == {f"C{number}" for number in range(40)}
    assert await claim(one) == []
    keys = [each.plan.edition for each in await Ledger(engine, clock).newest(1_000)]
    assert len(keys) == len(set(keys)) == len(first) + len(second)


async def test_a_claimed_edition_gets_its_messages_when_it_is_taken_up(
    engine: AsyncEngine, store: Subscriptions, library: Library, clock: MovedClock
) -> None:
    await store.agree(HERE, TERMS, SOMEBODY)
    clock.moment = datetime(2026, 11, 23, 8, tzinfo=UTC) + timedelta(days=1)
    await claim(planner(engine, library, clock))
    ledger = Ledger(engine, clock, "one")
    edition = Edition(SubscriptionId("slack/C1"), date(2026, 11, 24))
    assert await ledger.messages(edition) == ()
    taken = await ledger.take(edition)
    assert taken is not None
    titles = [each.draft.payload["title"] for each in await ledger.messages(edition)]
    assert titles == ["Newer", "What's Next?"]
    again = await Ledger(engine, clock, "one").take(edition)
    assert again is not None
    assert len(await ledger.messages(edition)) == 2


async def test_pins_are_kept_by_channel_and_day(
    engine: AsyncEngine, store: Subscriptions, library: Library, clock: MovedClock
) -> None:
    await store.agree(HERE, TERMS, SOMEBODY)
    day = date(2026, 11, 24)
    await store.pin(HERE, day, BriefingId("newer"), SOMEBODY)
    await store.pin(HERE, day, BriefingId("older"), SOMEBODY)
    assert await store.pins(HERE) == {day: "older"}
    clock.moment = datetime(2026, 11, 24, 8, tzinfo=UTC)
    await claim(planner(engine, library, clock))
    (record, *_) = await Ledger(engine, clock).recent(*HERE, 5)
    assert (record.plan.briefing, record.plan.state) == ("older", State.PLANNED)
    await store.pin(HERE, day, None, SOMEBODY)
    assert await store.pins(HERE) == {}
