"""Delivery: each message once, in order, whatever the platform says."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.delivery.deliver import Delivery
from bot.delivery.looking import LOOKS, MORE
from bot.delivery.plan import drafts
from bot.errors import PostDelayed, PostError, PostRefused, PostUnknown
from bot.platforms.port import Address, Payload
from bot.store.ledger import Ledger
from bot.store.rows import Plan, State
from briefings.model import BriefingId
from briefings.schedule import Edition, SubscriptionId
from tests.bot.conftest import on
from tests.fakes import MovedClock, RecordingPlatform, SentAnyway


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return on(request.param, request, tmp_path)


TODAY = Edition(SubscriptionId("slack/C1"), date(2026, 11, 23))
TITLES = ["card", "What's Next?", "Beyond"]


async def claimed(
    ledger: Ledger, edition: Edition = TODAY, expires_at: datetime | None = None
) -> Edition:
    plan = Plan(
        edition,
        "slack",
        "C1",
        datetime(2026, 11, 23, 8, tzinfo=UTC),
        briefing=BriefingId("chery"),
        title="Chery",
        expires_at=expires_at,
    )
    payloads = [{"title": title} for title in TITLES]
    assert await ledger.claim(plan, drafts(plan, payloads, await ledger.secret()))
    return edition


async def delivered(
    ledger: Ledger, clock: MovedClock, *troubles: PostError | None
) -> tuple[RecordingPlatform, State | None]:
    platform = RecordingPlatform(troubles=list(troubles))
    edition = await claimed(ledger)
    return platform, await Delivery(ledger, {"slack": platform}, clock).deliver(edition)


async def test_the_card_goes_to_the_channel_and_the_parts_into_its_thread(
    ledger: Ledger, clock: MovedClock
) -> None:
    platform, state = await delivered(ledger, clock)
    assert state is State.SENT
    assert platform.titles() == TITLES
    assert [each.to for each in platform.sent] == [
        Address("C1"),
        Address("C1", "thread-id0"),
        Address("C1", "thread-id0"),
    ]


async def test_a_channel_gets_no_more_than_a_message_a_second(
    ledger: Ledger, clock: MovedClock
) -> None:
    began = clock.now()
    await delivered(ledger, clock)
    assert clock.now() - began >= timedelta(seconds=2)


@dataclass
class Narrow(RecordingPlatform):
    """A platform with a limit that nobody told the bot of: two messages in ten seconds."""

    times: list[datetime] = field(default_factory=list)

    async def post(self, to: Address, payload: Payload, marker: str) -> str:
        assert self.clock is not None
        recent = [at for at in self.times if self.clock.now() - at < timedelta(seconds=10)]
        assert len(recent) < 2
        self.times.append(self.clock.now())
        return await super().post(to, payload, marker)

    def spent(self, _: Address) -> float:
        return 0.0 if len(self.times) % 2 else 10.0


async def test_a_limit_that_only_answers_tell_of_is_never_passed(
    ledger: Ledger, clock: MovedClock
) -> None:
    platform = Narrow(clock=clock)
    assert await Delivery(ledger, {"slack": platform}, clock).deliver(await claimed(ledger))
    assert platform.titles() == TITLES
    assert platform.times[2] - platform.times[1] >= timedelta(seconds=10)


async def test_delivering_twice_sends_once(ledger: Ledger, clock: MovedClock) -> None:
    platform, _ = await delivered(ledger, clock)
    assert await Delivery(ledger, {"slack": platform}, clock).deliver(TODAY) is State.SENT
    assert platform.titles() == TITLES


@pytest.mark.parametrize("which", range(len(TITLES)))
async def test_a_message_that_was_taken_before_the_line_broke_is_found_and_not_sent_again(
    ledger: Ledger, clock: MovedClock, which: int
) -> None:
    troubles = [None] * which + [SentAnyway("Reset.")]
    platform, state = await delivered(ledger, clock, *troubles)
    assert state is State.SENT
    assert platform.titles() == TITLES


@pytest.mark.parametrize("which", range(len(TITLES)))
async def test_a_message_that_was_not_taken_is_sent_again_in_its_place(
    ledger: Ledger, clock: MovedClock, which: int
) -> None:
    troubles = [None] * which + [PostUnknown("Reset.")]
    platform, state = await delivered(ledger, clock, *troubles)
    assert state is State.SENT
    assert platform.titles() == TITLES


async def test_a_delayed_message_waits_as_long_as_the_platform_says(
    ledger: Ledger, clock: MovedClock
) -> None:
    platform, state = await delivered(ledger, clock, PostDelayed("Slow down.", 17))
    assert (state, platform.titles()) == (State.SENT, TITLES)
    assert 17 in clock.slept


async def test_a_refused_message_is_not_tried_again_and_the_reason_is_kept(
    ledger: Ledger, clock: MovedClock
) -> None:
    platform, state = await delivered(ledger, clock, PostRefused("Invite the bot to C1."))
    record = await ledger.find(TODAY)
    assert record is not None
    assert (state, platform.calls) == (State.REFUSED, 1)
    assert record.plan.reason == "Invite the bot to C1."


async def test_what_nobody_can_find_out_is_parked_and_never_guessed(
    ledger: Ledger, clock: MovedClock
) -> None:
    platform = RecordingPlatform(troubles=[PostUnknown("Timed out.")], blind=True)
    state = await Delivery(ledger, {"slack": platform}, clock).deliver(await claimed(ledger))
    assert state is State.PARKED
    assert platform.calls == 1


async def test_a_message_that_stays_delayed_is_put_off_and_tried_again_later(
    ledger: Ledger, clock: MovedClock
) -> None:
    delays = [PostDelayed("Slow down.", 100)]
    platform, state = await delivered(ledger, clock, *delays)
    record = await ledger.find(TODAY)
    assert record is not None
    assert (state, platform.calls, record.owner) == (State.DELAYED, 1, None)
    assert record.next_try_at == clock.now() + timedelta(seconds=100)
    assert await Delivery(ledger, {"slack": platform}, clock).deliver(TODAY) is State.SENT
    assert platform.titles() == TITLES


async def test_after_a_crash_in_the_middle_of_a_send_the_message_is_looked_up_first(
    ledger: Ledger, clock: MovedClock
) -> None:
    platform = RecordingPlatform()
    await claimed(ledger)
    card, *_ = await ledger.messages(TODAY)
    await ledger.mark(card, State.SENDING)
    await platform.post(Address("C1"), card.draft.payload, card.draft.marker)
    assert await Delivery(ledger, {"slack": platform}, clock).deliver(TODAY) is State.SENT
    assert platform.titles() == TITLES


async def test_after_a_crash_before_the_send_the_message_is_sent(
    ledger: Ledger, clock: MovedClock
) -> None:
    platform = RecordingPlatform()
    await claimed(ledger)
    card, *_ = await ledger.messages(TODAY)
    await ledger.mark(card, State.SENDING)
    assert await Delivery(ledger, {"slack": platform}, clock).deliver(TODAY) is State.SENT
    assert platform.titles() == TITLES
    assert clock.slept[: len(LOOKS)] == list(LOOKS)


async def test_an_edition_of_a_platform_that_is_offline_stays_open(
    ledger: Ledger, clock: MovedClock
) -> None:
    assert await Delivery(ledger, {}, clock).deliver(await claimed(ledger)) is State.PLANNED
    assert len(await ledger.open_editions()) == 1


async def test_an_edition_that_nobody_wrote_down_is_not_delivered(
    ledger: Ledger, clock: MovedClock
) -> None:
    assert await Delivery(ledger, {}, clock).deliver(TODAY) is None


async def test_markers_differ_by_edition_channel_and_place_and_by_the_bot_that_made_them(
    ledger: Ledger,
) -> None:
    await claimed(ledger)
    tomorrow = Edition(TODAY.subscription, TODAY.day + timedelta(days=1))
    await claimed(ledger, tomorrow)
    written = [*await ledger.messages(TODAY), *await ledger.messages(tomorrow)]
    markers = {each.draft.marker for each in written}
    assert len(markers) == 2 * len(TITLES)
    assert {len(marker) for marker in markers} == {25}


async def test_an_outage_of_an_hour_is_outlasted(ledger: Ledger, clock: MovedClock) -> None:
    back = clock.now() + timedelta(hours=1)
    edition = await claimed(ledger, expires_at=clock.now() + timedelta(hours=12))
    platform = RecordingPlatform()
    delivery = Delivery(ledger, {"slack": platform}, clock)
    state: State | None = State.DELAYED
    while state is State.DELAYED:
        platform.troubles = [PostDelayed("Slack is away.", 5)] * 99 if clock.now() < back else []
        state = await delivery.deliver(edition)
        record = await ledger.find(edition)
        assert record is not None
        clock.moment = max(clock.moment, record.next_try_at or clock.moment)
    assert (state, platform.titles()) == (State.SENT, TITLES)


async def test_what_stays_delayed_until_it_is_too_late_is_skipped_with_the_last_cause(
    ledger: Ledger, clock: MovedClock
) -> None:
    end = clock.now() + timedelta(hours=2)
    edition = await claimed(ledger, expires_at=end)
    platform = RecordingPlatform(troubles=[PostDelayed("Slack is away.", 5)] * 9999)
    delivery = Delivery(ledger, {"slack": platform}, clock)
    while await delivery.deliver(edition) is State.DELAYED:
        record = await ledger.find(edition)
        assert record is not None
        assert record.next_try_at is not None
        clock.moment = max(clock.moment, record.next_try_at)
    record = await ledger.find(edition)
    assert record is not None
    assert record.plan.state is State.SKIPPED
    assert "too late now (Slack is away.)" in str(record.plan.reason)
    assert clock.now() - end < timedelta(minutes=11)


async def test_two_deliveries_of_one_edition_at_once_send_it_once(
    ledger: Ledger, clock: MovedClock
) -> None:
    platform = RecordingPlatform()
    edition = await claimed(ledger)
    hands = [Ledger(ledger._engine, clock, name) for name in ("one", "two", "three")]
    deliveries = [Delivery(each, {"slack": platform}, clock) for each in hands]
    await asyncio.gather(*(each.deliver(edition) for each in deliveries))
    assert platform.titles() == TITLES


async def test_a_look_that_finds_nothing_does_not_count_where_the_last_one_fails(
    ledger: Ledger, clock: MovedClock
) -> None:
    platform = RecordingPlatform(troubles=[PostUnknown("Reset.")])
    edition = await claimed(ledger)
    looks = iter([False] * (len(LOOKS) - 1) + [True] * (1 + len(MORE)))

    class Failing(RecordingPlatform):
        async def find(self, at: Address, marker: str, since: datetime) -> str | None:
            if next(looks):
                raise PostUnknown("The channel cannot be read.")
            return None

    failing = Failing(troubles=platform.troubles)
    assert await Delivery(ledger, {"slack": failing}, clock).deliver(edition) is State.PARKED
    assert failing.calls == 1


async def test_where_the_last_look_fails_there_are_more(ledger: Ledger, clock: MovedClock) -> None:
    looks = iter([True] * len(LOOKS) + [False])

    class Failing(RecordingPlatform):
        async def find(self, at: Address, marker: str, since: datetime) -> str | None:
            if next(looks):
                raise PostUnknown("The channel cannot be read.")
            return await super().find(at, marker, since)

    failing = Failing(troubles=[SentAnyway("Reset.")])
    edition = await claimed(ledger)
    assert await Delivery(ledger, {"slack": failing}, clock).deliver(edition) is State.SENT
    assert failing.titles() == TITLES


async def test_history_that_lags_behind_is_waited_for(ledger: Ledger, clock: MovedClock) -> None:
    platform = RecordingPlatform(
        troubles=[SentAnyway("Reset.")], lag=[True] * (len(LOOKS) - 1), clock=clock
    )
    edition = await claimed(ledger)
    assert await Delivery(ledger, {"slack": platform}, clock).deliver(edition) is State.SENT
    assert platform.titles() == TITLES


async def test_a_look_goes_back_to_the_first_try_however_long_ago_that_was(
    ledger: Ledger, clock: MovedClock
) -> None:
    platform = RecordingPlatform(clock=clock)
    edition = await claimed(ledger)
    card, *_ = await ledger.messages(edition)
    sending = await ledger.mark(card, State.SENDING)
    await platform.post(Address("C1"), card.draft.payload, card.draft.marker)
    delayed = await ledger.mark(sending, State.DELAYED, reason="Wrongly called delayed.")
    clock.move(hours=3)
    await ledger.mark(delayed, State.SENDING)
    assert await Delivery(ledger, {"slack": platform}, clock).deliver(edition) is State.SENT
    assert platform.titles() == TITLES


async def test_what_was_tried_in_vain_keeps_its_cause(ledger: Ledger, clock: MovedClock) -> None:
    await delivered(ledger, clock, *[PostUnknown("Reset by peer.")] * 99)
    record = await ledger.find(TODAY)
    assert record is not None
    assert record.plan.state is State.DELAYED
    assert "Reset by peer." in str(record.plan.reason)
