"""The day's briefing, day after day, in SimCord's Discord: planned, sent and found again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import simcord
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery.deliver import Delivery
from bot.delivery.lane import Lane
from bot.engine.embedded import Embedded
from bot.planner import Planner
from bot.platforms.desk import Desk as Seat
from bot.platforms.discord.detours import Detours
from bot.platforms.discord.gateway import Gateway
from bot.platforms.discord.history import find
from bot.platforms.discord.render import draw
from bot.platforms.discord.threads import open_under
from bot.platforms.port import Address, Payload
from bot.scheduler import Scheduler
from bot.store.agreements import Act
from bot.store.claims import Claims
from bot.store.database import open_database
from bot.store.ledger import Ledger
from bot.store.subscriptions import Subscriptions
from briefings.message import Message
from briefings.terms import Terms
from tests.bot.conftest import entry
from tests.bot.test_scheduler import Nobody
from tests.fakes import MovedClock
from tests.platforms.discord.conftest import Desk
from tests.platforms.discord.test_second_opinion import Place, visit

BERLIN = ZoneInfo("Europe/Berlin")
EVERY_DAY = Terms((time(9),), BERLIN)
LIBRARY = {each.id: each for each in (entry(f"tale-{day}", day=day) for day in range(1, 5))}


class SimPlatform:
    """The room's own parts, whose calls SimCord answers."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._mail: Detours = place.mail()

    @property
    def name(self) -> str:
        return "discord"

    def draw(self, message: Message) -> tuple[Payload, ...]:
        return draw(message)

    async def connect(self, desk: Seat | None) -> None:
        """It is online already."""

    async def post(self, to: Address, payload: Payload, marker: str) -> str:
        return await self._mail.post(to, payload, marker)

    async def edit(self, at: Address, message: str, payload: Payload, marker: str) -> None:
        await self._mail.edit(at, message, payload, marker)

    async def open_thread(self, channel: str, card: str, title: str) -> str:
        return await open_under(self._place.ask, self._mail, channel, card, title)

    async def find(self, at: Address, marker: str, since: datetime) -> str | None:
        return await find(self._place.ask, at.thread or at.channel, marker, since)

    async def link(self, at: Address, message: str) -> str | None:
        return None

    async def close(self) -> None:
        """SimCord ends with its block."""


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    async with open_database(f"sqlite:///{tmp_path / 'bot.db'}") as engine:
        yield engine


@asynccontextmanager
async def at_work(
    database: AsyncEngine, clock: MovedClock, place: Place
) -> AsyncIterator[Scheduler]:
    """All of a bot that has to do with the day's post."""
    platform = SimPlatform(place)
    ledger, held = Ledger(database, clock), Subscriptions(database, clock)
    delivery = Delivery(ledger, {"discord": platform}, clock)
    engine = Embedded([Lane("discord", ledger, delivery, clock)], Nobody())
    planner = Planner(Claims(database, clock), lambda: LIBRARY, {"discord": draw}, clock)
    scheduler = Scheduler(held, planner, ("discord",), engine, clock)
    here = ("discord", str(place.channel.id))
    if await held.at(here) is None:
        await held.agree(here, EVERY_DAY, Act("alice", "subscribe"))
    await engine.start()
    await scheduler.start()
    try:
        yield scheduler
    finally:
        await scheduler.close()
        await engine.close()


async def look(scheduler: Scheduler) -> None:
    await scheduler.look()
    await scheduler.settle()


def cards(channel: simcord.ChannelHandle) -> list[str]:
    """The titles of the posts, the first one first."""
    shown: list[Any] = sorted(channel.history(), key=lambda each: each.id)
    ours = [each.components[0].children for each in shown if each.components]
    return [str(parts[0].content).splitlines()[0] for parts in ours]


async def test_each_day_has_its_post_and_a_restart_doubles_none(database: AsyncEngine) -> None:
    clock = MovedClock(datetime(2026, 11, 23, 7, 59, tzinfo=UTC))
    async with visit() as place:
        async with at_work(database, clock, place) as scheduler:
            await look(scheduler)
            assert cards(place.channel) == []
            clock.move(minutes=1)
            await look(scheduler)
            assert cards(place.channel) == ["# Tale 4"]
        await place.env.restart_bot(Gateway(Desk(), message_content=False))
        async with at_work(database, clock, place) as scheduler:
            await look(scheduler)
            for _ in range(2):
                clock.move(days=1)
                await look(scheduler)
        assert cards(place.channel) == ["# Tale 4", "# Tale 3", "# Tale 2"]
        threads = {str(each.name): len(each.history()) for each in place.channel.threads}
        assert sorted(threads) == ["Tale 2", "Tale 3", "Tale 4"]
        assert all(threads.values())


@pytest.mark.parametrize("path", ["/channels/*/messages", "/channels/*/messages/*/threads"])
async def test_a_call_that_fails_delays_a_post_and_doubles_nothing(
    database: AsyncEngine, path: str
) -> None:
    clock = MovedClock(datetime(2026, 11, 23, 8, 0, tzinfo=UTC))
    async with visit() as place, at_work(database, clock, place) as scheduler:
        place.env.inject_error("POST", path, status=500)
        for _ in range(4):
            await look(scheduler)
            clock.move(minutes=2)
        assert cards(place.channel) == ["# Tale 4"]
        (thread,) = place.channel.threads
        parts = [str(each.components) for each in thread.history()]
        assert len(parts) == len(set(parts))
