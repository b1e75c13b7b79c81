"""The demo as its visitor sees it: the real bot on both platforms, in a browser."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from bot.demo import open_demo
from tests.page.browsing import looking
from tests.page.reading import findings

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


@pytest.mark.parametrize("platform", ["slack", "discord"])
async def test_a_visitor_opens_one_of_several_by_keyboard_alone(visit: Page, platform: str) -> None:
    side = visit.locator(f"#panel-{platform}")
    answer = (await ask(side, "/briefing topic:software")).last
    menu = answer.get_by_role("button", name="Open one of these")
    await expect(menu).to_have_attribute("aria-haspopup", "listbox")
    await menu.focus()
    await visit.keyboard.press("Enter")
    options = answer.get_by_role("listbox", name="Open one of these").get_by_role("option")
    await expect(options).to_have_count(4)
    assert await findings(visit) == []
    await visit.keyboard.press("Escape")
    await expect(menu).to_be_focused()
    await visit.keyboard.press("Enter")
    await visit.keyboard.press("End")
    picked = await options.last.locator("b").inner_text()
    await visit.keyboard.press("Enter")
    card = side.locator("article.only").last
    await expect(card).to_contain_text(picked.partition(". ")[2])
    await expect(card.get_by_role("button", name="Share")).to_be_visible()


async def ask(side: Locator, text: str) -> Locator:
    """Type a command where the bot is online; the answer that only the asker sees."""
    await expect(side.get_by_role("img", name="online")).to_be_visible()
    box = side.locator(".channel").get_by_role("combobox")
    await box.fill(text)
    await box.press("Enter")
    return side.locator("article.only").filter(has_text=text)


@pytest.mark.parametrize("width", [1360, 800, 390])
async def test_every_page_has_one_and_the_same_header(
    browser: Browser, demo: str, width: int
) -> None:
    async with looking(browser, demo) as page:
        await page.set_viewport_size({"width": width, "height": 800})
        seen = []
        for path in ("/", "/bot/today", "/bot/library", "/bot/discussions"):
            await page.goto(path)
            brand = page.locator(".brand")
            await expect(brand).to_have_text("Briefing Bot")
            await expect(page).to_have_title(re.compile("Briefing Bot$"))
            rooms = page.get_by_role("navigation", name="Rooms").get_by_role("link")
            boxes = [await each.bounding_box() for each in (brand, *await rooms.all())]
            seen.append((await rooms.all_inner_texts(), boxes))
        assert seen == [seen[0]] * len(seen)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_everybody_can_use_the_sandbox(browser: Browser, demo: str, scheme: str) -> None:
    async with looking(browser, demo) as page:
        await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        await page.goto("/")
        for platform in ("slack", "discord"):
            await page.locator(f"#panel-{platform}").locator(POSTED).click()
        assert await findings(page) == []


async def test_all_four_rooms_stand_under_one_address(visit: Page) -> None:
    for room, heading in (
        ("Today", "Today"),
        ("Library", "Library"),
        ("Discussions", "Discussions"),
    ):
        await visit.get_by_role("link", name=room).click()
        await expect(visit.get_by_role("heading", level=1)).to_have_text(heading)
        await visit.get_by_role("link", name="Try").click()
        await expect(visit.locator("#panel-slack")).to_be_visible()


async def test_the_demos_own_post_is_on_the_page(visit: Page) -> None:
    await visit.goto("/bot/today")
    await expect(visit.locator(".week .today .slot").first).to_contain_text("daily-briefing")
    await visit.get_by_role("rowheader").first.get_by_role("link").click()
    await expect(visit.locator(".drawn.slack article").first).to_be_visible()


@pytest.mark.parametrize("platform", ["slack", "discord"])
async def test_the_link_to_the_page_leads_there(visit: Page, platform: str) -> None:
    side = visit.locator(f"#panel-{platform}")
    await expect(await ask(side, "/briefings page")).to_contain_text("I sent you a link")
    await side.get_by_role("button", name="@alice").click()
    link = await side.get_by_role("link", name="Open the page").get_attribute("href")
    await visit.goto(str(link))
    await visit.get_by_role("button", name="Open the page").click()
    await expect(visit.get_by_role("heading", level=1)).to_have_text("Today")
