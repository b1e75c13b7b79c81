"""The engine on PostgreSQL: lanes are jobs, one worker holds each, and another takes over."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import psycopg
import pytest
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.clock import SystemClock
from bot.delivery.deliver import Delivery
from bot.delivery.lane import UNDER_WAY, Lane
from bot.delivery.plan import drafts
from bot.engine.embedded import Embedded
from bot.engine.queued import Queued
from bot.engine.tempo import Tempo
from bot.errors import StoreError
from bot.store import tables
from bot.store.database import open_database
from bot.store.ledger import Ledger
from bot.store.machine import Here
from bot.store.printing import keep_bodies
from bot.store.rhythm import Rhythm
from bot.store.rows import Plan, State, digest, edition_row, message_rows
from bot.store.shape import STEPS
from bot.store.workers import Workers
from briefings.model import BriefingId
from briefings.schedule import Edition, SubscriptionId
from tests.fakes import RecordingPlatform
from tests.postgres import Postgres

QUICK = Tempo(heartbeat=0.2, stalled=1.0, tend=0.2, poll=0.5)
BRIEF = Rhythm(beat=0.1, fresh=0.5, dead=1.0)
"""For workers that die; on a busy computer a living one misses beats too, and sends nothing."""


@dataclass
class Hand:
    """A process at work, or what is left of it."""

    ledger: Ledger
    engine: Queued | Embedded
    platform: RecordingPlatform
    workers: Workers

    async def claim(self, channel: str) -> Edition:
        edition = Edition(SubscriptionId(f"slack/{channel}"), date(2026, 11, 23))
        plan = Plan(
            edition,
            "slack",
            channel,
            datetime(2026, 11, 23, 8, tzinfo=UTC),
            briefing=BriefingId("chery"),
            title="Chery",
            threaded=False,
        )
        secret = await self.ledger.secret()
        assert await self.ledger.claim(plan, drafts(plan, [{"title": channel}], secret))
        return edition

    async def state(self, edition: Edition) -> State | None:
        found = await self.ledger.find(edition)
        return found.plan.state if found else None


@asynccontextmanager
async def process(
    url: str,
    name: str,
    platform: RecordingPlatform,
    make: Callable[[list[Lane], Workers], object],
    steps: Path = STEPS,
    rhythm: Rhythm = BRIEF,
) -> AsyncIterator[Hand]:
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(open_database(url, steps))
        workers = Workers(database, Here(name, 1), name, SystemClock().now, rhythm, steps)
        await stack.enter_async_context(workers.at_work(["deliver"]))
        ledger = Ledger(database, SystemClock(), name)
        delivery = Delivery(ledger, {"slack": platform}, SystemClock(), None, workers.is_fresh)
        engine = make([Lane("slack", ledger, delivery, SystemClock())], workers)
        assert isinstance(engine, Queued | Embedded)
        await engine.start()
        stack.push_async_callback(engine.close)
        yield Hand(ledger, engine, platform, workers)


def at(url: str, lanes: list[Lane], workers: Workers) -> Queued:
    return Queued(url, lanes, QUICK, workers.is_current)


def queued(url: str, name: str, platform: RecordingPlatform) -> AbstractAsyncContextManager[Hand]:
    return process(url, name, platform, partial(at, url))


async def until(true: Callable[[], object], seconds: float = 45) -> None:
    async with asyncio.timeout(seconds):
        while True:
            found = true()
            if asyncio.iscoroutine(found):
                found = await found
            if found:
                return
            await asyncio.sleep(0.02)


async def test_a_lane_is_drained_as_soon_as_somebody_asks(postgres_url: str) -> None:
    def make(lanes: list[Lane], _: Workers) -> Queued:
        return Queued(postgres_url, lanes, Tempo(tend=600, poll=600))

    async with process(postgres_url, "one", RecordingPlatform(), make, rhythm=Rhythm()) as one:
        edition = await one.claim("C1")
        one.engine.wake("slack")
        await until(lambda: sent(one, edition))
        assert one.platform.titles() == ["C1"]


async def test_an_edition_whose_wake_up_call_got_lost_is_delivered_all_the_same(
    postgres_url: str,
) -> None:
    async with queued(postgres_url, "one", RecordingPlatform()) as one:
        edition = await one.claim("C1")
        await until(lambda: sent(one, edition))


async def test_two_workers_share_the_lane_one_at_a_time_and_send_everything_once(
    postgres_url: str,
) -> None:
    platform = RecordingPlatform()
    async with queued(postgres_url, "one", platform) as one, queued(postgres_url, "two", platform):
        editions = [await one.claim(f"C{number}") for number in range(30)]
        one.engine.wake("slack")
        for edition in editions:
            await until(partial(sent, one, edition))
    assert sorted(map(str, platform.titles())) == sorted(f"C{number}" for number in range(30))


async def test_the_lane_of_a_worker_that_died_is_taken_over(postgres_url: str) -> None:
    platform = RecordingPlatform()
    edition = await die(postgres_url)
    async with queued(postgres_url, "living", platform) as living:
        living.engine.wake("slack")
        await until(partial(sent, living, edition))
        moves = await living.ledger.moves(edition)
    assert "its worker is gone" in [move.reason for move in moves]
    assert platform.titles() == ["C1"]


async def die(url: str) -> Edition:
    """A worker on another machine took an edition and the lane's job, and is heard of no more."""
    async with queued(url, "gone", RecordingPlatform(name="nothing")):
        pass  # the engine's tables are there
    async with open_database(url) as database:
        ledger = Ledger(database, SystemClock(), "gone")
        workers = Workers(database, Here("gone", 1), "gone", SystemClock().now, BRIEF)
        hand = Hand(ledger, Embedded([], workers), RecordingPlatform(), workers)
        edition = await hand.claim("C1")
        assert await ledger.take(edition)
    with psycopg.connect(url) as connection:
        connection.execute(GONE)
        connection.execute(STALLED)
    return edition


GONE = """
INSERT INTO worker (id, beat, machine, pid, roles, started_at)
VALUES ('gone', 7, 'elsewhere', 1, 'deliver', now())
"""
STALLED = """
WITH dead AS (
    INSERT INTO procrastinate_workers (last_heartbeat)
    VALUES (now() - interval '1 hour') RETURNING id
)
INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args, status, worker_id)
SELECT 'slack', 'drain', 'slack', 'slack', '{"lane": "slack"}', 'doing', id FROM dead
"""


@pytest.mark.parametrize("shared", [False, True])
async def test_a_database_that_hangs_up_is_caught_up_with(
    shared: bool, postgres: Postgres, postgres_url: str
) -> None:
    make = partial(at, postgres_url) if shared else embedded
    async with process(postgres_url, "one", RecordingPlatform(), make, rhythm=Rhythm()) as one:
        editions = []
        for number in range(6):
            postgres.restart()
            await asyncio.sleep(0.2)
            editions.append(await insist(partial(one.claim, f"C{number}")))
            one.engine.wake("slack")
        for edition in editions:
            await until(partial(sent, one, edition))
        assert sorted(map(str, one.platform.titles())) == [f"C{number}" for number in range(6)]


async def insist(act: Callable[[], Awaitable[Edition]]) -> Edition:
    while True:
        try:
            return await act()
        except StoreError:
            await asyncio.sleep(0.1)


async def sent(hand: Hand, edition: Edition) -> bool:
    try:
        return await hand.state(edition) is State.SENT
    except StoreError:
        return False


async def test_two_processes_on_one_file_share_a_lane_and_send_everything_once(
    tmp_path: Path,
) -> None:
    url, platform = f"sqlite:///{tmp_path / 'bot.db'}", RecordingPlatform()
    make = embedded
    async with process(url, "one", platform, make) as one, process(url, "two", platform, make):
        editions = [await one.claim(f"C{number}") for number in range(10)]
        one.engine.wake("slack")
        for edition in editions:
            await until(partial(sent, one, edition))
    assert sorted(map(str, platform.titles())) == [f"C{number}" for number in range(10)]


async def test_stopping_finishes_what_is_being_sent_and_leaves_the_rest_to_the_next(
    tmp_path: Path,
) -> None:
    url, platform = f"sqlite:///{tmp_path / 'bot.db'}", RecordingPlatform()
    async with process(url, "one", platform, embedded, rhythm=Rhythm()) as one:
        editions = [await one.claim(f"C{number}") for number in range(40)]
        one.engine.wake("slack")
        await until(lambda: len(platform.sent) >= 3)
        began = time.monotonic()
    assert time.monotonic() - began < 10
    assert len(platform.sent) < 40
    async with process(url, "two", platform, embedded, rhythm=Rhythm()) as two:
        for edition in editions:
            await until(partial(sent, two, edition))
    assert sorted(map(str, platform.titles())) == sorted(f"C{number}" for number in range(40))


async def test_what_was_taken_and_not_begun_is_given_back_by_a_lane_that_stops(
    tmp_path: Path,
) -> None:
    platform, clock = RecordingPlatform(), SystemClock()
    async with open_database(f"sqlite:///{tmp_path / 'bot.db'}") as database:
        ledger = Ledger(database, clock, "one")
        await write_many(database, await ledger.secret(), UNDER_WAY + 20)
        lane = Lane("slack", ledger, Delivery(ledger, {"slack": platform}, clock), clock)
        draining = asyncio.create_task(lane.drain())
        await until(lambda: platform.sent)
        lane.stop()
        await draining
        left = await ledger.open_editions()
    assert {each.owner for each in left} == {None}
    assert len(left) + len(platform.sent) == UNDER_WAY + 20


async def write_many(database: AsyncEngine, secret: bytes, count: int) -> None:
    """So many editions, each of one message, in one transaction."""
    now = SystemClock().now()
    plans = [
        Plan(
            Edition(SubscriptionId(f"slack/C{number}"), date(2026, 11, 23)),
            "slack",
            f"C{number}",
            now,
            threaded=False,
        )
        for number in range(count)
    ]
    body = {"title": "Chery"}
    messages = [
        row
        for each in plans
        for row in message_rows(each.edition, drafts(each, [body], secret), now)
    ]
    async with database.begin() as connection:
        await keep_bodies(connection, {digest(body): body})
        await connection.execute(
            tables.edition.insert(), [edition_row(each, now) for each in plans]
        )
        await connection.execute(tables.message.insert(), messages)


def embedded(lanes: list[Lane], workers: Workers) -> Embedded:
    return Embedded(lanes, workers)


NEWER = """
from alembic import op

revision, down_revision = "9999", "{}"
branch_labels = depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE edition ADD COLUMN tomorrow VARCHAR(5) NOT NULL DEFAULT 'new'")
"""


def newer(folder: Path) -> Path:
    """The steps of a version to come."""
    steps = folder / "migrations"
    shutil.copytree(STEPS, steps, ignore=shutil.ignore_patterns("__pycache__"))
    (head,) = ScriptDirectory(str(STEPS)).get_heads()
    (steps / "versions" / "9999_tomorrow.py").write_text(NEWER.format(head))
    return steps


@pytest.mark.parametrize("shared", [False, True])
async def test_an_upgrade_in_the_middle_of_a_fan_out_loses_and_doubles_nothing(
    shared: bool, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = str(request.getfixturevalue("postgres_url")) if shared else ""
    url = url or f"sqlite:///{tmp_path / 'bot.db'}"
    make = partial(at, url) if shared else embedded
    before, after = RecordingPlatform(), RecordingPlatform()
    after.sent = before.sent  # one Slack for both
    async with process(url, "old", before, make) as old:
        editions = [await old.claim(f"C{number}") for number in range(60)]
        old.engine.wake("slack")
        await until(lambda: len(before.sent) >= 5)
        async with process(url, "new", after, make, newer(tmp_path)) as new:
            await until(lambda: not old.workers.is_current())
            await asyncio.sleep(1)
            calls = before.calls
            for edition in editions:
                await until(partial(sent, new, edition))
            assert after.calls > 0
            assert before.calls == calls
    assert sorted(map(str, before.titles())) == sorted(f"C{number}" for number in range(60))
