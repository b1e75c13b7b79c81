"""The forecast: what would go out on the coming days, as the planner will pick it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.page.calendar import deciders, of_coming, week
from bot.page.forecast import forecast
from bot.page.sources import Names, Sources
from bot.store.agreements import Act
from bot.store.approvals import Approvals
from bot.store.briefings import Briefings
from bot.store.overview import Overview
from bot.store.releasing import Releasing
from bot.store.rows import Plan
from bot.store.subscriptions import Subscriptions
from briefings.approving import Approval, Decision, Rule, Silence
from briefings.intents import Verdict
from briefings.model import BriefingId, Library
from briefings.pick import Lack, Nothing, Pick, Reason
from briefings.schedule import Edition, SubscriptionId
from briefings.search import Results
from briefings.terms import Terms
from tests.fakes import MovedClock

HERE = ("slack", "C1")
NEWER, OLDER = BriefingId("newer"), BriefingId("older")


async def nothing(query: str) -> Results:
    return Results(query)


@pytest.fixture
async def sources(database: AsyncEngine, clock: MovedClock, library: Library) -> Sources:
    held = Subscriptions(database, clock)
    await held.agree(HERE, Terms((time(9),), ZoneInfo("Asia/Tokyo")), Act("U1", "subscribe"))
    return Sources(
        Overview(database),
        Releasing(database, clock),
        held,
        Approvals(database, clock),
        Briefings(database, clock),
        lambda: library,
        nothing,
        {},
        Names({}),
        clock,
    )


async def picked(sources: Sources, days: int = 3) -> list[object]:
    until = sources.clock.now() + timedelta(days=days)
    return [each.picked for each in await forecast(sources, None, until)]


async def test_what_goes_out_first_does_not_come_again(sources: Sources) -> None:
    first, second, third = await picked(sources)
    assert first == Pick(NEWER, Reason.NEWEST, OLDER)
    assert second == Pick(OLDER, Reason.NEWEST)
    assert third == Nothing(Lack.RESTING)


async def test_a_pin_is_foreseen(sources: Sources) -> None:
    await sources.subscriptions.pin(HERE, date(2026, 11, 25), NEWER, Act("U1", "pin"))
    first, second, _ = await picked(sources)
    assert first == Pick(NEWER, Reason.NEWEST, OLDER)
    assert second == Pick(OLDER, Reason.NEWEST)  # a pin does not bring anything twice
    await sources.subscriptions.pin(HERE, date(2026, 11, 24), OLDER, Act("U1", "pin"))
    first, *_ = await picked(sources)
    assert first == Pick(OLDER, Reason.PINNED, NEWER)


async def test_a_day_that_had_its_post_is_not_foreseen(sources: Sources, clock: MovedClock) -> None:
    edition = Edition(SubscriptionId("slack/C1"), date(2026, 11, 24))
    await sources.ledger.claim(Plan(edition, *HERE, clock.now()))
    assert len(await picked(sources)) == 2


async def test_others_channels_are_not_foreseen(sources: Sources) -> None:
    until = sources.clock.now() + timedelta(days=3)
    assert await forecast(sources, [("slack", "C2")], until) == []


async def test_the_calendar_has_the_channels_own_days(sources: Sources) -> None:
    coming = await forecast(sources, None, sources.clock.now() + timedelta(days=2))
    slots = [of_coming(each, {HERE: "daily"}, sources.title, {}) for each in coming]
    days = week(date(2026, 11, 23), slots)
    assert [len(each.slots) for each in days] == [0, 1, 1, 0, 0, 0, 0]
    (slot,) = days[1].slots
    assert (f"{slot.at:%H:%M}", slot.zone, slot.title) == ("09:00", "Asia/Tokyo", "Newer")


async def test_whoever_approved_is_called_by_name(sources: Sources) -> None:
    coming, *_ = await forecast(sources, None, sources.clock.now() + timedelta(days=2))
    decision = Decision(Verdict.APPROVE, "U1", coming.at)
    rule = Rule("C2", "#editors", Silence.HOLD)
    it = Approval("a", coming.edition, "C1", coming.at, NEWER, "printed", 1, rule, decision)
    approved = replace(coming, approval=it)
    assert deciders([coming, approved]) == {("slack", "U1")}
    people = {("slack", "U1"): "alice"}
    assert of_coming(approved, {HERE: "daily"}, sources.title, people).note == "approved by alice"
