"""The Slack of the sandbox, and the bot ready to post to it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.platforms.slack.client import SlackPlatform
from bot.sandbox.server import Sandbox
from bot.sandbox.slack.side import SlackSide
from tests.platforms.slack.served import free_url, online


@pytest.fixture
async def side() -> AsyncIterator[SlackSide]:
    side = SlackSide(limits=False)
    sandbox = Sandbox([side])
    await sandbox.start()
    yield side
    await sandbox.close()


@pytest.fixture(params=["socket", "http"])
async def reached(request: pytest.FixtureRequest) -> AsyncIterator[SlackSide]:
    """A side that reaches the bot by sockets, and one that posts to its request URL."""
    url = free_url() if request.param == "http" else ""
    side = SlackSide(limits=False, request_url=url)
    sandbox = Sandbox([side])
    await sandbox.start()
    yield side
    await sandbox.close()


@pytest.fixture
async def slack(side: SlackSide) -> AsyncIterator[SlackPlatform]:
    """The platform, ready to post."""
    async with online(side) as platform:
        yield platform
