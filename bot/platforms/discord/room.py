"""The Discord room as the registry knows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.findings import Finding
from bot.platforms.discord import refusals
from bot.platforms.discord.gauges import gauges
from bot.platforms.discord.inbound import NAME
from bot.platforms.discord.limits import RATES
from bot.platforms.discord.render import draw
from bot.platforms.discord.requests import requests
from bot.platforms.discord.settings import Settings
from bot.platforms.port import Platform, Room


def _open(settings: Settings) -> Platform:
    # discord.py takes a third of a second to import: not for `--help`, nor for `render`.
    from bot.platforms.discord.client import DiscordPlatform

    return DiscordPlatform(settings)


async def _check(
    settings: Settings, channels: Sequence[str], now: Callable[[], datetime]
) -> tuple[Finding, ...]:
    from bot.platforms.discord.checkup import check

    return await check(settings, channels, now)


CHANNEL = "1234567890123456789"

ROOM = Room(
    name=NAME,
    settings=Settings,
    draw=draw,
    requests=requests,
    open=_open,
    rates=RATES,
    check=_check,
    refusals=refusals.ALL,
    channel=CHANNEL,
    ids=r"\d{1,20}",
    gauges=gauges,
)
