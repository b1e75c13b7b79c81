"""A browser that looks at the page, which may ask nobody but the sandbox and may not fail."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright

from bot.sandbox.server import Sandbox
from scripts.chromium import find
from tests.page.stage import Stage

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = find()
    if path is None and os.environ.get("CI"):
        pytest.fail("There is no Chromium: run scripts/chromium.py first.")
    if path is None:
        pytest.skip("There is no Chromium: run scripts/chromium.py, then these tests run.")
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
    """The page before it is opened; every test ends by looking at whom it asked, and its errors."""
    context = await browser.new_context(base_url=sandbox.address, locale="en-GB")
    context.set_default_timeout(5_000)
    asked: list[str] = []
    troubles: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("weberror", lambda trouble: troubles.append(str(trouble.error)))
    context.on("console", lambda said: troubles.extend(_errors(said)))
    yield await context.new_page()
    await context.close()
    assert [url for url in asked if not url.startswith(f"{sandbox.address}/")] == []
    assert troubles == []


def _errors(said: ConsoleMessage) -> list[str]:
    """What the page complains of; an order that was refused is no trouble of the page's own."""
    refused = "/control/" in said.location["url"] and "status of 404" in said.text
    return [said.text] if said.type == "error" and not refused else []
