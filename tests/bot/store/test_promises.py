"""Watched lines: one a line and channel, asked once, settled once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.store.claims import Claimed
from bot.store.database import open_database
from bot.store.ledger import Ledger
from bot.store.promises import Promises
from bot.store.rows import Plan
from bot.store.tables import edition
from briefings.followups import Fate
from briefings.model import Briefing, BriefingId, Entry
from briefings.promises import Promise
from briefings.schedule import Edition, SubscriptionId
from briefings.watching import Standing, Watched
from tests.bot.conftest import on
from tests.fakes import MovedClock

PLACE = ("slack", "C1")
DUE = date(2026, 12, 12)
LINE = Promise(2, "The vote is on 12 December.", DUE)
ENTRY = Entry(BriefingId("vote"), Briefing("The vote", ()), datetime(2026, 11, 23, tzinfo=UTC))


@dataclass
class Town:
    promises: Promises
    ledger: Ledger
    clock: MovedClock

    async def watch(self) -> Watched:
        watched, _ = await self.promises.watch(PLACE, "T1", ENTRY, LINE)
        return watched

    async def ask(self, watched: Watched) -> bool:
        name = SubscriptionId(f"promise/{watched.name}/{watched.round}")
        plan = Plan(Edition(name, DUE), *PLACE, self.clock.now(), threaded=False, within="T1")
        return await self.promises.ask(watched, Claimed(plan))

    async def asked(self) -> Watched:
        watched = await self.watch()
        assert await self.ask(watched)
        found = await self.promises.find(watched.name)
        assert found
        return found


@pytest.fixture(params=["sqlite", "postgresql"])
async def town(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Town]:
    clock = MovedClock()
    async with open_database(on(request.param, request, tmp_path)) as engine:
        yield Town(Promises(engine, clock), Ledger(engine, clock), clock)


async def test_a_line_is_watched_once_however_often_it_is_pressed(town: Town) -> None:
    first, new = await town.promises.watch(PLACE, "T1", ENTRY, LINE)
    second, again = await town.promises.watch(PLACE, None, ENTRY, LINE)
    assert (new, again) == (True, False)
    assert first == second
    assert first.thread == "T1"
    assert await town.promises.at(PLACE) == (first,)
    assert await town.promises.at(("slack", "C2")) == ()


async def test_it_is_due_on_its_day_and_not_before(town: Town) -> None:
    watched = await town.watch()
    assert await town.promises.due(["slack"], date(2026, 12, 11)) == ()
    assert await town.promises.due(["slack"], DUE) == (watched,)
    assert await town.promises.due(["discord"], DUE) == ()


async def test_of_two_processes_one_asks(town: Town) -> None:
    watched = await town.watch()
    assert [await town.ask(watched) for _ in range(2)] == [True, False]
    assert await town.promises.due(["slack"], DUE) == ()
    async with town.ledger._engine.connect() as connection:
        assert (await connection.execute(select(func.count()).select_from(edition))).scalar() == 1


@pytest.mark.parametrize(
    ("fate", "standing"), [(Fate.DONE, Standing.DONE), (Fate.DROP, Standing.DROPPED)]
)
async def test_what_is_settled_is_settled_once(town: Town, fate: Fate, standing: Standing) -> None:
    asked = await town.asked()
    settled = await town.promises.settle(asked, fate, DUE)
    assert settled
    assert settled.standing is standing
    assert await town.promises.settle(asked, Fate.LATER, DUE) is None
    assert await town.promises.at(PLACE) == ()


async def test_not_yet_is_asked_again_in_a_week_as_another_round(town: Town) -> None:
    asked = await town.asked()
    later = await town.promises.settle(asked, Fate.LATER, DUE)
    assert later
    assert (later.standing, later.due, later.round) == (Standing.WATCHED, date(2026, 12, 19), 1)
    assert await town.ask(later)


async def test_what_was_dropped_can_be_watched_anew(town: Town) -> None:
    asked = await town.asked()
    await town.promises.settle(asked, Fate.DROP, DUE)
    again, new = await town.promises.watch(PLACE, "T1", ENTRY, replace(LINE, due=DUE))
    assert new
    assert (again.standing, again.round) == (Standing.WATCHED, 1)
    assert await town.ask(again)


async def test_an_answer_to_an_earlier_round_counts_no_more(town: Town) -> None:
    asked = await town.asked()
    later = await town.promises.settle(asked, Fate.LATER, DUE)
    assert later
    assert await town.ask(later)
    assert await town.promises.settle(asked, Fate.DONE, DUE) is None
