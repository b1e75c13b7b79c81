"""The Discord room online: posts, threads and look-backs over a real socket."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import PlatformError, PostDelayed, PostRefused, PostUnknown
from bot.platforms.discord.client import DiscordPlatform
from bot.platforms.discord.connection import Patience
from bot.platforms.discord.requests import requests
from bot.platforms.discord.settings import Settings
from bot.platforms.port import Address
from bot.sandbox.discord.setup import Setup, Spot
from bot.sandbox.faults import Fault, Kind
from tests.platforms.discord.conftest import QUICK, Opens, Stage
from tests.platforms.samples import POST, SAMPLES

POSTING = "POST /channels/{channel_id}/messages"
THREADING = "POST /channels/{channel_id}/messages/{message_id}/threads"
LONG_AGO = datetime.now(UTC) if False else datetime(2020, 1, 1, tzinfo=UTC)
IMPATIENT = Patience(start=3.0, call=0.3, restart=0.01, longest=0.05)


def card(stage: Stage) -> object:
    return stage.platform.draw(POST.card)[0]
