"""The Slack room as the registry knows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.findings import Finding
from bot.platforms.port import Platform, Room
from bot.platforms.slack import refusals
from bot.platforms.slack.gauges import gauges
from bot.platforms.slack.inbound import NAME
from bot.platforms.slack.limits import RATES
from bot.platforms.slack.render import draw, requests
from bot.platforms.slack.settings import Settings


def _open(settings: Settings) -> Platform:
    from bot.platforms.slack.client import SlackPlatform

    return SlackPlatform(settings)


async def _check(
    settings: Settings, channels: Sequence[str], now: Callable[[], datetime]
) -> tuple[Finding, ...]:
    from bot.platforms.slack.checkup import check

    return await check(settings, channels, now)


ROOM = Room(
    name=NAME,
    settings=Settings,
    draw=draw,
    requests=requests,
    open=_open,
    rates=RATES,
    check=_check,
    refusals=refusals.ALL,
    ids=r"[CDG][A-Z0-9]+",
    gauges=gauges,
)
