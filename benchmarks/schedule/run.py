"""100,000 subscriptions due at once, on both databases, beside APScheduler with a cron job each.

Run it with `uv run python benchmarks/schedule/run.py [COUNT]`, or with `make bench`. It prints how
long the claims took, when the first was made, how long the event loop stood still at most, what
a look costs with nothing to do, and what one more subscription costs.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.cli.run import keep_what_is_there
from bot.clock import SystemClock
from bot.planner import Planner
from bot.platforms.registry import room
from bot.shelf import read_shelf
from bot.store.agreements import Act
from bot.store.claims import Claims
from bot.store.database import open_database
from bot.store.subscription_rows import terms_row
from bot.store.subscriptions import Subscriptions
from bot.store.tables import subscription as table
from briefings.schedule import next_moment
from briefings.terms import Terms, subscriptions
from tests.postgres import running_postgres

COUNT = 100_000
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TERMS = Terms((time(9),), ZoneInfo("Europe/Berlin"))
SEEDS = Path(__file__).parents[2] / "seeds"


@dataclass
class StoodClock:
    """A clock that is set."""

    moment: datetime = NOON

    def now(self) -> datetime:
        return self.moment

    def ticks(self) -> float:
        return perf_counter()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@dataclass
class Watch:
    """Looks every millisecond how late it is: that is how long the loop stood still."""

    worst: float = 0.0
    stalls: list[float] = field(default_factory=list)

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self._look())
        try:
            yield
        finally:
            task.cancel()

    async def _look(self) -> None:
        while True:
            before = perf_counter()
            await asyncio.sleep(0.001)
            stall = perf_counter() - before - 0.001
            self.worst = max(self.worst, stall)
            if stall > 0.05:
                self.stalls.append(stall)


async def main(count: int) -> int:
    """Measure both; 1 where the bot's bars are missed."""
    with TemporaryDirectory() as scratch:
        async with open_database(f"sqlite:///{Path(scratch) / 'bench.db'}") as engine:
            missed = await ours(engine, count)
    with running_postgres() as server:
        print("The same on PostgreSQL, whose own work is on the same cores:")
        async with open_database(server.make()) as engine:
            missed |= await ours(engine, count)
    await theirs(count)
    return missed


async def ours(engine: AsyncEngine, count: int) -> int:
    clock = StoodClock()
    await fill(engine, count)
    held = Subscriptions(engine, clock)
    print(f"One more among {count:,}: {await once(held.agree, 20):.1f} ms.")
    library = (await read_shelf([SEEDS])).library
    draws = {"slack": room("slack").draw}
    planner = Planner(Claims(engine, clock), lambda: library, draws, clock)
    spent, begun = process_time(), perf_counter()
    for _ in range(200):
        await held.next_due_at(["slack"])
    idle = (process_time() - spent) / 200
    print(f"A look with nothing to do: {(perf_counter() - begun) / 200 * 1e3:.2f} ms,"
          f" {idle * 1e3:.2f} ms of processor; once a second: {idle:.2%}.")  # fmt: skip
    keep_what_is_there()
    clock.moment = NOON + timedelta(hours=20)  # 09:00 in Berlin
    watch, first, claimed = Watch(), 0.0, 0
    begun, spent = perf_counter(), process_time()
    async with watch.looking():
        async for plans in planner.claim_due():
            first = first or perf_counter() - begun
            claimed += len(plans)
    took, used = perf_counter() - begun, process_time() - spent
    print(f"Ours: {claimed:,} editions claimed in {took:.2f} s ({claimed / took:,.0f}/s,"
          f" {used:.2f} s of processor), the first after {first * 1e3:.0f} ms;"
          f" the loop stood still for {watch.worst * 1e3:.0f} ms at most,"
          f" {len(watch.stalls)} times over 50 ms.")  # fmt: skip
    return int(took > 10 * count / COUNT or watch.worst > 0.05)


async def once(agree: Callable[..., Awaitable[object]], times: int) -> float:
    """Milliseconds that one agreement takes, the median of several."""
    took = []
    for number in range(times):
        begun = perf_counter()
        await agree(("slack", f"N{number}"), TERMS, Act("U1", "subscribe"))
        took.append((perf_counter() - begun) * 1e3)
    return sorted(took)[times // 2]


async def fill(engine: AsyncEngine, count: int) -> None:
    """As many channels with the same hour."""
    (one,) = subscriptions(TERMS, "slack", "C0", lambda _: NOON)
    first = next_moment(one, NOON)
    kept = {**terms_row(one), "declared": False, "since": NOON, "troubled": False}
    kept |= {"cursor": first, "next_due_at": first}
    async with engine.begin() as connection:
        for start in range(0, count, 5_000):
            rows = [
                {**kept, "id": f"slack/C{number}", "channel": f"C{number}"}
                for number in range(start, min(start + 5_000, count))
            ]
            await connection.execute(table.insert(), rows)


async def theirs(count: int) -> None:
    """APScheduler with a cron job for each, all due within the same second; they do nothing."""
    done = 0
    all_done = asyncio.Event()

    async def fire() -> None:
        nonlocal done
        done += 1
        if done == count:
            all_done.set()

    scheduler = AsyncIOScheduler(
        timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True}
    )
    scheduler.start(paused=True)
    begun = perf_counter()
    hour = (SystemClock().now() + timedelta(seconds=5 + count / 2_000)).replace(microsecond=0)
    for number in range(count):
        scheduler.add_job(
            fire, "cron", hour=hour.hour, minute=hour.minute, second=hour.second, id=str(number)
        )
    added = (perf_counter() - begun) / count * 1e3
    scheduler.resume()
    left = (hour - SystemClock().now()).total_seconds()
    if left < 0:
        print(f"APScheduler took {perf_counter() - begun:.0f} s to take {count:,} jobs: too slow.")
        return
    await asyncio.sleep(max(0.0, left - 0.2))
    watch, begun = Watch(), perf_counter()
    async with watch.looking():
        await asyncio.wait_for(all_done.wait(), 120)
    print(f"APScheduler, one job each: {count:,} empty jobs in {perf_counter() - begun:.2f} s; the"
          f" loop stood still for {watch.worst * 1e3:,.0f} ms at most,"
          f" {len(watch.stalls)} times over 50 ms; one more job: {added:.2f} ms.")  # fmt: skip
    scheduler.shutdown(wait=False)


if __name__ == "__main__":
    sys.exit(asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT)))
