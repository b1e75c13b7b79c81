"""The platforms that the bot knows; a new one is a new room and one line here."""

from __future__ import annotations

from collections.abc import Callable
from pkgutil import resolve_name
from typing import Any

from bot.platforms.hosting import Host, Vault
from bot.platforms.port import Room, platform_of

ROOMS = {
    "slack": "bot.platforms.slack.room:ROOM",
    "discord": "bot.platforms.discord.room:ROOM",
}
"""Where each room is; it is imported when it is first needed, which keeps `--help` fast."""

HOSTS = {"slack": "bot.platforms.slack.host:open_host"}
"""Where a platform is let into many workspaces by themselves, if its settings say `hosted`."""


def room(name: str) -> Room[Any]:
    """The room of a platform, or of a workspace; raises KeyError where the bot knows neither."""
    found: Room[Any] = resolve_name(ROOMS[platform_of(name)])
    return found


def host(name: str) -> Callable[[Any, Vault], Host]:
    """What opens the way into a platform's workspaces, with its settings and the keys to them."""
    found: Callable[[Any, Vault], Host] = resolve_name(HOSTS[name])
    return found


def rooms() -> tuple[Room[Any], ...]:
    """Every room, in the registry's order."""
    return tuple(room(name) for name in ROOMS)
