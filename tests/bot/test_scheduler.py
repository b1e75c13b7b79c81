"""The scheduler on a moved clock: nothing lost, nothing doubled, nothing silent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery.deliver import Delivery
from bot.delivery.lane import Lane
from bot.engine.embedded import Embedded
from bot.errors import PostRefused
from bot.planner import Planner
from bot.platforms.port import Payload
from bot.scheduler import Scheduler
from bot.store.agreements import Act
from bot.store.claims import Claims
from bot.store.ledger import Ledger
from bot.store.rows import State
from bot.store.subscriptions import Subscriptions
from briefings.message import Message
from briefings.model import Library
from briefings.schedule import Edition, Late, SubscriptionId
from briefings.terms import Terms
from tests.fakes import MovedClock, RecordingPlatform

BERLIN = ZoneInfo("Europe/Berlin")
DAILY = Terms((time(9),), BERLIN)
BEGIN = datetime(2026, 11, 22, 12, tzinfo=UTC)
HERE = ("slack", "C1")
SOMEBODY = Act("U1", "subscribe")
NAME = SubscriptionId("slack/C1")


class Nobody:
    """Nobody else wants a lane."""

    async def hold(self, lane: str) -> bool:
        return True

    async def release(self, lane: str) -> None:
        pass


class Office:
    """A bot without its rooms: it can be stopped and started again on the same database."""

    def __init__(self, database: AsyncEngine, library: Library, clock: MovedClock) -> None:
        self.database, self.library, self.clock = database, library, clock
        self.ledger = Ledger(database, clock)
        self.held = Subscriptions(database, clock)
        self.platform = RecordingPlatform()

    async def subscribe(
        self, terms: Terms, channel: str = "C1", since: datetime = BEGIN, platform: str = "slack"
    ) -> None:
        now, self.clock.moment = self.clock.moment, since
        await self.held.agree((platform, channel), terms, SOMEBODY)
        self.clock.moment = now

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[Scheduler]:
        delivery = Delivery(self.ledger, {"slack": self.platform}, self.clock)
        engine = Embedded([Lane("slack", self.ledger, delivery, self.clock)], Nobody())
        draws = {"slack": self.platform.draw}
        claims = Claims(self.database, self.clock)
        planner = Planner(claims, lambda: self.library, draws, self.clock)
        scheduler = Scheduler(self.held, planner, ("slack",), engine, self.clock)
        await engine.start()
        await scheduler.start()
        try:
            await scheduler.settle()
            yield scheduler
        finally:
            await scheduler.close()
            await engine.close()

    async def state(self, day: int) -> tuple[State, str | None] | None:
        edition = Edition(NAME, datetime(2026, 11, day, tzinfo=UTC).date())
        record = await self.ledger.find(edition)
        return (record.plan.state, record.plan.reason) if record else None

    def cards(self) -> list[object]:
        return [each.payload["title"] for each in self.platform.sent if each.to.thread is None]


NOTICE = "A post did not come"


@pytest.fixture
async def office(database: AsyncEngine, library: Library, clock: MovedClock) -> Office:
    made = Office(database, library, clock)
    await made.subscribe(DAILY)
    return made


async def look(scheduler: Scheduler) -> None:
    await scheduler.look()
    await scheduler.settle()


async def test_the_days_briefing_goes_out_at_its_hour_and_not_before(office: Office) -> None:
    office.clock.moment = datetime(2026, 11, 23, 7, 59, 59, tzinfo=UTC)
    async with office.at_work() as scheduler:
        assert office.cards() == []
        office.clock.move(seconds=1)
        await look(scheduler)
        assert office.cards() == ["Newer"]
        assert office.platform.titles() == ["Newer", "What's Next?"]


async def test_a_restart_does_not_post_twice(office: Office) -> None:
    for _ in range(3):
        async with office.at_work() as scheduler:
            await look(scheduler)
    assert office.cards() == ["Newer"]


async def test_the_next_day_brings_the_next_briefing_and_then_there_is_a_reason(
    office: Office,
) -> None:
    async with office.at_work() as scheduler:
        for _ in range(3):
            await look(scheduler)
            office.clock.move(days=1)
    assert office.cards() == ["Newer", "Older"]
    skipped = (State.SKIPPED, "every briefing was posted here within the rest period")
    assert await office.state(25) == skipped


async def test_a_short_downtime_posts_late_and_a_long_one_says_so(office: Office) -> None:
    office.clock.moment = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
    async with office.at_work():
        assert sorted(map(str, office.cards())) == [NOTICE, "Newer"]
    assert (await office.state(25) or ("", ""))[0] is State.SENT
    for day in (23, 24):
        state, reason = await office.state(day) or ("", "")
        assert state is State.SKIPPED
        assert "too late" in str(reason)


async def test_a_channel_that_wants_no_late_post_gets_none(office: Office) -> None:
    await office.subscribe(replace(DAILY, late=Late.SKIP))
    office.clock.moment = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
    async with office.at_work():
        assert office.cards() == [NOTICE]
    assert (await office.state(23) or ("", ""))[0] is State.SKIPPED


async def test_a_card_that_was_sent_does_not_come_again_when_its_thread_was_refused(
    office: Office,
) -> None:
    office.platform.troubles = [None, PostRefused("Threads are closed here.")]
    async with office.at_work() as scheduler:
        assert await office.state(23) == (State.REFUSED, "Threads are closed here.")
        office.clock.move(days=1)
        await look(scheduler)
    assert office.cards() == ["Newer", "Older"]
    assert set(await office.ledger.history(*HERE)) == {"newer", "older"}


async def test_one_refused_channel_does_not_keep_the_others_from_their_post(
    office: Office,
) -> None:
    await office.subscribe(DAILY, "C2")
    office.platform.troubles = [PostRefused("This channel is unknown: check SLACK_CHANNELS.")]
    async with office.at_work():
        pass
    assert office.cards() == ["Newer"]
    states = {each.plan.channel: each.plan.state for each in await office.ledger.newest(9)}
    assert sorted(states.values()) == [State.REFUSED, State.SENT]


async def test_a_platform_that_is_offline_keeps_its_editions_for_later(office: Office) -> None:
    await office.subscribe(DAILY, platform="discord")
    async with office.at_work():
        pass
    waiting = Edition(SubscriptionId("discord/C1"), datetime(2026, 11, 23, tzinfo=UTC).date())
    assert await office.ledger.find(waiting) is None


async def test_two_processes_post_once(office: Office) -> None:
    async with office.at_work() as one, office.at_work() as other:
        await look(one)
        await look(other)
    assert office.cards() == ["Newer"]


@pytest.mark.parametrize(
    ("start", "zone"),
    [
        (datetime(2026, 3, 22, tzinfo=UTC), "Europe/Berlin"),
        (datetime(2026, 10, 18, tzinfo=UTC), "Europe/Berlin"),
        (datetime(2026, 3, 1, tzinfo=UTC), "America/New_York"),
        (datetime(2026, 10, 25, tzinfo=UTC), "America/New_York"),
        (datetime(2026, 9, 27, tzinfo=UTC), "Australia/Lord_Howe"),
        (datetime(2026, 3, 29, tzinfo=UTC), "Australia/Lord_Howe"),
    ],
)
@pytest.mark.parametrize("at", [time(2, 15), time(2, 30), time(9)])
async def test_a_fortnight_over_a_clock_change_has_one_post_a_day(
    office: Office, start: datetime, zone: str, at: time
) -> None:
    office.clock.moment = start
    await office.held.end(HERE, SOMEBODY)
    daily = replace(DAILY, times=(at,), zone=ZoneInfo(zone), rest=timedelta(0))
    await office.subscribe(daily, since=start)
    async with office.at_work() as scheduler:
        for _ in range(14 * 4 + 1):
            await look(scheduler)
            office.clock.move(hours=6)
    days = await office.ledger.editions(start.date())
    claimed_last = await office.ledger.open_editions()  # as the door closed
    assert len(office.cards()) == len(days) - len(claimed_last)
    assert len(days) in {14, 15}


async def test_a_post_that_cannot_be_made_keeps_no_other_from_its_hour(
    office: Office, library: Library
) -> None:
    await office.subscribe(DAILY, "C2")
    real, calls = office.platform.draw, iter(range(9))

    def draw(message: Message) -> tuple[Payload, ...]:
        if next(calls) == 0:
            raise ValueError("Nobody can draw this.")
        return real(message)

    office.platform.draw = draw  # type: ignore[method-assign]
    async with office.at_work():
        pass
    records = {each.plan.channel: each.plan for each in await office.ledger.newest(9)}
    states = sorted(each.state for each in records.values())
    assert states == [State.SENT, State.SKIPPED]
    assert "ValueError" in " ".join(str(each.reason) for each in records.values())
