"""One briefing to 10,000 channels, on platforms that enforce their limits."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from pathlib import Path

from benchmarks.fanout import senders
from benchmarks.fanout.stage import Wanted, stage
from bot import loop

LIMITS = {"discord": 50.0, "slack": 10.0}
"""Messages a second that the sandbox lets a token send in the long run, after Slack's first 600."""

SPEED = {"discord": 1.0, "slack": 10.0}
"""How much faster time goes for both sides; discord.py itself knows only the real time."""

BARE = 3000


def fan_out(platform: str, channels: int) -> float:
    """Our way; the CPU seconds per message."""
    origin = time.time()
    wanted = Wanted(channels, SPEED[platform], limits=True, origin=origin)
    clock = senders.SpedClock(origin, wanted.speed)
    with stage(wanted) as town, tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'fanout.db'}"
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


def bare(platform: str) -> float:
    """aiohttp alone; the CPU seconds per message."""
    with stage(Wanted(BARE, 1.0, limits=False, origin=time.time())) as town:
        ids = town.channels[platform]
        spent = loop.run(senders.bare(platform, town.settings, ids))
    cost = f"{1e3 * spent.cpu / BARE:.2f} ms CPU each"
    print(f"{platform:8} bare aiohttp     {BARE:6} channels: {cost}")
    return spent.cpu / BARE


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
    parser.add_argument("--naive", type=int, default=1_000)
    parser.add_argument("--only", choices=("discord", "slack"))
    given = parser.parse_args()
    for platform in (given.only,) if given.only else ("discord", "slack"):
        floor = bare(platform)
        cost = fan_out(platform, given.channels)
        print(f"{platform:8} CPU each: {cost / floor:.2f} times a bare POST")
        if given.naive:
            naive(platform, given.naive)


if __name__ == "__main__":
    main()
