"""The rooms of the page as a visitor sees them, in a browser."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.store.rows import State
from tests.page.browsing import looking
from tests.page.desk import DISCORD, SLACK, TODAY, Office, open_office
from tests.page.reading import findings

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

ROOMS = {
    "today": "/bot/today",
    "library": "/bot/library",
    "found": "/bot/library?q=lepa+secnd",
    "briefing": "/bot/library/leap-second",
    "discussions": "/bot/discussions",
    "elsewhere": "/bot/nowhere",
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    async with open_office(tmp_path_factory.mktemp("office")) as office:
        for place in (SLACK, DISCORD):
            await office.subscribe(place)
        await office.post(SLACK, TODAY, State.SENT)
        await office.post(DISCORD, TODAY, State.PARKED, "<b>Hostile</b>")
        await office.discuss(SLACK, 3)
        await office.recap(SLACK)
        yield office


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, office: Office) -> AsyncIterator[Page]:
    async with looking(browser, office.address) as page:
        yield page


async def test_today_shows_what_comes_what_was_and_why(page: Page) -> None:
    await page.goto("/bot/today")
    today = page.locator(".week .day").first
    await expect(today).to_contain_text("Mon 23 Nov")
    await expect(today).to_contain_text("sent")
    tomorrow = page.locator(".week .day").nth(1)
    await expect(tomorrow).to_contain_text("12:00")
    await expect(tomorrow).to_contain_text("the newest not yet posted here")
    await expect(tomorrow).to_contain_text("runner-up:")
    await expect(page.get_by_role("row").nth(1)).to_contain_text("Leap Second")


async def test_what_strangers_wrote_is_only_words(page: Page) -> None:
    await page.goto("/bot/today")
    held = page.locator(".held")
    await expect(held).to_contain_text("<b>Hostile</b>")
    await page.goto("/bot/library/hostile")
    await expect(page.locator(".drawn.discord article").first).to_be_visible()
    assert await page.locator("main :is(img, script)").count() == 0


async def test_the_library_searches_as_the_bot_does(page: Page) -> None:
    await page.goto("/bot/library")
    await page.get_by_role("searchbox").fill("lepa secnd")
    await page.get_by_role("searchbox").press("Enter")
    await expect(page.get_by_role("heading", level=2)).to_contain_text("The bot answers with")
    await page.get_by_role("link", name="Leap Second").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Leap Second")


async def test_a_miss_says_so(page: Page) -> None:
    await page.goto("/bot/library?q=xyzzyplugh")
    await expect(page.get_by_role("heading", level=2)).to_contain_text("finds nothing about")


@pytest.mark.parametrize("platform", ["slack", "discord"])
async def test_a_briefing_is_drawn_as_it_will_look(page: Page, platform: str) -> None:
    await page.goto("/bot/library/leap-second")
    drawn = page.locator(f".drawn.{platform}")
    await expect(drawn.locator("article").first).to_contain_text("Leap Second")
    await expect(drawn).to_contain_text("in its thread")
    await drawn.get_by_role("button").first.click()
    await expect(drawn.locator("+ .said")).to_contain_text("Buttons do nothing here")


async def test_a_briefing_is_shown_in_each_layout(page: Page) -> None:
    await page.goto("/bot/library/chery-summit")
    await page.get_by_role("link", name="card alone").click()
    slack = page.locator(".drawn.slack")
    await expect(slack.locator("article")).to_have_count(1)
    await expect(slack).not_to_contain_text("in its thread")


async def test_a_limit_that_is_near_stands_out(page: Page) -> None:
    await page.goto("/bot/library/leap-second")
    meters = page.get_by_role("meter")
    assert await meters.count() > 5
    assert await page.locator(".meters .near").count() > 0


async def test_what_the_reader_was_unsure_of_stands_beside_the_source(page: Page) -> None:
    await page.goto("/bot/library/unsure")
    doubt = page.locator("tr.doubt").first
    await expect(doubt).to_contain_text("no title")
    await expect(doubt.locator("code")).to_be_visible()


async def test_discussions_show_threads_recaps_and_plots(page: Page) -> None:
    await page.goto("/bot/discussions")
    await expect(page.get_by_role("row").nth(1)).to_contain_text("3")
    waiting = page.get_by_role("region", name="Recaps that wait for approval")
    await expect(waiting.get_by_role("listitem")).to_have_count(1)
    await expect(waiting).to_contain_text("Chery")
    await expect(page.locator("svg circle.mark").first).to_be_visible()
    assert await page.locator("figure svg").count() == 3
    await expect(page.locator("figure").nth(1)).to_contain_text("U2")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ROOMS.values(), ids=ROOMS)
async def test_everybody_can_use_each_page(
    browser: Browser, office: Office, path: str, scheme: str
) -> None:
    missing = path.endswith("nowhere")
    async with looking(browser, office.address, missing=missing) as page:
        await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        await page.goto(path, wait_until="networkidle")
        assert await findings(page) == []


@pytest.mark.parametrize("path", ROOMS.values(), ids=ROOMS)
async def test_no_page_is_wider_than_a_phone(browser: Browser, office: Office, path: str) -> None:
    async with looking(browser, office.address, missing=path.endswith("nowhere")) as page:
        await page.set_viewport_size({"width": 360, "height": 740})
        await page.goto(path, wait_until="networkidle")
        assert await page.evaluate("document.documentElement.scrollWidth") <= 360


async def test_a_post_is_released_by_keyboard_alone(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    async with open_office(tmp_path_factory.mktemp("keys")) as office:
        await office.post(SLACK, TODAY, State.PARKED)
        async with looking(browser, office.address) as page:
            await page.goto("/bot/today")
            await page.keyboard.press("Tab")
            await expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
            await page.keyboard.press("Enter")
            await page.keyboard.press("Tab")
            await expect(page.locator(".held").get_by_role("link")).to_be_focused()
            for _ in range(2):
                await page.keyboard.press("Tab")
            skip = page.get_by_role("button", name="Skip")
            await expect(skip).to_be_focused()
            assert await skip.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
            await page.keyboard.press("Enter")
            await expect(page.get_by_role("status")).to_contain_text("it will not be posted")
            await expect(page.locator(".held")).to_have_count(0)
