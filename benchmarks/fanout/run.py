"""One briefing to 10,000 channels, on platforms that enforce their limits."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from benchmarks.fanout import senders
from benchmarks.fanout.stage import Wanted, stage
from bot import loop
from tests.postgres import Postgres, running_postgres

LIMITS = {"discord": 50.0, "slack": 10.0}
"""Messages a second that the sandbox lets a token send in the long run, after Slack's first 600."""

SPEED = {"discord": 1.0, "slack": 5.0}
"""How much faster time goes for both sides."""

PACES = {"discord": 48.0, "slack": 9.7}
"""Messages a second that the bot sends."""

BARE = 3000


def fan_out(platform: str, channels: int, speed: float, database: str | None) -> float:
    """Our way; the CPU seconds per message."""
    origin = time.time()
    wanted = Wanted(channels, speed, limits=True, origin=origin)
    clock = senders.SpedClock(origin, wanted.speed)
    with stage(wanted) as town, tempfile.TemporaryDirectory() as folder:
        url = database or f"sqlite:///{Path(folder) / 'fanout.db'}"
        ids = town.channels[platform]
        spent = loop.run(senders.ours(platform, town.settings, ids, clock, url))
        counted = town.count()
    arrived = int(getattr(counted, platform))
    pace = arrived / spent.seconds
    print(
        f"{platform:8} ours             {channels:6} channels: {arrived} arrived,"
        f" {getattr(counted, f'{platform}_429')} 429s, {pace:.1f}/s ="
        f" {pace / LIMITS[platform]:.1%} of the limit, {1e3 * spent.cpu / arrived:.2f} ms CPU each"
        f" (time x{wanted.speed:.0f})"
    )
    return spent.cpu / arrived


def bare(platform: str, pace: float | None = None) -> float:
    """aiohttp alone; the CPU seconds per message."""
    posts = BARE if pace is None else min(BARE, int(pace * 20))
    with stage(Wanted(posts, 1.0, limits=False, origin=time.time())) as town:
        ids = town.channels[platform]
        spent = loop.run(senders.bare(platform, town.settings, ids, pace))
    cost = f"{1e3 * spent.cpu / posts:.2f} ms CPU each"
    how = "at once" if pace is None else f"{pace:.0f} a second"
    print(f"{platform:8} bare aiohttp     {posts:6} channels: {cost} ({how})")
    return spent.cpu / posts


def naive(platform: str, channels: int) -> None:
    """The libraries left to themselves."""
    with stage(Wanted(channels, 1.0, limits=True, origin=time.time())) as town:
        ids = town.channels[platform]
        if platform == "discord":
            name, sending = "discord.py", senders.gathered_discord(town.settings, ids)
        else:
            name, sending = "slack_sdk, 10 retries", senders.gathered_slack(town.settings, ids)
        spent = asyncio.run(sending)
        counted = town.count()
    arrived = getattr(counted, platform)
    print(
        f"{platform:8} {name:16} {channels:6} channels: {arrived} arrived,"
        f" {channels - arrived} lost, {getattr(counted, f'{platform}_429')} 429s,"
        f" {arrived / spent.seconds:.1f}/s, {1e3 * spent.cpu / max(arrived, 1):.2f} ms CPU each"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--channels", type=int, default=10_000)
    parser.add_argument("--naive", type=int, default=2_000)
    parser.add_argument("--postgresql", action="store_true", help="in SQLite's place, of its own")
    parser.add_argument("--speed", type=float, help="how much faster time goes")
    parser.add_argument("--only", choices=("discord", "slack"))
    given = parser.parse_args()
    with ExitStack() as stack:
        measure(given, stack.enter_context(running_postgres()) if given.postgresql else None)


def measure(given: argparse.Namespace, server: Postgres | None) -> None:
    """Ours beside bare aiohttp and the libraries, on each platform."""
    for platform in (given.only,) if given.only else ("discord", "slack"):
        speed = given.speed or SPEED[platform]
        floor = bare(platform)
        beside = bare(platform, PACES[platform] * speed)
        cost = fan_out(platform, given.channels, speed, server.make() if server else None)
        print(
            f"{platform:8} CPU each: {cost / beside:.2f} times a bare POST at the same pace,"
            f" {cost / floor:.2f} times one of many at once"
        )
        if given.naive:
            naive(platform, given.naive)


if __name__ == "__main__":
    main()
