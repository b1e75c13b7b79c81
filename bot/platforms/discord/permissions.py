"""What the bot must be allowed to do in a Discord channel, and why; nothing that it does not use.

https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.findings import Level


@dataclass(frozen=True, slots=True)
class Permission:
    """A permission as Discord's settings call it; `without` is how bad its absence is."""

    name: str
    bit: int
    why: str
    without: Level = Level.RED


PERMISSIONS = (
    Permission("View Channel", 1 << 10, "it sees the channel at all"),
    Permission("Send Messages", 1 << 11, "it posts the card"),
    Permission("Embed Links", 1 << 14, "pictures and links show as such", Level.WARN),
    Permission(
        "Read Message History",
        1 << 16,
        "it looks for a post of its own that Discord did not confirm, before it posts again",
    ),
    Permission("Create Public Threads", 1 << 35, "it opens the thread under the card"),
    Permission("Send Messages in Threads", 1 << 38, "it posts the sections into the thread"),
)
"""In the order of Discord's settings."""

ALL = sum(permission.bit for permission in PERMISSIONS)


def lacking(granted: int) -> tuple[Permission, ...]:
    """The permissions that are not among those granted."""
    return tuple(each for each in PERMISSIONS if not granted & each.bit)
