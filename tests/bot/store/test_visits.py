"""Visits to the page: a link works once and for ten minutes, a visit for twelve hours."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.visits import Visitor, Visits
from tests.fakes import MovedClock

DAILY, GENERAL = ("slack", "C1"), ("discord", "12")


@pytest.fixture
def visits(database: AsyncEngine, clock: MovedClock) -> Visits:
    return Visits(database, clock)


async def test_a_link_lets_one_person_in_once(visits: Visits) -> None:
    link = await visits.invite("U1", [DAILY])
    inside = await visits.enter(link)
    assert inside
    assert await visits.visitor(inside) == Visitor("U1", frozenset({DAILY}))
    assert await visits.enter(link) is None


async def test_a_link_ends_after_ten_minutes(visits: Visits, clock: MovedClock) -> None:
    link = await visits.invite("U1", [DAILY])
    clock.move(minutes=10)
    assert await visits.enter(link) is None


async def test_a_visit_ends_after_twelve_hours(visits: Visits, clock: MovedClock) -> None:
    inside = await visits.enter(await visits.invite("U1", [DAILY])) or ""
    clock.move(hours=11, minutes=59)
    assert await visits.visitor(inside)
    clock.move(minutes=1)
    assert await visits.visitor(inside) is None


async def test_a_second_link_adds_a_channel_for_the_same_person(visits: Visits) -> None:
    first = await visits.enter(await visits.invite("U1", [DAILY])) or ""
    both = await visits.enter(await visits.invite("U1", [GENERAL]), first) or ""
    assert await visits.visitor(both) == Visitor("U1", frozenset({DAILY, GENERAL}))
    assert await visits.visitor(first) is None


async def test_another_persons_link_gives_nothing_of_the_first_ones(visits: Visits) -> None:
    first = await visits.enter(await visits.invite("U1", [DAILY])) or ""
    other = await visits.enter(await visits.invite("U2", [GENERAL]), first) or ""
    assert await visits.visitor(other) == Visitor("U2", frozenset({GENERAL}))


async def test_whoever_runs_the_bot_sees_every_channel(visits: Visits) -> None:
    inside = await visits.enter(await visits.invite("operator", None)) or ""
    visitor = await visits.visitor(inside)
    assert visitor
    assert visitor.may_see(DAILY)
    assert visitor.may_see(GENERAL)


async def test_a_visit_ends_when_somebody_leaves_or_all_are_sent_out(visits: Visits) -> None:
    one = await visits.enter(await visits.invite("U1", [DAILY])) or ""
    two = await visits.enter(await visits.invite("U2", [DAILY])) or ""
    await visits.leave(one)
    assert await visits.visitor(one) is None
    assert await visits.end_all() == 1
    assert await visits.visitor(two) is None


async def test_no_secret_is_kept(visits: Visits, database: AsyncEngine) -> None:
    link = await visits.invite("U1", [DAILY])
    inside = await visits.enter(link) or ""
    unused = await visits.invite("U1", [DAILY])
    async with database.connect() as connection:
        kept = [
            str(row)
            for table in ("entry_link", "visit")
            for row in await connection.execute(text(f"SELECT * FROM {table}"))
        ]
    assert kept
    assert not [each for each in kept for secret in (link, inside, unused) if secret in each]


async def test_strangers_are_nobody(visits: Visits) -> None:
    assert await visits.visitor("made up") is None
    assert await visits.enter("made up") is None
