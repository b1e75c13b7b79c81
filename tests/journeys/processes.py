"""Real processes of the bot in a town: started, watched by their logs, and killed."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import SystemClock
from bot.declared import declared
from bot.rooms import names
from bot.settings import read_configuration
from bot.store.database import open_database
from bot.store.subscriptions import Subscriptions
from tests.fakes import MovedClock
from tests.journeys.conftest import SEEDS, Town

ROOT = Path(__file__).parents[2]
WAIT = 90.0


@dataclass
class Running:
    """A process of the bot, and what its log told so far."""

    process: asyncio.subprocess.Process
    health: str
    told: list[dict[str, Any]] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)

    def actions(self, action: str) -> list[dict[str, Any]]:
        return [each for each in self.told if each.get("action") == action]

    async def tells(self, action: str, count: int = 1) -> None:
        async with asyncio.timeout(WAIT):
            while len(self.actions(action)) < count:
                assert self.process.returncode is None, self.raw[-5:]
                await asyncio.sleep(0.02)

    async def kill(self) -> None:
        self.process.kill()
        await self.process.wait()

    async def stop(self) -> float:
        """Ask it to end; the seconds that it took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        await self.process.wait()
        return time.monotonic() - began

    async def read(self) -> None:
        assert self.process.stderr
        async for line in self.process.stderr:
            text = line.decode(errors="replace")
            self.raw.append(text)
            with suppress(ValueError):
                self.told.append(json.loads(text))


async def subscribe(town: Town, url: str, seconds: float) -> dict[str, str]:
    """Let both channels have a post so many seconds from now; the settings that say so.

    The time zone is one where it is about noon. The channels are agreed on an hour ago, so that
    a machine that starts processes slowly is late, and does not wait for tomorrow.
    """
    now = SystemClock().now()
    zone = ZoneInfo(f"Etc/GMT{now.hour - 12:+d}")
    hour = (now + timedelta(seconds=seconds)).astimezone(zone).time()
    agreed = {
        "BRIEFING_TIME": hour.isoformat("seconds"),
        "BRIEFING_TIME_ZONE": zone.key,
        "DATABASE_URL": url,
    }
    configuration = read_configuration(None, {**town.sandbox.settings(), **agreed})
    async with open_database(url) as database:
        held = Subscriptions(database, MovedClock(now - timedelta(hours=1)))
        await held.declare(declared(configuration), names(configuration))
    return agreed


@asynccontextmanager
async def running(
    town: Town, folder: Path, agreed: dict[str, str], *roles: str
) -> AsyncIterator[Running]:
    """A process at work, until the block ends."""
    port = _free_port()
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        *(word for role in roles for word in ("--role", role)),
        cwd=folder,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        limit=1 << 20,
        env={
            **kept,
            **town.sandbox.settings(),
            "PYTHONPATH": str(ROOT),
            "BRIEFING_FOLDERS": str(SEEDS),
            "BRIEFING_LOG": "json",
            "BRIEFING_HEALTH_PORT": str(port),
            "LOG_LEVEL": "DEBUG",
            **agreed,
        },
    )
    one = Running(process, f"http://127.0.0.1:{port}")
    reading = asyncio.create_task(one.read())
    try:
        yield one
    finally:
        if process.returncode is None:
            await one.kill()
        await reading


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
