"""Takes the README's picture: the demo's page after a look-up; writes `docs/images/page.png`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from playwright.async_api import Browser, async_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from bot.demo import HEAD_START, Demo, open_demo
from bot.sandbox.side import Side
from scripts.chromium import install

PICTURE = Path(__file__).parents[1] / "docs" / "images" / "page.png"
SIZE = {"width": 1440, "height": 900}


async def main() -> None:
    """Open the demo, ask once on each side, and take the picture."""
    async with open_demo(0) as demo, async_playwright() as player:
        await _until_posted(demo)
        for side in demo.sandbox.sides:
            await _ask(side)
        browser = await player.chromium.launch(executable_path=install(), args=["--no-sandbox"])
        await _take(browser, demo.address)
        await browser.close()


async def _until_posted(demo: Demo) -> None:
    await asyncio.sleep(HEAD_START.total_seconds() + 1)
    await demo.bot.scheduler.settle()


async def _ask(side: Side) -> None:
    if side.name == "discord":
        await side.command("daily-briefing", "alice", "/briefing leap secnd")


async def _take(browser: Browser, address: str) -> None:
    page = await browser.new_page(viewport=SIZE, color_scheme="light", device_scale_factor=1)
    await page.goto(address)
    await page.get_by_role("button", name="replies").first.click()
    await page.mouse.move(0, 0)
    await page.wait_for_timeout(1500)
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=PICTURE)


if __name__ == "__main__":
    asyncio.run(main())
