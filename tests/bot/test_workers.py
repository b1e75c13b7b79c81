"""Workers: the living are left alone, the dead are buried and their work is given back."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import SettingError
from bot.store.database import open_database
from bot.store.ledger import Ledger
from bot.store.machine import Here, here
from bot.store.rhythm import Rhythm
from bot.store.rows import Plan, State
from bot.store.workers import Workers
from briefings.schedule import Edition, SubscriptionId
from tests.bot.conftest import on
from tests.fakes import MovedClock

QUICK = Rhythm(beat=0.05, fresh=0.2, dead=0.4)
EDITION = Edition(SubscriptionId("slack/C1"), date(2026, 11, 23))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return on(request.param, request, tmp_path)


def worker(database: AsyncEngine, name: str, at: Here | None = None) -> Workers:
    return Workers(database, at or Here(name, 1), name, MovedClock().now, QUICK)


def ended() -> int:
    """The id of a process that lived."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


async def entered(database: AsyncEngine, name: str, at: Here) -> None:
    """A worker that is written down and beats no more."""
    await worker(database, name)._enter(
        {
            "id": name,
            "beat": 0,
            "machine": at.machine,
            "pid": at.pid,
            "roles": "deliver",
            "started_at": datetime(2026, 11, 23, tzinfo=UTC),
        }
    )


async def in_hand(database: AsyncEngine, name: str) -> Ledger:
    ledger = Ledger(database, MovedClock(), name)
    await ledger.claim(Plan(EDITION, "slack", "C1", datetime(2026, 11, 23, tzinfo=UTC)))
    assert await ledger.take(EDITION)
    return ledger


async def test_a_lane_has_one_holder_until_it_lets_go(database_url: str) -> None:
    async with open_database(database_url) as database:
        one, other = worker(database, "one"), worker(database, "other")
        async with one.at_work(["deliver"]), other.at_work(["deliver"]):
            assert await one.hold("slack")
            assert await one.hold("slack")
            assert not await other.hold("slack")
            await one.release("slack")
            assert await other.hold("slack")


async def test_what_a_worker_has_in_hand_nobody_else_gets(database_url: str) -> None:
    async with (
        open_database(database_url) as database,
        worker(database, "one").at_work(["deliver"]),
    ):
        await in_hand(database, "one")
        async with worker(database, "other").at_work(["deliver"]):
            await asyncio.sleep(1)
            assert await Ledger(database, MovedClock(), "other").take(EDITION) is None


async def test_a_worker_on_another_machine_that_beats_no_more_is_given_up(
    database_url: str,
) -> None:
    async with open_database(database_url) as database:
        ledger = await in_hand(database, "dead")
        await entered(database, "dead", Here("elsewhere", 1))
        async with worker(database, "other").at_work(["deliver"]):
            await asyncio.sleep(1)
        found = await ledger.find(EDITION)
        assert found is not None
        assert (found.owner, found.plan.state) == (None, State.PLANNED)
        assert [move.reason for move in await ledger.moves(EDITION)] == [None, "its worker is gone"]


async def test_a_process_that_is_gone_from_this_machine_is_given_up_at_once(
    database_url: str,
) -> None:
    async with open_database(database_url) as database:
        await entered(database, "dead", Here(here().machine, ended()))
        ledger = await in_hand(database, "dead")
        await worker(database, "other", here()).bury()
        found = await ledger.find(EDITION)
        assert found is not None
        assert found.owner is None


async def test_leaving_gives_everything_back(database_url: str) -> None:
    async with open_database(database_url) as database:
        one = worker(database, "one")
        async with one.at_work(["deliver"]):
            ledger = await in_hand(database, "one")
            assert one.is_fresh()
            assert await one.living() == {"one": "deliver"}
        assert await ledger.take(EDITION)
        assert await one.living() == {}


def test_this_process_lives_and_one_that_ended_does_not() -> None:
    gone, me = ended(), here()
    assert me.pid == os.getpid()
    assert me.is_gone(me.machine, gone)
    assert not me.is_gone("elsewhere", gone)
    assert not me.is_gone(me.machine, os.getppid())


async def test_what_is_in_the_hand_of_somebody_unknown_is_given_back(database_url: str) -> None:
    async with open_database(database_url) as database:
        ledger = await in_hand(database, "nobody knows me")
        async with worker(database, "other").at_work(["deliver"]):
            found = await ledger.find(EDITION)
        assert found is not None
        assert (found.owner, found.plan.state) == (None, State.PLANNED)


async def test_a_newer_database_stops_a_worker_which_says_so_once(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_database(database_url) as database:
        one = worker(database, "one")
        async with one.at_work(["deliver"]):
            assert one.is_current()
            async with database.begin() as connection:
                await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
            await asyncio.sleep(0.5)
            assert not one.is_current()
            assert not one.is_fresh()
            assert "newer version" in one.trouble
    told = [each for each in caplog.records if getattr(each, "action", "") == "schema.newer"]
    assert len(told) == 1
    with pytest.raises(SettingError, match="newer version"):
        async with open_database(database_url):
            pass


async def test_a_worker_says_once_that_the_database_is_away_and_once_that_it_is_back(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_database(database_url) as database:
        one = worker(database, "one")
        async with one.at_work(["deliver"]):
            async with database.begin() as connection:
                await connection.exec_driver_sql("ALTER TABLE worker RENAME TO elsewhere")
            await asyncio.sleep(0.5)
            assert "cannot be used just now" in one.trouble
            assert not one.is_fresh()
            async with database.begin() as connection:
                await connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO worker")
            await asyncio.sleep(0.5)
            assert one.is_fresh()
            assert one.trouble == ""
    told = [getattr(each, "action", "") for each in caplog.records]
    assert (told.count("store.away"), told.count("store.back")) == (1, 1)
