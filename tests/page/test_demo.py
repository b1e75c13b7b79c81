"""The demo as its visitor sees it: the real bot on both platforms, in a browser."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from bot.demo import open_demo
from tests.page.browsing import looking

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

POSTED = ".thread-bar, .thread-chip"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def demo() -> AsyncIterator[str]:
    async with open_demo(0) as demo:
        yield demo.address


@pytest_asyncio.fixture(loop_scope="session")
async def visit(browser: Browser, demo: str) -> AsyncIterator[Page]:
    async with looking(browser, demo) as page:
        await page.goto("/")
        yield page


@pytest.mark.parametrize("platform", ["slack", "discord"])
async def test_a_visitor_reads_todays_briefing_and_its_thread(visit: Page, platform: str) -> None:
    side = visit.locator(f"#panel-{platform}")
    await side.locator(POSTED).click()
    thread = side.get_by_role("complementary", name="Thread")
    await expect(thread.locator("article").nth(1)).to_be_visible()
    await expect(thread.locator("article .body").nth(1)).not_to_be_empty()


@pytest.mark.parametrize("platform", ["slack", "discord"])
async def test_a_visitor_looks_something_up_with_a_typing_mistake(
    visit: Page, platform: str
) -> None:
    side = visit.locator(f"#panel-{platform}")
    answer = await ask(side, "/briefing chery sumit")
    await expect(answer).to_contain_text("Chery International User Summit")
    await answer.get_by_role("button", name="What's Next?").click()
    await expect(side.locator("article.only").last).to_contain_text("low-carbon")


@pytest.mark.parametrize("platform", ["slack", "discord"])
async def test_a_visitor_hears_that_there_is_nothing(visit: Page, platform: str) -> None:
    answer = await ask(visit.locator(f"#panel-{platform}"), "/briefing xyzzyplugh")
    await expect(answer).to_contain_text("xyzzyplugh")


async def ask(side: Locator, text: str) -> Locator:
    """Type a command where the bot is online; the answer that only the asker sees."""
    await expect(side.get_by_role("img", name="online")).to_be_visible()
    box = side.locator(".channel").get_by_role("combobox")
    await box.fill(text)
    await box.press("Enter")
    return side.locator("article.only").filter(has_text=text)
