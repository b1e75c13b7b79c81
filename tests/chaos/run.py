"""Runs chaos: workers that die and are replaced, while the platforms and the database fail."""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from pathlib import Path

from bot.clock import SystemClock
from bot.sandbox.discord.setup import Setup, Spot
from bot.sandbox.discord.side import DiscordSide
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.server import Sandbox
from bot.sandbox.slack.side import SlackSide
from bot.store.database import open_database
from bot.store.ledger import Ledger
from tests.chaos import worker
from tests.chaos.judge import Verdict, judge
from tests.chaos.plan import Order, Plant

KINDS = (
    Kind.LIMITED,
    Kind.BROKEN,
    Kind.AWAY,
    Kind.DROP,
    Kind.DROP,
    Kind.RESET,
    Kind.HANG,
    Kind.GARBAGE,
)
SEND = {"slack": "chat.postMessage", "discord": "POST /channels/{channel_id}/messages"}
THREAD = "POST /channels/{channel_id}/messages/{message_id}/threads"


@dataclass
class Chaos:
    """How much, how fast, and on what."""

    database: str
    kills: int
    processes: int = 1
    seconds: float = 600.0
    channels: int = 6
    speed: float = 20.0
    gap: float = 8.0
    per_kill: float = 1.0
    """Editions for each kill: enough that every worker dies at work."""
    plant: Plant = Plant.NONE
    restart: Callable[[], None] | None = None
    seed: int = 1
    told: bool = False
    killed: int = field(default=0)
    faults: int = field(default=0)


async def run(chaos: Chaos) -> Verdict:
    """Kill as often as asked, let the last workers finish, and judge."""
    draw = random.Random(chaos.seed)
    async with _sandbox(chaos) as (sandbox, slack, discord, clock):
        order = _order(chaos, sandbox, slack, discord, clock)
        trouble = asyncio.create_task(_trouble(chaos, slack, discord, draw))
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["tests.chaos.worker"])
        try:
            await _slaughter(chaos, context, order, draw)
        finally:
            trouble.cancel()
            await asyncio.gather(trouble, return_exceptions=True)
        slack.faults.clear()
        discord.faults.clear()
        slack.slack.workspace.history_lag = discord.world.history_lag = 0.0
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


async def _trouble(
    chaos: Chaos, slack: SlackSide, discord: DiscordSide, draw: random.Random
) -> None:
    """Faults all the time: about every third send fails somehow."""
    while True:
        await asyncio.sleep(draw.uniform(0.05, 0.3))
        side: SlackSide | DiscordSide = draw.choice((slack, discord))
        kind = draw.choice(KINDS)
        on = SEND[side.name]
        if side is discord and draw.random() < 0.2:
            on = THREAD
        if len(side.faults.waiting) < 3:
            side.faults.plan(
                Fault(on, kind, skip=draw.randrange(3), retry_after=draw.uniform(1, 4))
            )
            chaos.faults += 1
        lag = draw.choice((0.0, 0.0, 3.0, 8.0))
        slack.slack.workspace.history_lag = discord.world.history_lag = lag
        if chaos.restart and draw.random() < 0.01:
            await asyncio.to_thread(chaos.restart)


async def _slaughter(
    chaos: Chaos,
    context: multiprocessing.context.ForkServerContext,
    order: Order,
    draw: random.Random,
) -> None:
    """Half of the deaths come at random, half at one await after the other."""
    deadline = time.monotonic() + chaos.seconds
    living: list[tuple[BaseProcess, float]] = []
    step = 0
    while chaos.killed < chaos.kills and time.monotonic() < deadline:
        while len(living) < chaos.processes:
            step += 1
            jump = draw.choice((0.0, 0.0, 0.0, 3600.0, -3600.0))
            die_at = 1 + step // 2 % 220 if step % 2 else 0
            process = _spawn(context, replace(order, die_at=die_at, jump=jump))
            life = 2.5 if die_at else draw.uniform(0.2, 2.0)
            living.append((process, time.monotonic() + life))
        await asyncio.sleep(0.01)
        for each in tuple(living):
            process, end = each
            if process.is_alive() and time.monotonic() > end:
                process.kill()
            if not process.is_alive():
                process.join()
                living.remove(each)
                chaos.killed += 1
                if chaos.told and chaos.killed % 50 == 0:
                    sys.stdout.write(f"  {chaos.killed} killed, {chaos.faults} faults\n")
                    sys.stdout.flush()
    for process, _ in living:
        process.kill()
        await asyncio.to_thread(process.join)


def _spawn(context: multiprocessing.context.ForkServerContext, order: Order) -> BaseProcess:
    process = context.Process(target=worker.run, args=(order,), daemon=True)
    process.start()
    return process


async def _finish(
    chaos: Chaos,
    context: multiprocessing.context.ForkServerContext,
    order: Order,
    slack: SlackSide,
    discord: DiscordSide,
) -> Verdict:
    """Let workers that nobody kills do the rest."""
    workers = [_spawn(context, order) for _ in range(chaos.processes)]
    try:
        async with open_database(order.database) as database:
            ledger = Ledger(database, SystemClock())
            await _settled(ledger, order, 60.0 + order.editions * order.gap / order.speed)
            states = {"slack": slack.state(), "discord": discord.state()}
            return await judge(order, ledger, states)
    finally:
        for process in workers:
            process.kill()
            await asyncio.to_thread(process.join)


async def _settled(ledger: Ledger, order: Order, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        written = await ledger.editions(datetime(2026, 1, 1, tzinfo=UTC).date())
        if len(written) == order.editions and not await ledger.open_editions():
            return
        await asyncio.sleep(0.1)


def main() -> None:
    """`make chaos`: SQLite with one process, PostgreSQL with three."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--kills", type=int, default=500, help="on each database")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    given = parser.parse_args()
    bad = 0
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="chaos")))
        for kind in (given.only,) if given.only else ("sqlite", "postgresql"):
            chaos = _chaos(kind, folder, stack, given.kills, given.seed)
            began = time.monotonic()
            verdict = asyncio.run(run(chaos))
            bad += not verdict.clean
            sys.stdout.write(report(kind, chaos, verdict, time.monotonic() - began))
    sys.exit(1 if bad else 0)


def _chaos(kind: str, folder: Path, stack: ExitStack, kills: int, seed: int) -> Chaos:
    if kind == "sqlite":
        return Chaos(f"sqlite:///{folder / 'chaos.db'}", kills, per_kill=2.5, seed=seed, told=True)
    from tests.postgres import running_postgres

    server = stack.enter_context(running_postgres())
    return Chaos(
        server.make(),
        kills,
        processes=3,
        gap=6.0,
        per_kill=1.5,
        seed=seed,
        told=True,
        restart=server.restart,
    )


def report(kind: str, chaos: Chaos, verdict: Verdict, seconds: float) -> str:
    """The figures of a run, and whatever went wrong."""
    lines = [
        (
            f"{kind}, {chaos.processes} process(es), seed {chaos.seed}: {chaos.killed} killed,"
            f" {chaos.faults} faults, {seconds:.0f} s"
        ),
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
