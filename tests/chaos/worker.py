"""A worker to be killed: it plans what is due and delivers it, as the bot does."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import AsyncGenerator, Awaitable, Coroutine, Generator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.delivery.deliver import Delivery
from bot.delivery.lane import Lane
from bot.engine.embedded import Embedded
from bot.engine.port import Engine
from bot.engine.queued import Queued
from bot.engine.tempo import Tempo
from bot.errors import PlatformError, StoreError
from bot.platforms.discord.client import DiscordPlatform
from bot.platforms.discord.connection import Patience as DiscordPatience
from bot.platforms.discord.room import ROOM as DISCORD
from bot.platforms.discord.settings import Settings as DiscordSettings
from bot.platforms.port import Address, Payload, Platform
from bot.platforms.slack.client import SlackPlatform
from bot.platforms.slack.patience import Patience as SlackPatience
from bot.platforms.slack.room import ROOM as SLACK
from bot.platforms.slack.settings import Settings as SlackSettings
from bot.store.address import is_shared, plain
from bot.store.database import open_database
from bot.store.ledger import Ledger
from bot.store.machine import here
from bot.store.rhythm import Rhythm
from bot.store.rows import Record
from bot.store.workers import Workers
from tests.chaos.plan import Order, Plant, planned, written

CALL = 16.0
"""Seconds (of the sped-up time) that a call may take."""

LOOK = 4.0
"""Seconds between two looks for what is due."""


@dataclass
class SpedClock:
    """A clock that runs fast, and whose wall time may be wrong."""

    origin: float
    speed: float
    jump: float = 0.0
    jumps_at: float = 0.0

    def true(self) -> float:
        return self.origin + (time.time() - self.origin) * self.speed

    def now(self) -> datetime:
        wrong = self.jump if time.time() >= self.jumps_at else 0.0
        return datetime.fromtimestamp(self.true() + wrong, UTC)

    def ticks(self) -> float:
        return self.true()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self.speed)


class Liar:
    """A platform that now and then calls a message sent that was not: a planted loss."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._posts = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._platform, name)

    async def post(self, to: Address, payload: Payload, marker: str) -> str:
        self._posts += 1
        if self._posts % 5 == 0:
            return "1"
        return await self._platform.post(to, payload, marker)


class Blind(Liar):
    """A platform that finds nothing back: a planted double."""

    async def post(self, to: Address, payload: Payload, marker: str) -> str:
        # Discord would answer a repeated nonce with the first message: that belt is cut too.
        unmarked = f"{marker[:20]}{time.time_ns() % 99999:05}"
        return await self._platform.post(to, payload, unmarked)

    async def find(self, at: Address, marker: str, since: datetime) -> str | None:
        return None


class Dying(Coroutine[Any, Any, Any]):
    """A coroutine whose process kills itself at a certain await."""

    left = 0

    def __init__(self, inner: Coroutine[Any, Any, Any]) -> None:
        self._inner = inner

    def send(self, value: Any) -> Any:
        given = self._inner.send(value)
        if Dying.left:
            Dying.left -= 1
            if Dying.left == 0:
                _die()
        return given

    def throw(self, *args: Any) -> Any:
        return self._inner.throw(*args)

    def close(self) -> None:
        self._inner.close()

    def __await__(self) -> Generator[Any, Any, Any]:
        return self._inner.__await__()


def run(order: Order) -> None:
    """A worker's whole life."""
    os.setsid()
    logging.disable(logging.CRITICAL)
    sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115 (for as long as the process lives)
    asyncio.run(_live(order))


async def _live(order: Order) -> None:
    clock = SpedClock(order.origin, order.speed, order.jump, time.time() + order.jumps_after)
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(open_database(order.database))
        scale = 1 / order.speed
        rhythm = Rhythm(2 * scale, 6 * scale, max(10 * scale, 0.5))
        workers = Workers(database, here(), f"w{os.getpid()}-{time.time_ns()}", clock.now, rhythm)
        await stack.enter_async_context(workers.at_work(["schedule", "deliver"]))
        ledger = Doomed(database, clock, workers.name)
        ledger.order = order
        platforms = await _platforms(stack, order)
        if order.die_at:
            _watch_awaits()
        rates = {"slack": SLACK.rates, "discord": DISCORD.rates}
        delivery = Delivery(ledger, platforms, clock, rates, workers.is_fresh)
        lanes = [Lane(name, ledger, delivery, clock) for name in platforms]
        engine = _engine(order, lanes, workers)
        stack.push_async_callback(engine.close)
        await engine.start()
        await _schedule(order, clock, ledger, engine)


class Doomed(Ledger):
    """A ledger that lets its worker's death begin when there is work for it."""

    order: Order

    async def take_due(
        self, platform: str, limit: int, *, busy: bool
    ) -> AsyncGenerator[tuple[Record, ...], None]:
        Dying.left = Dying.left or self.order.die_at
        async for taken in super().take_due(platform, limit, busy=busy):
            if taken and self.order.die_within:
                death = threading.Timer(self.order.die_within, _die)
                death.daemon = True
                death.start()
            yield taken


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _watch_awaits() -> None:
    def make(loop: asyncio.AbstractEventLoop, coroutine: Any, **more: Any) -> asyncio.Task[Any]:
        return asyncio.Task(Dying(coroutine), loop=loop, **more)

    asyncio.get_running_loop().set_task_factory(make)


def _engine(order: Order, lanes: list[Lane], workers: Workers) -> Engine:
    if not is_shared(order.database):
        return Embedded(lanes, workers)
    tempo = Tempo(heartbeat=0.2, stalled=0.8, tend=0.2, poll=0.5)
    return Queued(plain(order.database), lanes, tempo)


async def _platforms(stack: AsyncExitStack, order: Order) -> dict[str, Platform]:
    call = CALL / order.speed
    given = {name.lower(): value for name, value in order.settings.items()}
    slack = SlackPlatform(
        SlackSettings(**_of(given, "slack")),
        SlackPatience(call=call),
    )
    discord = DiscordPlatform(
        DiscordSettings(**_of(given, "discord")),
        DiscordPatience(call=call),
    )
    made: dict[str, Platform] = {"slack": slack, "discord": discord}
    wrap = {Plant.DOUBLE: Blind, Plant.LOSS: Liar}.get(order.plant)
    for each in made.values():
        await _insist(each.connect(None), each)
        stack.push_async_callback(each.close)
    return {name: wrap(each) if wrap else each for name, each in made.items()}


async def _insist(connecting: Awaitable[None], platform: Platform) -> None:
    try:
        await connecting
    except PlatformError:  # a fault struck the greeting: try again for ever
        await asyncio.sleep(0.05)
        await _insist(platform.connect(None), platform)


def _of(given: dict[str, str], platform: str) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name.startswith(platform)}


async def _schedule(order: Order, clock: SpedClock, ledger: Ledger, engine: Engine) -> None:
    secret = await ledger.secret()
    plans = list(planned(order))
    known: set[object] = set()
    while True:
        try:
            known |= await ledger.editions(plans[0].edition.day)
            for plan in plans:
                if plan.due_at.timestamp() <= clock.true() and plan.edition not in known:
                    await ledger.claim(plan, written(plan, secret))
                    engine.wake(plan.platform)
        except StoreError:
            pass
        await clock.sleep(LOOK)
