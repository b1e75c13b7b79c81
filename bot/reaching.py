"""Channels as operators write them, and the platform behind them, online for one errand."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.errors import SettingError
from bot.platforms.port import Platform, platform_of
from bot.platforms.registry import host, room
from bot.rooms import configured_rooms, connect
from bot.settings import Configuration
from bot.store.workspaces import Workspaces


def locate(configuration: Configuration, place: str) -> tuple[str, str]:
    """The platform and channel of `slack:C123`, or of an id that the settings name.

    With many workspaces it is `slack:T123/C123`, and each workspace is a platform of its own.
    """
    platform, _, channel = place.partition(":")
    if platform in configuration.rooms and channel:
        if _is_host(configuration, platform):
            return _in_workspace(platform, channel)
        return platform, _checked(platform, channel)
    found = [
        (each.name, place)
        for each in configured_rooms(configuration)
        if place in configuration.rooms[each.name].channels
    ]
    if len(found) == 1:
        return found[0]
    raise SettingError(
        f"{place} names no channel: write {' or '.join(configuration.rooms)}, a colon and the"
        " channel's id, such as slack:C0123456789."
    )


@asynccontextmanager
async def reach(
    configuration: Configuration, name: str, workspaces: Workspaces
) -> AsyncIterator[Platform]:
    """A platform, or one of many workspaces, ready to post; raises a sentence otherwise."""
    if name in configuration.rooms:
        async with connect(configuration, name) as platform:
            yield platform
        return
    kind = platform_of(name)
    known = {each.name: each for each in await workspaces.all(kind)}
    if name not in known or known[name].reason:
        raise SettingError(
            f"The bot is not in workspace {name.partition(':')[2]}: open /slack/install there, or"
            " look for the right id with `briefing-bot status`."
        )
    way_in = host(kind)(configuration.rooms[kind], workspaces)
    platform = way_in.open(known[name])
    try:
        await platform.connect(None)
        yield platform
    finally:
        await platform.close()
        await way_in.close()


def _is_host(configuration: Configuration, platform: str) -> bool:
    return bool(getattr(configuration.rooms[platform], "hosted", False))


def _in_workspace(platform: str, place: str) -> tuple[str, str]:
    workspace, _, channel = place.partition("/")
    if not channel or not re.fullmatch(r"[A-Z0-9]+", workspace):
        raise SettingError(
            f"{platform} is installed to many workspaces: write {platform}:T0123456789/"
            f"{room(platform).channel}, the workspace's id and the channel's."
        )
    return f"{platform}:{workspace}", _checked(platform, channel)


def _checked(platform: str, channel: str) -> str:
    found = room(platform)
    if re.fullmatch(found.ids, channel):
        return channel
    raise SettingError(
        f"{channel} is no id of a channel of {platform}: copy the channel's id, which looks like"
        f" {found.channel}, and write {platform}:{found.channel}."
    )
