"""Fixtures: a served Slack, its client, a connected bot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack.side import SlackSide
from tests.sandbox.slack.served import SOON, Bot, Clock, Connecting, connecting, serve, web_client


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def side() -> AsyncIterator[SlackSide]:
    async with serve(SlackSide(limits=False, patience=SOON)) as served:
        yield served


@pytest.fixture
async def still(clock: Clock) -> AsyncIterator[SlackSide]:
    """A side whose clock is the test's."""
    async with serve(SlackSide(clock, patience=SOON)) as served:
        yield served


@pytest.fixture
def client(side: SlackSide) -> AsyncWebClient:
    return web_client(side)


@pytest.fixture
async def connect() -> AsyncIterator[Connecting]:
    async with AsyncExitStack() as stack:
        yield connecting(stack)


@pytest.fixture
async def bot(side: SlackSide, connect: Connecting) -> Bot:
    return await connect(side)
