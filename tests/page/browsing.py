"""A look at the page, which may ask nobody but the sandbox and may not fail."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, ConsoleMessage, Page

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@asynccontextmanager
async def looking(browser: Browser, address: str, *, missing: bool = False) -> AsyncIterator[Page]:
    """A page to open; at the end, whom it asked and what it complained of are looked at.

    A page that is `missing` is itself what the browser complains of.
    """
    context = await browser.new_context(base_url=address, locale="en-GB", timezone_id="UTC")
    context.set_default_timeout(10_000)
    asked: list[str] = []
    troubles: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("weberror", lambda trouble: troubles.append(str(trouble.error)))
    context.on("console", lambda said: troubles.extend(() if missing else _errors(said)))
    try:
        yield await context.new_page()
    finally:
        await context.close()
    assert [url for url in asked if not url.startswith(f"{address}/")] == []
    assert troubles == []


def _errors(said: ConsoleMessage) -> list[str]:
    """An order that was refused is no trouble of the page's own."""
    refused = "/control/" in said.location["url"] and "status of 404" in said.text
    return [said.text] if said.type == "error" and not refused else []
