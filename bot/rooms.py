"""The rooms that the settings open: whose tokens are set, and how one of them comes online."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot.errors import SettingError
from bot.platforms.port import Platform, Room
from bot.platforms.registry import room, rooms
from bot.settings import Configuration

NOT_SET_UP = (
    "No platform has a token yet: copy .env.example to .env and fill in SLACK_BOT_TOKEN and"
    " SLACK_APP_TOKEN, or DISCORD_BOT_TOKEN. To see the bot without any token, run `make demo`."
)


def names(configuration: Configuration) -> tuple[str, ...]:
    """The names of the rooms whose tokens are set."""
    return tuple(each.name for each in configured_rooms(configuration))


def settings_of(configuration: Configuration) -> dict[str, Any]:
    """The settings of each room whose tokens are set, by its name."""
    return {name: configuration.rooms[name] for name in names(configuration)}


def configured_rooms(configuration: Configuration) -> tuple[Room[Any], ...]:
    """The rooms whose tokens are set; raises SettingError where one is set by half."""
    return tuple(each for each in rooms() if configuration.rooms[each.name].configured)


@asynccontextmanager
async def connect(configuration: Configuration, name: str) -> AsyncIterator[Platform]:
    """One platform, ready to post and deaf to events; raises a sentence where it cannot be."""
    if not configuration.rooms[name].configured:
        raise SettingError(f"{name} has no token: fill it in in .env (see .env.example).")
    if getattr(configuration.rooms[name], "hosted", False):
        raise SettingError(
            f"{name} is installed to many workspaces here: `run` alone posts to them, by what their"
            " channels subscribed to."
        )
    platform = room(name).open(configuration.rooms[name])
    try:
        await platform.connect(None)
        yield platform
    finally:
        await platform.close()
