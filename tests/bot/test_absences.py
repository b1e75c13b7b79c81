"""Lost channels: their posts pause, their owner is told once, and they go on by themselves."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.absences import Absences
from bot.errors import PostRefused, PostUnknown
from bot.platforms.events import Lost, Place, Regained
from bot.platforms.port import Payload
from bot.store.agreements import Act
from bot.store.losses import Losses
from bot.store.subscriptions import Subscriptions
from briefings.schedule import NEVER
from briefings.terms import Terms
from tests.fakes import MovedClock, RecordingPlatform

HERE = ("slack", "C1")
PLACE = Place("slack", "T1", "C1")
TERMS = Terms((time(9),), ZoneInfo("UTC"))
LOST, BACK = Lost(PLACE, "the channel is archived"), Regained(PLACE)


@dataclass
class Reachable(RecordingPlatform):
    """A platform in memory that can speak to one person."""

    told: list[str] = field(default_factory=list)
    barred: str | None = None
    mute: bool = False

    async def tell(self, person: str, payload: Payload) -> None:
        if self.mute:
            raise PostRefused("Nobody is there.")
        self.told.append(person)

    async def called(self, channel: str) -> str:
        return "daily"

    async def bar(self, channel: str) -> str | None:
        if self.mute:
            raise PostUnknown("Nobody knows.")
        return self.barred


@pytest.fixture
def platform() -> Reachable:
    return Reachable()


@pytest.fixture
def absences(database: AsyncEngine, clock: MovedClock, platform: Reachable) -> Absences:
    return Absences(Losses(database, clock), {"slack": platform})


async def paused(held: Subscriptions) -> datetime | None:
    agreed = await held.at(HERE)
    assert agreed
    return agreed.terms.paused_until


async def test_a_lost_channel_pauses_and_its_owner_is_told_once(
    absences: Absences, held: Subscriptions, platform: Reachable
) -> None:
    await held.agree(HERE, TERMS, Act("U1", "subscribe"))
    for _ in range(3):
        await absences.hear(LOST)
    assert await paused(held) == NEVER
    assert await held.next_due_at(["slack"]) is None
    assert platform.told == ["U1"]
    assert "archived" in (await held.changes(HERE))[0].person


async def test_a_regained_channel_goes_on_as_it_was(
    absences: Absences, held: Subscriptions, platform: Reachable, clock: MovedClock
) -> None:
    until = clock.now() + timedelta(days=3)
    for before in (None, until):
        await held.agree(HERE, replace(TERMS, paused_until=before), Act("U1", "subscribe"))
        await absences.hear(LOST)
        platform.barred = "the bot is no longer in the channel"
        await absences.hear(BACK)
        assert await paused(held) == NEVER
        platform.barred = None
        await absences.look()
        assert await paused(held) == before
        assert await held.next_due_at(["slack"]) is not None
        await absences.hear(BACK)
    assert platform.told == ["U1", "U1"]


async def test_a_channel_that_somebody_resumed_meanwhile_is_left_as_it_is(
    absences: Absences, held: Subscriptions, platform: Reachable, clock: MovedClock
) -> None:
    await held.agree(HERE, TERMS, Act("U1", "subscribe"))
    await absences.hear(LOST)
    await held.agree(HERE, TERMS, Act("U2", "resume"))
    await absences.hear(LOST)
    assert await paused(held) == NEVER
    assert platform.told == ["U1"]
    later = replace(TERMS, paused_until=clock.now() + timedelta(days=9))
    await held.agree(HERE, later, Act("U2", "pause"))
    await absences.look()
    assert await paused(held) == later.paused_until


async def test_what_settings_declare_stays_paused_over_a_restart_and_nobody_is_told(
    absences: Absences,
    held: Subscriptions,
    platform: Reachable,
    database: AsyncEngine,
    clock: MovedClock,
) -> None:
    losses = Losses(database, clock)
    await held.declare({HERE: TERMS}, ["slack"])
    await absences.hear(LOST)
    await held.declare(await losses.paused({HERE: TERMS}), ["slack"])
    assert await paused(held) == NEVER
    assert platform.told == []
    await absences.look()
    await held.declare(await losses.paused({HERE: TERMS}), ["slack"])
    assert await paused(held) is None


async def test_a_channel_without_posts_is_no_loss(
    absences: Absences, platform: Reachable, database: AsyncEngine, clock: MovedClock
) -> None:
    await absences.hear(LOST)
    await absences.hear(BACK)
    assert await Losses(database, clock).all() == ()
    assert platform.told == []


async def test_an_owner_or_a_platform_that_cannot_be_reached_breaks_nothing(
    absences: Absences, held: Subscriptions, platform: Reachable
) -> None:
    await held.agree(HERE, TERMS, Act("U1", "subscribe"))
    platform.mute = True
    await absences.hear(LOST)
    await absences.look()
    assert await paused(held) == NEVER
    platform.mute = False
    await absences.look()
    assert await paused(held) is None
