"""A browser, and the page over two sides whose state the tests set."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from bot.sandbox.server import Sandbox
from scripts.chromium import find
from tests.page.browsing import FLAGS, looking
from tests.page.stage import Stage


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = find()
    if path is None and os.environ.get("CI"):
        pytest.fail("There is no Chromium: run scripts/chromium.py first.")
    if path is None:
        pytest.skip("There is no Chromium: run scripts/chromium.py, then these tests run.")
    expect.set_options(timeout=10_000)
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        await chromium.close()


@pytest.fixture
def slack() -> Stage:
    return Stage("slack")


@pytest.fixture
def discord() -> Stage:
    return Stage("discord")


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox(slack: Stage, discord: Stage) -> AsyncIterator[Sandbox]:
    sandbox = Sandbox([slack, discord])
    await sandbox.start()
    yield sandbox
    await sandbox.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, sandbox: Sandbox) -> AsyncIterator[Page]:
    async with looking(browser, sandbox.address) as page:
        yield page
