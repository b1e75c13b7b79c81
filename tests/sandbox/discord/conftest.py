"""The fixtures of the Discord side: a guild that is served, or a way to serve one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from bot.sandbox.discord.setup import DEFAULT, Setup
from tests.sandbox.discord.town import Clock, Opens, Town, serving


@pytest.fixture
async def open_town(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Opens]:
    """Serves a guild that is set up as the test asks."""
    async with AsyncExitStack() as stack:

        async def serve(setup: Setup = DEFAULT, clock: Clock | None = None) -> Town:
            return await stack.enter_async_context(serving(monkeypatch, setup, clock))

        yield serve


@pytest.fixture
async def town(open_town: Opens) -> Town:
    """The default guild."""
    return await open_town()
