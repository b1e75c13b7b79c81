"""The doctor: looks at everything that a post needs, changes nothing, and says what to do."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from bot.clock import Clock
from bot.declared import declared
from bot.errors import BriefingBotError, SettingError
from bot.findings import Finding, Level
from bot.guests import check_guests
from bot.logs import HIDDEN
from bot.looking_in import look_at_shelf
from bot.platforms.port import Room
from bot.platforms.registry import rooms
from bot.rooms import NOT_SET_UP, configured_rooms
from bot.settings import Configuration
from bot.shelf import read_shelf
from bot.store import checkup
from bot.store.agreements import Place
from bot.store.database import exists, look_into
from bot.store.subscriptions import Subscriptions
from bot.surroundings import (
    check_disk,
    check_feeds,
    check_ports,
    check_proxy,
    check_search,
    check_settings,
    check_version,
    check_work,
)

SECONDS = 60.0
"""For everything that is asked of one platform, its channels aside."""

SECONDS_A_CHANNEL = 2.0

CHANNELS = 50
"""Channels of a platform that one look takes, as many as Slack lets be asked about in a minute.
https://docs.slack.dev/reference/methods/conversations.info"""

SHOWN = 5
"""Documents with a problem that get a line of their own."""


async def examine(
    configuration: Configuration, env_file: Path, clock: Clock
) -> tuple[Finding, ...]:
    """Every finding, without a secret in it: the bot's own things first, then each platform's."""
    own = configuration.own
    found = (
        check_version(),
        check_settings(env_file),
        _check_zone(configuration, clock),
        *await _check_library(configuration),
        await checkup.check(own.database_url),
        *check_disk(own.database_url),
        *await check_work(own.database_url, clock),
        *await check_ports(configuration),
        *await check_feeds(configuration, clock),
        *check_proxy(os.environ),
        *_check_file(configuration),
        *await _check_platforms(configuration, clock),
    )
    return tuple(_discreet(finding, configuration.secrets()) for finding in found)


def unreadable(error: SettingError) -> Finding:
    """The finding where the settings are wrong, so that nothing else can be looked at."""
    return Finding("settings", Level.RED, str(error))


def _check_zone(configuration: Configuration, clock: Clock) -> Finding:
    zone, known = configuration.own.briefing_time_zone, len(available_timezones())
    told = f"{known} are known; in {zone} it is {clock.now().astimezone(zone):%H:%M}."
    return Finding("time zones", Level.OK, told)


async def _check_library(configuration: Configuration) -> tuple[Finding, ...]:
    """What the folders and the database hold; the folders alone where it cannot be read."""
    about, folders = "briefings", configuration.own.briefing_folders
    named = " and ".join(map(str, folders))
    try:
        shelf = await look_at_shelf(configuration)
    except BriefingBotError:
        shelf = await read_shelf(folders)
    problems = [Finding(about, Level.WARN, problem) for problem in shelf.problems[:SHOWN]]
    if more := len(shelf.problems) - SHOWN:
        told = f"{more} more documents cannot be read: `briefing-bot read FILE…` says why."
        problems += [Finding(about, Level.WARN, told)] if more > 0 else []
    if not shelf.library:
        told = f"There is none in {named}: put a document there, or change BRIEFING_FOLDERS."
        return (Finding(about, Level.RED, told), *problems)
    return (
        Finding(about, Level.OK, f"{len(shelf.library)} are at hand (folders: {named})."),
        *problems,
        check_search(shelf),
    )


async def _check_platforms(configuration: Configuration, clock: Clock) -> tuple[Finding, ...]:
    every = rooms()
    channels = await _channels(configuration, clock)
    found = await asyncio.gather(
        *(_check_room(room, configuration, channels, clock) for room in every)
    )
    if not any(found):
        return (Finding("platforms", Level.RED, NOT_SET_UP),)
    idle = (room.name for room, findings in zip(every, found, strict=True) if not findings)
    return (*chain.from_iterable(found), *(_idle(name) for name in idle))


async def _channels(configuration: Configuration, clock: Clock) -> Mapping[str, Sequence[str]]:
    """Each platform's channels: those that the settings declare, then those that subscribed."""
    places = dict.fromkeys(_declared(configuration))
    with suppress(BriefingBotError):  # the database has a line of its own
        if exists(configuration.own.database_url):
            async with look_into(configuration.own.database_url) as database:
                some = await Subscriptions(database, clock).some(CHANNELS)
            held = (each.subscription for each in some)
            places |= dict.fromkeys((each.platform, each.channel) for each in held)
    named = {*configuration.rooms, *(platform for platform, _ in places)}
    return {
        name: [channel for platform, channel in places if platform == name][:CHANNELS]
        for name in named
    }


def _declared(configuration: Configuration) -> Iterable[Place]:
    try:
        return declared(configuration)
    except SettingError:  # a line of its own says so
        return ()


def _check_file(configuration: Configuration) -> tuple[Finding, ...]:
    """What is wrong in the file of subscriptions; nothing where it is as it should be."""
    try:
        configured_rooms(configuration)
    except SettingError:  # the platform's own line says so
        return ()
    try:
        declared(configuration)
    except SettingError as error:
        return (Finding("subscriptions", Level.RED, str(error)),)
    return ()


async def _check_room(
    room: Room[Any], configuration: Configuration, places: Mapping[str, Sequence[str]], clock: Clock
) -> tuple[Finding, ...]:
    """The findings of a platform; none where it is not set up."""
    settings, channels = configuration.rooms[room.name], places.get(room.name, ())
    limit = SECONDS + SECONDS_A_CHANNEL * sum(map(len, places.values()))
    try:
        if not settings.configured or room.check is None:
            return ()
        async with asyncio.timeout(limit):
            if getattr(settings, "hosted", False):
                url = configuration.own.database_url
                return await check_guests(room, settings, url, places, clock)
            found: tuple[Finding, ...] = await room.check(settings, channels, clock.now)
            return found
    except BriefingBotError as error:
        return (Finding(room.name, Level.RED, str(error)),)
    except TimeoutError:
        told = f"It gave no answer within {limit:.0f} s: check the network and try again."
        return (Finding(room.name, Level.RED, told),)


def _idle(name: str) -> Finding:
    return Finding(name, Level.OK, "It has no token, so the bot stays away from it.")


def _discreet(finding: Finding, secrets: Iterable[str]) -> Finding:
    told = finding.told
    for secret in filter(None, secrets):
        told = told.replace(secret, HIDDEN)
    return replace(finding, told=told)
