"""The library as it stands, for whoever only looks into it: no bot runs and nothing is written."""

from __future__ import annotations

import logging
from contextlib import AsyncExitStack

from bot.clock import SystemClock
from bot.settings import Configuration
from bot.shelf import Shelf, read_shelf
from bot.store.briefings import Briefings
from bot.store.database import exists, look_into

log = logging.getLogger(__name__)


async def open_shelf(configuration: Configuration) -> Shelf:
    """The library to look into; what cannot be read is logged, by its name."""
    shelf = await look_at_shelf(configuration)
    for problem in shelf.problems:
        log.warning("%s", problem, extra={"action": "file.unreadable"})
    return shelf


async def look_at_shelf(configuration: Configuration) -> Shelf:
    """The library as the bot would have it; nothing is written.

    Raises SettingError or StoreError where the database cannot be read.
    """
    own = configuration.own
    async with AsyncExitStack() as stack:
        store = None
        if exists(own.database_url):
            database = await stack.enter_async_context(look_into(own.database_url))
            store = Briefings(database, SystemClock())
        return await read_shelf(own.briefing_folders, store)
