"""What is kept of discussions: threads of ours alone, each message once, and nothing deleted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.listening import Listening
from bot.platforms.events import Place, Reacted, Said, Unsaid
from bot.store.discussions import Discussions, Thread
from bot.store.rows import Plan, edition_row
from bot.store.tables import edition
from briefings.model import BriefingId
from briefings.schedule import Edition, SubscriptionId
from tests.fakes import MovedClock

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
THREAD = Thread("slack", "C1", "17.1", BriefingId("chery"), "Chery")
IN_IT = Place("slack", "T1", "C1", "17.1")
HELLO = Said(IN_IT, "U1", "17.2", NOON)


@pytest.fixture
async def discussions(database: AsyncEngine) -> Discussions:
    clock = MovedClock(NOON)
    key = Edition(SubscriptionId("slack/C1"), date(2026, 11, 23))
    plan = Plan(key, "slack", "C1", NOON, briefing=BriefingId("chery"), title="Chery")
    async with database.begin() as connection:
        row = {**edition_row(plan, NOON), "thread": "17.1"}
        await connection.execute(edition.insert().values(row))
    return Discussions(database, clock)


async def test_what_is_said_under_a_post_is_kept_once(discussions: Discussions) -> None:
    listening = Listening(discussions)
    await listening.listen(HELLO)
    await listening.listen(HELLO)
    (kept,) = await discussions.said_in(THREAD)
    assert (kept.message, kept.person, kept.at) == ("17.2", "U1", NOON)


async def test_what_is_said_elsewhere_is_not_kept(discussions: Discussions) -> None:
    elsewhere = Place("slack", "T1", "C1", "99.9")
    await Listening(discussions).listen(replace(HELLO, place=elsewhere))
    assert await discussions.thread("slack", "C1", "99.9") is None
    assert await discussions.said_in(replace(THREAD, thread="99.9")) == ()


async def test_a_deleted_message_leaves_nothing_behind(discussions: Discussions) -> None:
    listening = Listening(discussions)
    await listening.listen(HELLO)
    await listening.listen(Reacted(IN_IT, "17.2", "U2", "tada"))
    await listening.listen(Unsaid(IN_IT, "17.2"))
    assert await discussions.said_in(THREAD) == ()
