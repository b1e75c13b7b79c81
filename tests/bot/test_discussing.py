"""Discussions on demand: whoever presses, a thread is opened once, and each part put up once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery.deliver import Delivery
from bot.discussing import Discussing
from bot.errors import PostUnknown
from bot.platforms.events import Place
from bot.store.agreements import Act
from bot.store.ledger import Ledger
from bot.store.manners import ChannelManners
from bot.store.quotes import Quotes
from bot.store.rows import Draft, Plan
from bot.store.subscriptions import Subscriptions
from briefings.blocks import Paragraph, text_of
from briefings.manners import Manners
from briefings.message import Message
from briefings.schedule import Edition, SubscriptionId
from tests.bot.talking import CHERY, DAY, ENTRY, NOON
from tests.fakes import MovedClock, RecordingPlatform

PLACE = Place("slack", "T1", "C1")


class Town:
    """A channel with a card and no thread, and those who would discuss it."""

    def __init__(self, database: AsyncEngine) -> None:
        self.clock = MovedClock(NOON)
        self.platform = RecordingPlatform()
        self.ledger = Ledger(database, self.clock)
        self.woken: list[str] = []
        online = {"slack": self.platform}
        self.delivery = Delivery(self.ledger, online, self.clock)
        self.manners = ChannelManners(database, self.clock)
        held = Subscriptions(database, self.clock)
        self.desk = Discussing(
            self.ledger, Quotes(database), held, self.manners, online, self.clock, self.woken.append
        )  # fmt: skip

    async def post(self) -> None:
        edition = Edition(SubscriptionId("slack/C1"), DAY)
        plan = Plan(edition, "slack", "C1", NOON, briefing=CHERY, title="Chery", threaded=False)
        await self.ledger.claim(plan, (Draft("card", {"title": "Card"}),))
        await self.deliver()

    async def deliver(self) -> None:
        """Send what is due."""
        self.clock.move(seconds=1)
        for record in await self.ledger.open_editions():
            await self.delivery.deliver(record.plan.edition)

    def below(self) -> list[object]:
        """The titles of what stands in the thread."""
        sent = self.platform.sent
        return [each.payload["title"] for each in sent if each.to.thread == "thread-id0"]


@pytest.fixture
async def town(database: AsyncEngine) -> Town:
    made = Town(database)
    await made.post()
    return made


def words(message: Message) -> str:
    (part,) = message.blocks
    assert isinstance(part, Paragraph)
    return text_of(part.spans)


async def test_the_thread_is_opened_once_whoever_presses(town: Town) -> None:
    pressed = (town.desk.discuss(ENTRY, PLACE) for _ in range(4))
    told = await asyncio.gather(*pressed)
    await town.deliver()
    assert len({words(each) for each in told}) == 1
    assert town.below() == ["Discussion: Chery"]
    assert town.platform.threads == ["id0"]
    assert town.woken[0] == "slack"


async def test_whoever_presses_is_led_to_the_thread(town: Town) -> None:
    told = await town.desk.discuss(ENTRY, PLACE)
    assert "https://example.org/C1/thread-id0" in repr(told)
    posted = await town.ledger.posted("slack", "C1", CHERY)
    assert posted is not None
    assert posted.thread == "thread-id0"


async def test_where_it_was_never_posted_nothing_is_opened(town: Town) -> None:
    told = await town.desk.discuss(ENTRY, replace(PLACE, channel="C2"))
    assert "no thread" in words(told)
    assert not await town.desk.is_open_to(ENTRY, replace(PLACE, channel="C2"))
    assert await town.desk.is_open_to(ENTRY, PLACE)


async def test_a_channel_that_wants_no_discussions_is_offered_none(town: Town) -> None:
    await town.manners.agree(("slack", "C1"), Manners(opens=False), Act("U1", "discussions"))
    assert not await town.desk.is_open_to(ENTRY, PLACE)


async def test_a_part_is_put_up_once_until_another_one_is(town: Town) -> None:
    for section in (1, 1, 2, 1):
        told = await town.desk.discuss_part(ENTRY, section, PLACE)
        await town.deliver()
    assert words(told) == "“Why It's Important?” is up for discussion in the thread: Chery."
    assert town.below() == [
        "Discussion: Chery",
        "Let's discuss: Why It's Important?",
        "Let's discuss: What's Next?",
        "Let's discuss: Why It's Important?",
    ]


async def test_whoever_plays_with_buttons_fills_no_thread(town: Town) -> None:
    for number in range(20):
        await town.desk.discuss_part(ENTRY, number % 3, PLACE)
        await town.deliver()
    assert len(town.below()) == 7
    town.clock.move(hours=2)
    await town.desk.discuss_part(ENTRY, 1, PLACE)
    await town.deliver()
    assert len(town.below()) == 8


async def test_a_section_that_is_gone_is_not_put_up(town: Town) -> None:
    await town.desk.discuss_part(ENTRY, 9, PLACE)
    await town.deliver()
    assert town.below() == []


async def test_a_thread_that_cannot_be_opened_is_opened_at_the_next_press(town: Town) -> None:
    class Stubborn(RecordingPlatform):
        async def open_thread(self, channel: str, card: str, title: str) -> str:
            raise PostUnknown("Nobody knows.")

    willing, town.desk.platforms = town.desk.platforms, {"slack": Stubborn()}
    assert "could not be opened" in words(await town.desk.discuss(ENTRY, PLACE))
    town.desk.platforms = willing
    await town.desk.discuss(ENTRY, PLACE)
    town.clock.move(seconds=timedelta(minutes=1).total_seconds())
    await town.deliver()
    assert town.below() == ["Discussion: Chery"]
