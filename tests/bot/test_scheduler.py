"""The scheduler on a moved clock: nothing lost, nothing doubled, nothing silent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.delivery.deliver import Delivery
from bot.delivery.lane import Lane
from bot.engine.embedded import Embedded
from bot.errors import PostRefused
from bot.scheduler import Scheduler
from bot.store.ledger import Ledger
from bot.store.rows import State
from briefings.model import Library
from briefings.schedule import Edition, Late, Subscription, SubscriptionId
from tests.fakes import MovedClock, RecordingPlatform

BERLIN = ZoneInfo("Europe/Berlin")
DAILY = Subscription(
    SubscriptionId("slack/C1"),
    "slack",
    "C1",
    time(9),
    BERLIN,
    datetime(2026, 11, 22, 12, tzinfo=UTC),
)


class Nobody:
    """Nobody else wants a lane."""

    async def hold(self, lane: str) -> bool:
        return True

    async def release(self, lane: str) -> None:
        pass


class Office:
    """A bot without its rooms: it can be stopped and started again on the same ledger."""

    def __init__(self, ledger: Ledger, library: Library, clock: MovedClock) -> None:
        self.ledger, self.library, self.clock = ledger, library, clock
        self.platform = RecordingPlatform()
        self.subscriptions = [DAILY]

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[Scheduler]:
        delivery = Delivery(self.ledger, {"slack": self.platform}, self.clock)
        engine = Embedded([Lane("slack", self.ledger, delivery, self.clock)], Nobody())
        scheduler = Scheduler(
            self.subscriptions,
            lambda: self.library,
            {"slack": self.platform.draw},
            self.ledger,
            engine,
            self.clock,
        )
        await engine.start()
        await scheduler.start()
        try:
            await scheduler.settle()
            yield scheduler
        finally:
            await scheduler.close()
            await engine.close()

    async def state(self, day: int) -> tuple[State, str | None] | None:
        edition = Edition(DAILY.id, datetime(2026, 11, day, tzinfo=UTC).date())
        record = await self.ledger.find(edition)
        return (record.plan.state, record.plan.reason) if record else None

    def cards(self) -> list[object]:
        return [each.payload["title"] for each in self.platform.sent if each.to.thread is None]


@pytest.fixture
def office(ledger: Ledger, library: Library, clock: MovedClock) -> Office:
    return Office(ledger, library, clock)


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
        assert office.cards() == ["Newer"]
    assert (await office.state(25) or ("", ""))[0] is State.SENT
    for day in (23, 24):
        state, reason = await office.state(day) or ("", "")
        assert state is State.SKIPPED
        assert "too late" in str(reason)


async def test_a_channel_that_wants_no_late_post_gets_none(office: Office) -> None:
    office.subscriptions = [replace(DAILY, late=Late.SKIP)]
    office.clock.moment = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
    async with office.at_work():
        assert office.cards() == []
    assert (await office.state(23) or ("", ""))[0] is State.SKIPPED


async def test_one_refused_channel_does_not_keep_the_others_from_their_post(
    office: Office,
) -> None:
    office.subscriptions = [
        DAILY,
        replace(DAILY, id=SubscriptionId("slack/C2"), channel="C2"),
    ]
    office.platform.troubles = [PostRefused("Channel C1 is unknown: check SLACK_CHANNELS.")]
    async with office.at_work():
        pass
    assert [each.to.channel for each in office.platform.sent if not each.to.thread] == ["C2"]
    assert await office.state(23) == (
        State.REFUSED,
        "Channel C1 is unknown: check SLACK_CHANNELS.",
    )


async def test_a_platform_that_is_offline_keeps_its_editions_for_later(office: Office) -> None:
    office.subscriptions = [replace(DAILY, platform="discord")]
    async with office.at_work():
        pass
    assert await office.state(23) is None


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
    daily = replace(DAILY, at=at, zone=ZoneInfo(zone), since=start, rest=timedelta(0))
    office.subscriptions = [daily]
    async with office.at_work() as scheduler:
        for _ in range(14 * 4 + 1):
            await look(scheduler)
            office.clock.move(hours=6)
    days = await office.ledger.editions(start.date())
    assert len(office.cards()) == len(days)
    assert len(days) in {14, 15}
