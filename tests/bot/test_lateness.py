"""What its platform takes late: the reason is kept, and the channel hears of it once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.causes import HELD_UP, NO_DATABASE, NOT_RUNNING, Causes
from bot.delivery.deliver import Delivery
from bot.delivery.lane import Lane
from bot.delivery.plan import drafts
from bot.errors import PostDelayed
from bot.store.ledger import Ledger
from bot.store.rows import Plan, State
from briefings.blocks import Paragraph, text_of
from briefings.due import PUNCTUAL
from briefings.lateness import compose_held_up
from briefings.model import BriefingId
from briefings.schedule import Edition, SubscriptionId
from tests.fakes import MovedClock, RecordingPlatform

NOTICE = "A post came late"
MORNING = datetime(2026, 11, 23, 8, tzinfo=UTC)
NAME = SubscriptionId("slack/C1")


class Channel:
    """A channel with a post a day, on a platform that is away now and then."""

    def __init__(self, ledger: Ledger, clock: MovedClock) -> None:
        self.ledger, self.clock = ledger, clock
        self.platform = RecordingPlatform()
        self.delivery = Delivery(ledger, {"slack": self.platform}, clock)
        self.lane = Lane("slack", ledger, self.delivery, clock)

    async def claim(self, day: int, name: str = NAME, term: timedelta | None = None) -> Edition:
        due_at = MORNING + timedelta(days=day)
        edition = Edition(SubscriptionId(name), due_at.date())
        expires_at = due_at + term if term else None
        plan = Plan(
            edition,
            "slack",
            "C1",
            due_at,
            briefing=BriefingId("chery"),
            title="Chery",
            threaded=False,
            expires_at=expires_at,
        )
        secret = await self.ledger.secret()
        assert await self.ledger.claim(plan, drafts(plan, [{"title": name}], secret))
        return edition

    async def day(
        self, day: int, away: timedelta = timedelta(), term: timedelta | None = None
    ) -> Plan:
        """What became of a day's post, where the platform was away for a while from its hour on."""
        edition = await self.claim(day, term=term)
        back = self.clock.moment = MORNING + timedelta(days=day)
        back += away
        while (plan := await self.plan(edition)).state in {State.PLANNED, State.DELAYED}:
            is_away = self.clock.now() < back
            self.platform.troubles = [PostDelayed("Slack is away.", 90)] if is_away else []
            await self.lane.drain()
            self.clock.move(minutes=1)
        return plan

    async def plan(self, edition: Edition) -> Plan:
        record = await self.ledger.find(edition)
        assert record is not None
        return record.plan


@pytest.fixture
def channel(ledger: Ledger, clock: MovedClock) -> Channel:
    return Channel(ledger, clock)


async def test_a_post_that_its_platform_took_late_says_so_once(channel: Channel) -> None:
    plan = await channel.day(0, timedelta(hours=1))
    assert (plan.state, plan.late_reason) == (State.SENT, "Slack is away.")
    assert channel.platform.titles() == [NAME, NOTICE]


async def test_the_second_late_one_in_a_row_does_not_say_it_again(channel: Channel) -> None:
    late = timedelta(hours=1)
    for day, away in enumerate([late, late, timedelta(), late]):
        plan = await channel.day(day, away)
        assert plan.late_reason == ("Slack is away." if away else None)
    assert channel.platform.titles() == [NAME, NOTICE, NAME, NAME, NAME, NOTICE]


async def test_a_few_minutes_are_not_late(channel: Channel) -> None:
    plan = await channel.day(0, PUNCTUAL - timedelta(minutes=2))
    assert (plan.state, plan.late_reason) == (State.SENT, None)
    assert channel.platform.titles() == [NAME]


async def test_two_posts_that_are_late_on_one_day_say_it_once(channel: Channel) -> None:
    other = await channel.claim(0, "slack/C1/0930")
    await channel.day(0, timedelta(hours=1))
    await channel.lane.drain()
    assert (await channel.plan(other)).state is State.SENT
    assert sorted(map(str, channel.platform.titles())) == [NOTICE, NAME, "slack/C1/0930"]


async def test_a_post_that_never_came_for_its_platform_is_told_of_once(channel: Channel) -> None:
    plan = await channel.day(0, timedelta(hours=2), term=timedelta(hours=1))
    assert (plan.state, plan.late_reason) == (State.SKIPPED, "Slack is away.")
    channel.platform.troubles = []
    channel.clock.move(hours=1)
    await channel.lane.drain()
    assert channel.platform.titles() == ["A post did not come"]


async def test_a_post_that_waited_for_its_platform_to_come_online_says_so(
    channel: Channel,
) -> None:
    edition = await channel.claim(0)
    channel.clock.moment = MORNING + timedelta(hours=1)
    channel.delivery.joined["slack"] = channel.clock.now()
    await channel.lane.drain()
    assert (await channel.plan(edition)).late_reason == "the bot could not reach Slack"
    assert channel.platform.titles() == [NAME, NOTICE]


async def test_a_post_that_only_waited_for_its_turn_says_nothing(channel: Channel) -> None:
    edition = await channel.claim(0)
    channel.clock.moment = MORNING + timedelta(hours=1)
    await channel.lane.drain()
    assert (await channel.plan(edition)).late_reason is None
    assert channel.platform.titles() == [NAME]


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(6, "6 minutes late"), (119, "119 minutes late"), (120, "2 hours late"), (1, "1 minute late")],
)
def test_lateness_is_told_in_words(minutes: int, expected: str) -> None:
    message = compose_held_up("Slack", timedelta(minutes=minutes), came=True)
    (told,) = message.blocks
    assert isinstance(told, Paragraph)
    assert expected in text_of(told.spans)


def test_the_cause_is_what_was_away_at_that_moment() -> None:
    causes = Causes(MORNING)
    hour, day = timedelta(hours=1), timedelta(days=1)
    causes.look(MORNING, ["discord"])
    causes.look(MORNING + 2 * hour, ["discord", "slack"])
    causes.look(MORNING + 3 * hour, ["discord", "slack"])
    assert causes.of(MORNING - hour, "slack") == NOT_RUNNING
    assert causes.of(MORNING + hour, "slack") == "the bot could not reach Slack"
    assert causes.of(MORNING + hour, "discord") == HELD_UP
    assert causes.of(MORNING + 2 * hour, "slack") == HELD_UP
    causes.lose(MORNING + day)
    causes.lose(MORNING + 2 * day)
    assert causes.of(MORNING + day, "slack") == NO_DATABASE
    assert causes.of(MORNING + 3 * hour, "slack") == HELD_UP
    causes.find()
    assert causes.of(MORNING + day, "slack") == HELD_UP
