"""What became of a Discord channel: whether the bot can post there, and why not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import discord
from discord.abc import GuildChannel

from bot.findings import Level
from bot.platforms.discord.inbound import NAME
from bot.platforms.discord.permissions import lacking
from bot.platforms.discord.refusals import DELETED, HIDDEN, LACKS, MUTE, NOT_SHOWN, REMOVED
from bot.platforms.events import Lost, News, Place, Regained

LOST = {10003: NOT_SHOWN, 10004: REMOVED, 50001: HIDDEN, 50013: MUTE}
"""Why nothing at all can be posted there, by the code of a refusal.
https://discord.com/developers/docs/topics/opcodes-and-status-codes#json"""


def bar(channel: GuildChannel) -> str | None:
    """Why nothing can be posted in a channel that the session knows; nothing where it can.

    A server that is not Discord's may not tell the bot's own membership: then nobody knows, also
    where discord.py made one up for an interaction (`Interaction._from_data`), which never joined.
    """
    me = cast("discord.Member | None", channel.guild.me)
    if me is None or me.joined_at is None:
        return None
    granted = channel.permissions_for(me).value
    missing = [each for each in lacking(granted) if each.without is Level.RED]
    if not missing:
        return None
    return LACKS.format(permissions=", ".join(each.name for each in missing))


def deleted(channel: GuildChannel) -> News:
    """What it means that a channel was deleted."""
    return Lost(_place(channel), DELETED)


def changed(before: GuildChannel, after: GuildChannel) -> News | None:
    """What a change of a channel means; nothing where the bot may do what it might before."""
    was, now = bar(before), bar(after)
    if was == now:
        return None
    return Lost(_place(after), now) if now else Regained(_place(after))


def left(guild: discord.Guild) -> Iterator[News]:
    """What it means that the bot is no longer in a server."""
    return (Lost(_place(each), REMOVED) for each in _channels(guild))


def joined(guild: discord.Guild) -> Iterator[News]:
    """What it means that the bot is in a server again."""
    return (Regained(_place(each)) for each in _channels(guild))


def _channels(guild: discord.Guild) -> Iterator[GuildChannel]:
    """The channels that take posts."""
    yield from guild.text_channels
    yield from guild.forums


def _place(channel: GuildChannel) -> Place:
    return Place(NAME, str(channel.guild.id), str(channel.id))
