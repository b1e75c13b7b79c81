"""Held posts, released from chat by those who may, as they found them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery.deliver import Delivery
from bot.delivery.plan import drafts
from bot.desk import FrontDesk
from bot.errors import PostUnknown
from bot.platforms.events import Ordered, Person, Place
from bot.store.agreements import Act
from bot.store.releasing import Releasing
from bot.store.rows import Plan, State
from bot.store.subscriptions import Subscriptions
from briefings.blocks import Code, spans_in, text_of
from briefings.message import Actions, Menu, Message, Note, Reply
from briefings.model import Library
from briefings.orders import Release, read_order
from briefings.phrases import Misread
from briefings.schedule import Edition, SubscriptionId
from briefings.terms import Terms
from tests.bot.test_desk import desk_over
from tests.fakes import MovedClock, RecordingPlatform

HERE = Place("slack", "T1", "C1")
TODAY = date(2026, 11, 23)
EDITION = Edition(SubscriptionId("slack/C1"), TODAY)
OWNER = Person("U1", may_manage=True, managers="its owner")
TERMS = Terms((time(9),), ZoneInfo("UTC"))


@pytest.fixture
def ledger(database: AsyncEngine, clock: MovedClock) -> Releasing:
    return Releasing(database, clock)


@pytest.fixture
async def desk(
    library: Library, database: AsyncEngine, held: Subscriptions, clock: MovedClock
) -> FrontDesk:
    await held.agree(("slack", "C1"), TERMS, Act("U1", "subscribe"), declared=True)
    return desk_over(library, database, clock)


@pytest.fixture
async def delivery(ledger: Releasing, clock: MovedClock) -> Delivery:
    """What sends, after its first post was parked behind the card."""
    plan = Plan(EDITION, "slack", "C1", datetime(2026, 11, 23, 8, tzinfo=UTC), title="Chery")
    payloads = [{"title": title} for title in ("card", "one", "two")]
    await ledger.claim(plan, drafts(plan, payloads, await ledger.secret()))
    platform = RecordingPlatform(troubles=[None, PostUnknown("Timed out.")], blind=True)
    delivery = Delivery(ledger, {"slack": platform}, clock)
    assert await delivery.deliver(EDITION) is State.PARKED
    return delivery


async def told(desk: FrontDesk, text: str, person: Person = OWNER) -> str:
    answer = await desk.answer(Ordered(text, HERE, person))
    assert isinstance(answer, Reply)
    return words(answer.message)


def words(message: Message) -> str:
    blocks = [each for each in message.blocks if not isinstance(each, Actions | Menu | Note)]
    lines = [each.text for each in blocks if isinstance(each, Code)]
    return " ".join([message.title, text_of(spans_in(blocks)), *lines])


async def test_the_status_of_a_channel_says_how_to_release_what_is_held(
    desk: FrontDesk, delivery: Delivery
) -> None:
    assert "/briefings release 2026-11-23 post" in await told(desk, "status")
    await told(desk, "release 2026-11-23 skip")
    assert "/briefings release" not in await told(desk, "status")
    assert await delivery.deliver(EDITION) is State.SKIPPED


@pytest.mark.parametrize(
    ("found", "state", "titles"),
    [
        ("post", State.SENT, ["card", "one", "two"]),
        ("there", State.SENT, ["card", "two"]),
        ("skip", State.SKIPPED, ["card"]),
    ],
)
async def test_a_held_post_goes_on_as_somebody_found_it(
    desk: FrontDesk, delivery: Delivery, found: str, state: State, titles: list[str]
) -> None:
    assert "Chery" in await told(desk, f"release today {found}")
    assert await delivery.deliver(EDITION) is state
    platform = delivery.platforms["slack"]
    assert isinstance(platform, RecordingPlatform)
    assert platform.titles() == titles
    assert "Nothing of Mon 23 Nov 2026 is held here" in await told(desk, f"release today {found}")


async def test_who_may_not_manage_the_channel_releases_nothing(
    desk: FrontDesk, delivery: Delivery
) -> None:
    nobody = Person("U2", may_manage=False, managers="its owner")
    assert "its owner" in await told(desk, "release today post", nobody)
    assert await delivery.deliver(EDITION) is State.PARKED


async def test_a_card_in_doubt_has_to_be_named_elsewhere(
    desk: FrontDesk, ledger: Releasing, clock: MovedClock
) -> None:
    plan = Plan(EDITION, "slack", "C1", datetime(2026, 11, 23, 8, tzinfo=UTC), title="Chery")
    await ledger.claim(plan, drafts(plan, [{"title": "card"}], await ledger.secret()))
    platform = RecordingPlatform(troubles=[PostUnknown("Timed out.")], blind=True)
    await Delivery(ledger, {"slack": platform}, clock).deliver(EDITION)
    assert "--message" in await told(desk, "release today there")


def test_a_release_names_a_day_and_what_was_found() -> None:
    assert read_order("release 2026-11-22 Post", TODAY) == Release(date(2026, 11, 22), "post")
    for wrong in ("release", "release today", "release today sure"):
        with pytest.raises(Misread, match="Look into the channel"):
            read_order(wrong, TODAY)
