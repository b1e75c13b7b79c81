"""Runs chaos: workers that die and are replaced, while the platforms and the database fail."""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path

from sqlalchemy import text

from bot.clock import SystemClock
from bot.errors import BriefingBotError
from bot.sandbox.discord.setup import Setup, Spot
from bot.sandbox.discord.side import DiscordSide
from bot.sandbox.server import Sandbox
from bot.sandbox.slack.side import SlackSide
from bot.store.database import open_database, speaking
from bot.store.ledger import Ledger
from tests.chaos import worker
from tests.chaos.judge import Verdict, judge
from tests.chaos.plan import DAY_ONE, Order, Plant, planned
from tests.chaos.trouble import Trouble

AWAITS = 160
"""Awaits after it took work at which a worker kills itself, one after the other."""

LIFE = 8.0
"""Seconds after which a worker that never got work, or never came to its await, is killed; on a
busy computer the start alone may take as long."""

WARM = (
    "tests.chaos.worker",
    "bot.store.postgres",
    "procrastinate.psycopg_connector",
    "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.dialects.sqlite.aiosqlite",
)
"""Loaded once for all workers, so that they are at work quickly."""

PER_KILL = 2.0
"""Editions for each kill: there must be work until the last one dies, and little at a time, for
who has much in hand is killed beside it, and not in the midst of it."""

TAKEN = "SELECT count(DISTINCT worker) FROM transition WHERE reason = 'its worker is gone'"


@dataclass
class Chaos:
    """How much, how fast, and on what."""

    database: str
    kills: int
    """Workers that are to die with an edition in their hand."""
    processes: int = 1
    seconds: float = 7200.0
    channels: int = 6
    speed: float = 20.0
    gap: float = 8.0
    per_kill: float = 1.0
    """Editions for each kill: enough that every worker dies at work."""
    life: float = LIFE
    plant: Plant = Plant.NONE
    restart: Callable[[], None] | None = None
    seed: int = 1
    told: bool = False
    killed: int = field(default=0)
    effective: int = field(default=0)
    """Those that had work in hand, by the ledger's own record."""
    struck: Counter[str] = field(default_factory=Counter)


async def run(chaos: Chaos) -> Verdict:
    """Kill as often as asked, let the last workers finish, and judge."""
    draw = random.Random(chaos.seed)
    async with _sandbox(chaos) as (sandbox, slack, discord, clock):
        order = _order(chaos, sandbox, slack, discord, clock)
        trouble = Trouble((slack, discord), draw, chaos.restart, chaos.struck)
        going = asyncio.create_task(trouble.go_on())
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(list(WARM))
        try:
            await _slaughter(chaos, context, order, draw)
        finally:
            going.cancel()
            await asyncio.gather(going, return_exceptions=True)
        trouble.end()
        return await _finish(chaos, context, order, slack, discord)


@asynccontextmanager
async def _sandbox(
    chaos: Chaos,
) -> AsyncIterator[tuple[Sandbox, SlackSide, DiscordSide, worker.SpedClock]]:
    clock = worker.SpedClock(time.time(), chaos.speed)
    names = [f"c{number}" for number in range(chaos.channels)]
    slack = SlackSide(clock.true, [(f"C0{name.upper()}", name, "") for name in names])
    discord = DiscordSide(Setup(channels=[Spot(name) for name in names]), clock.true)
    sandbox = Sandbox((slack, discord))
    await sandbox.start()
    try:
        yield sandbox, slack, discord, clock
    finally:
        await sandbox.close()


def _order(
    chaos: Chaos,
    sandbox: Sandbox,
    slack: SlackSide,
    discord: DiscordSide,
    clock: worker.SpedClock,
) -> Order:
    channels = {
        "slack": tuple(slack.workspace.channels),
        "discord": tuple(discord.world.guild.channels),
    }
    editions = max(int(chaos.kills * chaos.per_kill), 12)
    return Order(
        chaos.database,
        dict(sandbox.settings()),
        channels,
        clock.origin,
        chaos.speed,
        editions,
        chaos.gap,
        chaos.plant,
    )


async def _slaughter(
    chaos: Chaos, context: ForkServerContext, order: Order, draw: random.Random
) -> None:
    """Half of the deaths come at any instant, half at one await after the other."""
    deadline = time.monotonic() + chaos.seconds
    living: list[tuple[BaseProcess, float]] = []
    step = 0
    while chaos.effective < chaos.kills and time.monotonic() < deadline:
        while len(living) < chaos.processes:
            step += 1
            process = _spawn(context, _doomed(order, step, draw))
            living.append((process, time.monotonic() + chaos.life))
        await asyncio.sleep(0.01)
        for each in tuple(living):
            if _is_dead(*each):
                living.remove(each)
                chaos.killed += 1
                await _count(chaos)
    for process, _ in living:
        process.kill()
        await asyncio.to_thread(process.join)


def _doomed(order: Order, step: int, draw: random.Random) -> Order:
    """How the next worker dies, and how wrong its clock is: from the start, or from a jump on."""
    jump = draw.choice((0.0, 0.0, 0.0, 3600.0, -3600.0))
    jumps_after = draw.choice((0.0, 0.4))
    if step % 2:
        at = 1 + step // 2 % AWAITS
        return replace(order, die_at=at, jump=jump, jumps_after=jumps_after)
    instant = draw.uniform(0.001, 0.6)
    return replace(order, die_within=instant, jump=jump, jumps_after=jumps_after)


def _is_dead(process: BaseProcess, end: float) -> bool:
    if process.is_alive() and time.monotonic() > end:
        process.kill()
    if process.is_alive():
        return False
    process.join()
    return True


async def _count(chaos: Chaos) -> None:
    """See how many died at work: each left an edition that was taken out of its hand."""
    if chaos.killed % 10 and chaos.kills > 50:
        return
    with suppress(BriefingBotError):  # it is being restarted
        async with open_database(chaos.database) as database:
            with speaking():
                async with database.connect() as connection:
                    chaos.effective = (await connection.execute(text(TAKEN))).scalar() or 0
    if chaos.told and chaos.killed % 50 == 0:
        sys.stdout.write(f"  {chaos.effective} of {chaos.killed} killed at work\n")
        sys.stdout.flush()


def _spawn(context: ForkServerContext, order: Order) -> BaseProcess:
    process = context.Process(target=worker.run, args=(order,), daemon=True)
    process.start()
    return process


async def _finish(
    chaos: Chaos,
    context: ForkServerContext,
    order: Order,
    slack: SlackSide,
    discord: DiscordSide,
) -> Verdict:
    """Let workers that nobody kills do the rest."""
    workers = [_spawn(context, order) for _ in range(chaos.processes)]
    try:
        async with open_database(order.database) as database:
            ledger = Ledger(database, SystemClock())
            await _settled(ledger, order, 120.0 + order.editions * order.gap / order.speed)
            states = {"slack": slack.state(), "discord": discord.state()}
            return await judge(order, ledger, states)
    finally:
        for process in workers:
            process.kill()
            await asyncio.to_thread(process.join)


async def _settled(ledger: Ledger, order: Order, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    wanted = {plan.edition for plan in planned(order)}  # notes that a post came late are beside it
    while time.monotonic() < deadline:
        await asyncio.sleep(0.2)
        if wanted <= await ledger.editions(DAY_ONE) and not await ledger.open_editions():
            return


def main() -> None:
    """`make chaos`: SQLite with one process, PostgreSQL with three."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--kills", type=int, default=1000, help="of workers at work, on each")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--speed", type=float, default=20.0, help="how much faster time goes")
    parser.add_argument("--gap", type=float, default=0.7, help="seconds between two editions")
    parser.add_argument("--life", type=float, default=LIFE, help="seconds of who gets no work")
    parser.add_argument("--seconds", type=float, default=7200.0, help="of killing, at most")
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    given = parser.parse_args()
    bad = 0
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="chaos")))
        for kind in (given.only,) if given.only else ("sqlite", "postgresql"):
            chaos = _chaos(kind, folder, stack, given)
            began = time.monotonic()
            verdict = asyncio.run(run(chaos))
            bad += not verdict.clean
            sys.stdout.write(report(kind, chaos, verdict, time.monotonic() - began))
    sys.exit(1 if bad else 0)


def _chaos(kind: str, folder: Path, stack: ExitStack, given: argparse.Namespace) -> Chaos:
    asked = Chaos("", given.kills, speed=given.speed, seed=given.seed, told=True)
    asked = replace(asked, per_kill=PER_KILL, gap=given.gap * given.speed)
    asked = replace(asked, life=given.life, seconds=given.seconds)
    if kind == "sqlite":
        return replace(asked, database=f"sqlite:///{folder / 'chaos.db'}")
    from tests.postgres import running_postgres

    server = stack.enter_context(running_postgres())
    return replace(asked, database=server.make(), processes=3, restart=server.restart)


def report(kind: str, chaos: Chaos, verdict: Verdict, seconds: float) -> str:
    """The figures of a run, and whatever went wrong."""
    load = os.getloadavg()[1]
    struck = ", ".join(f"{kind} {count}" for kind, count in sorted(chaos.struck.items()))
    lines = [
        (
            f"{kind}, {chaos.processes} process(es), seed {chaos.seed}, {chaos.speed:g} times as"
            f" fast: {chaos.killed} killed, {chaos.effective} of them at work, {seconds:.0f} s,"
            f" load {load:.1f}"
        ),
        f"  struck: {struck}",
        (
            f"  sent {verdict.sent}, lost {len(verdict.lost)}, doubled {len(verdict.doubled)},"
            f" out of order {len(verdict.disordered)}, stuck {len(verdict.stuck)},"
            f" parked {len(verdict.parked)}, unexplained {len(verdict.unexplained)}"
        ),
    ]
    for name in ("lost", "doubled", "disordered", "stuck", "unexplained", "parked"):
        lines += [f"  {name}: {each}" for each in getattr(verdict, name)[:8]]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
