"""What the doctor finds on this computer: version, settings, search, disk, work, ports."""

from __future__ import annotations

import asyncio
import os
import platform
import shutil
import stat
from collections.abc import Mapping
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

from bot.clock import Clock
from bot.errors import BriefingBotError
from bot.findings import Finding, Level
from bot.settings import Configuration
from bot.shelf import Shelf
from bot.store.address import is_shared, read_address
from bot.store.database import exists, look_into
from bot.store.feeds import Feeds
from bot.store.machine import here
from bot.store.memory import Memory
from bot.store.workers import Workers

SPARE, SCARCE = 500 * 1024**2, 50 * 1024**2
"""Bytes below which the disk is a doubt, and below which writes are about to fail."""

ANSWERS_WITHIN = 2.0
"""Seconds for a port of this computer."""

LOOPBACK = "127.0.0.1"
PROXIES = ("HTTPS_PROXY", "ALL_PROXY")


def check_version() -> Finding:
    """What support asks first."""
    told = (
        f"Briefing Bot {version('briefing-bot')} on Python {platform.python_version()},"
        f" {platform.system()} {platform.machine()}."
    )
    return Finding("version", Level.OK, told)


def check_settings(env_file: Path) -> Finding:
    """Whether there is a settings file, and whether nobody else can read the tokens in it."""
    about = "settings"
    if not env_file.is_file():
        told = f"There is no {env_file} here: the environment and the defaults hold alone."
        return Finding(about, Level.OK, told)
    others = stat.S_IRGRP | stat.S_IROTH
    if os.name == "posix" and env_file.stat().st_mode & others:
        told = f"Others on this computer can read the tokens in {env_file}: chmod 600 {env_file}."
        return Finding(about, Level.WARN, told)
    return Finding(about, Level.OK, f"{env_file} is read, and every name in it is a setting.")


def check_search(shelf: Shelf) -> Finding:
    """Whether the search finds what is on the shelf; asked only where something is."""
    entry = max(shelf.library.values(), key=lambda each: each.added)
    title = entry.briefing.title
    found = [hit.id for hit in shelf.search(title, 5, 0).hits]
    if entry.id in found or not any(each.isalnum() for each in title):
        return Finding("search", Level.OK, f"It finds “{title}”.")
    told = f"It does not find “{title}” by its title: please report this with the document."
    return Finding("search", Level.WARN, told)


def check_disk(url: str) -> tuple[Finding, ...]:
    """Whether the disk has room for the database; another machine's disk is not looked at."""
    if is_shared(url):
        return ()
    folder = Path(read_address(url).database or "").resolve().parent
    try:
        free = shutil.disk_usage(folder).free
    except OSError:  # the database has a line of its own
        return ()
    level = Level.OK if free >= SPARE else Level.WARN if free >= SCARCE else Level.RED
    advice = "" if level is Level.OK else ": free some, or move the database"
    return (Finding("disk", level, f"{free // 1024**2:,} MB are free at {folder}{advice}."),)


async def check_work(url: str, clock: Clock) -> tuple[Finding, ...]:
    """Who is at work on the database, and what waits for a person."""
    try:
        if not exists(url):
            return ()
        async with look_into(url) as database:
            living = await Workers(database, here(), "doctor", clock.now).living()
            parked = await Memory(database, clock).parked()
    except BriefingBotError:  # the database has a line of its own
        return ()
    roles = "; ".join(each.replace(",", ", ") for each in living.values())
    named = f"{len(living)} entered as at work ({roles})." if living else "No bot is at work."
    found = [Finding("work", Level.OK, named)]
    if parked:
        told = f"{len(parked)} parked: `briefing-bot parked` shows what to do."
        found.append(Finding("posts", Level.WARN, told))
    return tuple(found)


async def check_feeds(configuration: Configuration, clock: Clock) -> tuple[Finding, ...]:
    """Whether the feeds could be read when they were last asked; their hosts alone are named."""
    own = configuration.own
    if not own.briefing_feeds:
        return ()
    problems: Mapping[str, str] = {}
    with suppress(BriefingBotError):  # the database has a line of its own
        if exists(own.database_url):
            async with look_into(own.database_url) as database:
                problems = await Feeds(database, clock).problems(own.briefing_feeds)
    told = f"{len(own.briefing_feeds)} are asked every {own.briefing_feed_minutes} minutes."
    doubts = [f"{urlsplit(url).hostname}: {why}" for url, why in problems.items()]
    found = [Finding("feeds", Level.WARN, doubt) for doubt in doubts]
    return (Finding("feeds", Level.OK, told), *found)


def check_proxy(environment: Mapping[str, str]) -> tuple[Finding, ...]:
    """Whether the computer is meant to reach others by a proxy, which the bot does not take."""
    named = [each for each in PROXIES if environment.get(each) or environment.get(each.lower())]
    if not named:
        return ()
    told = (
        f"{named[0]} is set, and the bot reaches Slack and Discord without a proxy: let it out to"
        " slack.com and discord.com directly."
    )
    return (Finding("network", Level.WARN, told),)


async def check_ports(configuration: Configuration) -> tuple[Finding, ...]:
    """Whether the bot answers where it should, or may: the page, and what watches it."""
    asked = (
        ("health", "BRIEFING_HEALTH_PORT", configuration.own.briefing_health_port, "/healthz"),
        ("page", "BRIEFING_PAGE_PORT", configuration.page.briefing_page_port, "/"),
    )
    return tuple(
        [await _check_port(about, name, port, path) for about, name, port, path in asked if port]
    )


async def _check_port(about: str, name: str, port: int, path: str) -> Finding:
    try:
        async with asyncio.timeout(ANSWERS_WITHIN):
            said = await _ask(port, path)
    except OSError:
        told = f"Port {port} is free: the bot answers there while it runs."
        return Finding(about, Level.OK, told)
    except TimeoutError:
        said = ""
    if said.startswith("HTTP/"):
        return Finding(about, Level.OK, f"Something answers at http://{LOOPBACK}:{port}{path}.")
    told = f"Another program has port {port}: choose another {name}."
    return Finding(about, Level.RED, told)


async def _ask(port: int, path: str) -> str:
    """The first line of the answer."""
    reader, writer = await asyncio.open_connection(LOOPBACK, port)
    try:
        writer.write(f"GET {path} HTTP/1.0\r\nHost: {LOOPBACK}:{port}\r\n\r\n".encode())
        return (await reader.readline()).decode(errors="replace")
    finally:
        writer.close()
