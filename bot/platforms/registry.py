"""The platforms that the bot knows; a new one is a new room and one line here."""

from __future__ import annotations

from pkgutil import resolve_name
from typing import Any

from bot.platforms.port import Room

ROOMS = {
    "slack": "bot.platforms.slack.room:ROOM",
    "discord": "bot.platforms.discord.room:ROOM",
}
"""Where each room is; it is imported when it is first needed, which keeps `--help` fast."""


def room(name: str) -> Room[Any]:
    """The room of a platform; raises KeyError for one that the bot does not know."""
    found: Room[Any] = resolve_name(ROOMS[name])
    return found


def rooms() -> tuple[Room[Any], ...]:
    """Every room, in the registry's order."""
    return tuple(room(name) for name in ROOMS)
