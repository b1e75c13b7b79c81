"""A Slack and a Discord with as many channels as wanted, in a process of their own."""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from bot.sandbox.discord.setup import Setup, Spot
from bot.sandbox.discord.side import DiscordSide
from bot.sandbox.server import Sandbox
from bot.sandbox.slack.side import SlackSide


@dataclass(frozen=True)
class Wanted:
    """How many channels, how fast time goes there, and whether limits are enforced."""

    channels: int
    speed: float
    limits: bool
    origin: float


@dataclass(frozen=True)
class Counted:
    """What arrived, and how often the platform had to say 429."""

    slack: int
    discord: int
    slack_429: int
    discord_429: int


@dataclass
class Stage:
    """The running platforms: the settings of a bot, the channels' ids, and what arrived."""

    settings: dict[str, str]
    channels: dict[str, list[str]]
    line: Connection

    def count(self) -> Counted:
        self.line.send("count")
        found: Counted = self.line.recv()
        return found


@contextmanager
def stage(wanted: Wanted) -> Iterator[Stage]:
    """The platforms, until the block ends."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(wanted, theirs), daemon=True)
    process.start()
    try:
        settings, channels = ours.recv()
        yield Stage(settings, channels, ours)
    finally:
        process.kill()
        process.join()


def _serve(wanted: Wanted, line: Connection) -> None:
    asyncio.run(_run(wanted, line))


async def _run(wanted: Wanted, line: Connection) -> None:
    def clock() -> float:
        return wanted.origin + (time.time() - wanted.origin) * wanted.speed

    names = [f"c{number}" for number in range(wanted.channels)]
    channels = [(f"C{name.upper()}XXXX", name, "") for name in names]
    slack = SlackSide(clock, channels, limits=wanted.limits)
    spots = [Spot(name) for name in names]
    discord = DiscordSide(Setup(channels=spots, limited=wanted.limits), clock)
    sandbox = Sandbox((slack, discord))
    await sandbox.start()
    ids = {"slack": list(slack.workspace.channels), "discord": list(discord.world.guild.channels)}
    line.send((dict(sandbox.settings()), ids))
    while True:
        await asyncio.to_thread(line.recv)
        line.send(_count(slack, discord))


def _count(slack: SlackSide, discord: DiscordSide) -> Counted:
    def messages(channels: Any) -> int:
        return sum(len(channel.messages) for channel in channels)

    return Counted(
        messages(slack.workspace.channels.values()),
        messages(discord.world.guild.channels.values()),
        sum(slack.slack.rates.refused.values()),
        discord.world.rates.refused,
    )
