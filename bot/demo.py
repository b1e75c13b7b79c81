"""The demo: the sandbox and the bot in one process, joined by settings alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from bot.app import Bot, open_bot
from bot.clock import SystemClock
from bot.errors import BriefingBotError
from bot.page.door import OpenDoor
from bot.page.opening import sources_of
from bot.page.site import Site
from bot.sandbox.discord.side import DiscordSide
from bot.sandbox.server import Mount, Sandbox
from bot.sandbox.side import Side
from bot.sandbox.slack.side import SlackSide
from bot.settings import Configuration, read_configuration
from bot.store.database import open_database

HEAD_START = timedelta(seconds=3)
"""How far ahead the demo's hour is, so that its first post takes the way of every post."""

DATABASE = "sqlite:///{}/demo.db"


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demo: the page's address and the bot."""

    address: str
    bot: Bot
    sandbox: Sandbox


@asynccontextmanager
async def open_demo(port: int, folder: Path | None = None) -> AsyncIterator[Demo]:
    """The sandbox with the bot in it, which posts today's briefing within seconds."""
    site = Site(OpenDoor(), has_try=True)
    async with open_sandbox(port, site.mount) as sandbox:
        with TemporaryDirectory(prefix="briefing-bot-") as scratch:
            # An hour that passes while the tables are made would be tomorrow's.
            async with open_database(DATABASE.format(scratch)):
                pass
            configuration = point_at(
                sandbox, Path(scratch), SystemClock().now(), folder, page=sandbox.address
            )
            async with open_bot(configuration) as bot:
                site.sources = sources_of(bot)
                yield Demo(sandbox.address, bot, sandbox)


@asynccontextmanager
async def open_sandbox(port: int, beside: Mount | None = None) -> AsyncIterator[Sandbox]:
    """A fresh Slack and a fresh Discord on this computer; raises a sentence on a taken port."""
    sandbox = Sandbox(sides(), beside)
    try:
        await sandbox.start(port)
    except OSError as error:
        raise BriefingBotError(
            f"Port {port} cannot be used ({error.strerror}): choose another with --port."
        ) from error
    try:
        yield sandbox
    finally:
        await sandbox.close()


def sides() -> tuple[Side, ...]:
    """Both platforms, each with its usual cast."""
    return SlackSide(), DiscordSide()


def point_at(
    sandbox: Sandbox, scratch: Path, now: datetime, folder: Path | None = None, page: str = ""
) -> Configuration:
    """The settings of a bot that lives in the sandbox and posts `HEAD_START` from now.

    `page` is the address of the bot's page, where it has one.
    """
    hour = (now + HEAD_START).time().replace(microsecond=0)
    given = {
        **sandbox.settings(),
        "BRIEFING_TIME": hour.isoformat(),
        "BRIEFING_TIME_ZONE": "UTC",
        "DATABASE_URL": DATABASE.format(scratch),
        "BRIEFING_CHECK_LINKS": "false",
        "DISCORD_MESSAGE_CONTENT": "true",  # which its Discord grants, as its Slack does
    }
    folders = {"BRIEFING_FOLDERS": str(folder)} if folder else {}
    pages = {"BRIEFING_PAGE_PORT": str(urlsplit(page).port)} if page else {}
    return read_configuration(None, {**given, **folders, **pages})
