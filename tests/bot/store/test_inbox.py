"""Events that are written down until they are done, on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.inbox import Inbox as Receiver
from bot.platforms.slack.inline import Json
from bot.platforms.slack.taken_in import TakenIn
from bot.store.database import open_database
from bot.store.heard import KEPT
from bot.store.inbox import FRESH, LEASE, TRIES, Inbox
from bot.store.machine import here
from bot.store.workers import Workers
from tests.bot.conftest import on
from tests.fakes import MovedClock

EVENT = {"event_id": "Ev1", "event": {"type": "app_mention", "text": "<@U0> chery 🚗"}}
ALL = {"slack", "slack:T1"}


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    async with open_database(on(request.param, request, tmp_path)) as engine:
        yield engine


@pytest.fixture
async def pair(database: AsyncEngine, clock: MovedClock) -> AsyncIterator[tuple[Inbox, Inbox]]:
    """The inboxes of two living workers."""
    async with AsyncExitStack() as stack:
        for name in ("one", "two"):
            workers = Workers(database, here(), name, clock.now)
            await stack.enter_async_context(workers.at_work(["connect"]))
        yield Inbox(database, clock, "one"), Inbox(database, clock, "two")


async def test_of_many_to_whom_an_event_comes_at_once_one_has_it(
    pair: tuple[Inbox, Inbox],
) -> None:
    kept = await asyncio.gather(*(each.keep("slack", "Ev1", EVENT) for each in pair * 3))
    assert sorted(kept) == [False] * 5 + [True]


@pytest.mark.parametrize("name", ["Ev1", "E" * 300, "Ev\0", "\ud800"])
async def test_an_event_of_any_name_stands_there_until_it_is_done(
    pair: tuple[Inbox, Inbox], name: str
) -> None:
    told = {"type": "app_mention", "text": "<@U0> chery"}
    event: Json = {"type": "event_callback", "event_id": name, "event": told}
    worked: list[bool] = []

    async def listen(body: Json) -> None:
        worked.append(body == event and not await pair[1].is_empty())

    for rows in pair:
        taken_in = TakenIn(Receiver(rows, {}), "slack", {"U0"})
        await taken_in.take_in(event, partial(taken_in.until_done(listen), body=event))
    assert worked == [True]
    assert await pair[1].is_empty()


async def test_the_same_key_of_another_platform_is_another_event(
    pair: tuple[Inbox, Inbox],
) -> None:
    one, _ = pair
    assert await one.keep("slack", "Ev1", EVENT)
    assert await one.keep("slack:T1", "Ev1", EVENT)


async def test_what_is_done_is_gone_and_does_not_come_again_for_a_day(
    pair: tuple[Inbox, Inbox], clock: MovedClock
) -> None:
    one, two = pair
    await one.keep("slack", "Ev1", EVENT)
    assert not await two.is_empty()
    await one.done("slack", "Ev1")
    assert await two.is_empty()
    clock.move(seconds=KEPT.total_seconds())
    assert not await two.keep("slack", "Ev1", EVENT)
    clock.move(seconds=1)
    assert await two.keep("slack", "Ev1", EVENT)


async def test_what_a_living_worker_has_is_its_own_until_its_lease_is_over(
    pair: tuple[Inbox, Inbox], clock: MovedClock
) -> None:
    one, two = pair
    await one.keep("slack", "Ev1", EVENT)
    clock.move(seconds=LEASE.total_seconds() - 1)
    assert await two.take(ALL) == ()
    clock.move(seconds=1)
    (taken,) = await two.take(ALL)
    assert (taken.platform, taken.key, taken.event) == ("slack", "Ev1", EVENT)
    assert await one.take(ALL) == ()


async def test_what_a_dead_worker_had_is_free_at_once(
    pair: tuple[Inbox, Inbox], database: AsyncEngine, clock: MovedClock
) -> None:
    await Inbox(database, clock, "nobody").keep("slack", "Ev1", EVENT)
    taken = await asyncio.gather(*(each.take(ALL) for each in pair))
    assert sorted(map(len, taken)) == [0, 1]


async def test_events_of_platforms_that_are_not_online_here_are_left_to_others(
    pair: tuple[Inbox, Inbox], clock: MovedClock
) -> None:
    one, two = pair
    await one.keep("slack:T1", "Ev1", EVENT)
    clock.move(seconds=LEASE.total_seconds())
    assert await two.take({"slack", "slack:T2"}) == ()
    assert len(await two.take({"slack:T1"})) == 1


async def test_an_event_is_worked_a_few_times_at_most(
    pair: tuple[Inbox, Inbox], clock: MovedClock
) -> None:
    one, two = pair
    await one.keep("slack", "Ev1", EVENT)
    for _ in range(TRIES - 1):
        clock.move(seconds=LEASE.total_seconds())
        assert await two.drop() == ()
        assert len(await two.take(ALL)) == 1
    assert await one.drop() == ()
    clock.move(seconds=LEASE.total_seconds())
    (dropped,) = await one.drop()
    assert dropped.key == "Ev1"
    assert await one.is_empty()


async def test_an_event_that_is_an_hour_old_is_given_up(
    pair: tuple[Inbox, Inbox], clock: MovedClock
) -> None:
    one, two = pair
    await one.keep("slack", "Ev1", EVENT)
    clock.move(seconds=(FRESH - timedelta(seconds=1)).total_seconds())
    assert await two.drop() == ()
    clock.move(seconds=1)
    assert len(await two.drop()) == 1
    assert await two.take(ALL) == ()
