"""Whether everybody can use a page: axe's findings, those of weight alone."""

from __future__ import annotations

from importlib.resources import files

from playwright.async_api import Page

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
SERIOUS = {"serious", "critical"}


async def findings(page: Page) -> list[str]:
    """What keeps somebody from using the page, each with where it is."""
    await page.evaluate(AXE)
    found = await page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{each['id']}: {node['target']}"
        for each in found["violations"]
        if each["impact"] in SERIOUS
        for node in each["nodes"]
    ]
