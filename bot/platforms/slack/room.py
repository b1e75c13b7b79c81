"""The Slack room as the registry knows it."""

from __future__ import annotations

from bot.platforms.port import Platform, Room
from bot.platforms.slack.inbound import NAME
from bot.platforms.slack.limits import RATES
from bot.platforms.slack.render import draw, requests
from bot.platforms.slack.settings import Settings


def _open(settings: Settings) -> Platform:
    from bot.platforms.slack.client import SlackPlatform

    return SlackPlatform(settings)


ROOM = Room(
    name=NAME, settings=Settings, draw=draw, requests=requests, open=_open, rates=RATES
)
