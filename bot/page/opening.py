"""Opens the page: over a running bot with a login, or beside the sandbox without one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from aiohttp import web

from bot.app import Bot
from bot.errors import SettingError
from bot.page.door import LockedDoor
from bot.page.guard import protect
from bot.page.site import Site
from bot.page.sources import Names, Painter, Sources
from bot.page_settings import PageSettings
from bot.platforms.events import Place
from bot.platforms.registry import ROOMS, room
from bot.store.overview import Overview
from bot.store.visits import Visits
from bot.web import FILES
from briefings.search import Results

LINGER = 0.5
"""Seconds that open requests may take to end when the bot stops."""

NOWHERE = Place("", "", "")
"""Where somebody searches who is in no channel."""


@asynccontextmanager
async def open_page(settings: PageSettings, bot: Bot) -> AsyncIterator[str]:
    """Answer until the block ends; yields the page's address, nothing where no port is set.

    Raises SettingError where the port cannot be used.
    """
    if settings.briefing_page_port is None:
        yield ""
        return
    is_secure = urlsplit(settings.briefing_page_url).scheme == "https"
    door = LockedDoor(Visits(bot.works.database, bot.works.clock), is_secure)
    site = Site(door, settings.briefing_page_url, sources=sources_of(bot))
    runner = web.AppRunner(_app(site), access_log=None, shutdown_timeout=LINGER)
    await runner.setup()
    try:
        await _listen(runner, settings)
        yield f"http://{settings.briefing_page_host}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def sources_of(bot: Bot) -> Sources:
    """What the page shows of a running bot."""

    async def results(query: str) -> Results:
        return await bot.desk.lookup.results(query, 0, NOWHERE)

    works = bot.works
    return Sources(
        Overview(works.database),
        works.ledger,
        works.subscriptions,
        works.approvals,
        works.library,
        lambda: bot.shelf.library,
        results,
        {name: Painter(room(name).draw, room(name).gauges) for name in ROOMS},
        Names(bot.platforms),
        works.clock,
    )


def _app(site: Site) -> web.Application:
    app = web.Application()
    app.on_response_prepare.append(protect)
    app.router.add_get("/", _go_in)
    app.router.add_static("/web", FILES)
    site.mount(app)
    return app


async def _listen(runner: web.AppRunner, settings: PageSettings) -> None:
    where = web.TCPSite(runner, settings.briefing_page_host, settings.briefing_page_port)
    try:
        await where.start()
    except OSError as error:
        raise SettingError(
            f"BRIEFING_PAGE_PORT {settings.briefing_page_port} cannot be used"
            f" ({error.strerror}): choose another."
        ) from error


async def _go_in(_request: web.Request) -> web.Response:
    return web.Response(status=303, headers={"Location": "/bot/today"})
