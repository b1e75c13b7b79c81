"""Whether the bot can do its work on Discord: token, intents, commands, permissions, clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NoReturn

import discord
from discord.abc import GuildChannel

from bot.errors import PlatformError, PostError, PostRefused, SettingError
from bot.findings import Finding, Level
from bot.platforms.clocks import SECONDS, ask_time, compare
from bot.platforms.discord.announcing import commands_of, differ, known_commands
from bot.platforms.discord.entering import NO_CONTENT
from bot.platforms.discord.failures import FAILURES, meant
from bot.platforms.discord.gateway import Gateway
from bot.platforms.discord.permissions import PERMISSIONS, Permission, lacking
from bot.platforms.discord.refusals import SENTENCES
from bot.platforms.discord.settings import Settings
from bot.platforms.discord.visit import visit

NO_CHANNEL = (
    "DISCORD_CHANNELS names no channel, so nothing is posted by itself: switch Developer Mode on"
    " in Discord's settings, and copy the channel's id from its menu."
)
OLD_COMMANDS = (
    "Discord knows other commands than this bot has: `briefing-bot run` announces them when it"
    " starts."
)
READS = "The bot may read what people write."
READS_NOT = (
    "The bot does not ask to read what people write: of a discussion it knows who spoke, when, in"
    " answer to what, and the reactions, but no words, links or questions. If it shall keep words"
    " where a channel allows it, switch Message Content Intent on at"
    " https://discord.com/developers/applications (Bot), and set DISCORD_MESSAGE_CONTENT=true."
)
TAKES_POSTS = (
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.media,
)


class Nobody:
    """A desk for commands that are compared and never answered."""

    async def answer(self, event: object) -> NoReturn:
        """Not called: the client that has this desk goes nowhere."""
        raise AssertionError(event)

    async def home(self, visit: object) -> NoReturn:
        """Not called either."""
        raise AssertionError(visit)

    async def hear(self, news: object) -> NoReturn:
        """Not called either."""
        raise AssertionError(news)

    async def listen(self, talk: object) -> NoReturn:
        """Not called either."""
        raise AssertionError(talk)

    def complete(self, text: str) -> tuple[()]:  # noqa: ARG002 (the desk's signature)
        """Nothing to offer."""
        return ()


async def check(
    settings: Settings, channels: Sequence[str], now: Callable[[], datetime]
) -> tuple[Finding, ...]:
    """One finding a thing, each with what to do about it; nothing is changed on Discord."""
    try:
        theirs = await ask_time(f"{settings.discord_api_url}/gateway", "DISCORD_API_URL")
    except PlatformError as error:
        return (Finding("discord api", Level.RED, str(error)),)
    clock = compare("discord clock", theirs, now())
    try:
        async with visit(settings) as gateway:
            return (clock, *await _look_around(gateway, settings, channels))
    except (PlatformError, SettingError) as error:
        return (clock, Finding("discord token", Level.RED, str(error)))


async def _look_around(
    gateway: Gateway, settings: Settings, channels: Sequence[str]
) -> tuple[Finding, ...]:
    place = f"It is @{gateway.user.name if gateway.user else ''}."
    servers = Servers(gateway)
    spots = [await _check_channel(gateway, servers, each) for each in channels]
    return (
        Finding("discord token", Level.OK, place),
        _check_intents(gateway, wanted=settings.discord_message_content),
        await _check_commands(gateway),
        *(spots or [Finding("discord channels", Level.WARN, NO_CHANNEL)]),
    )


def _check_intents(gateway: Gateway, *, wanted: bool) -> Finding:
    """https://discord.com/developers/docs/resources/application#application-object-application-flags"""
    flags = gateway.application.flags if gateway.application else discord.ApplicationFlags()
    granted = flags.gateway_message_content or flags.gateway_message_content_limited
    if wanted and not granted:
        return Finding("discord intents", Level.RED, NO_CONTENT)
    return Finding("discord intents", Level.OK, READS if wanted else READS_NOT)


async def _check_commands(gateway: Gateway) -> Finding:
    about = "discord commands"
    tree = Gateway(Nobody(), message_content=False).tree
    ours = commands_of(tree) if tree else []
    try:
        known = await known_commands(gateway.http, gateway.application_id or 0)
    except FAILURES as error:
        return Finding(about, Level.WARN, _silent(error))
    if differ(ours, known):
        return Finding(about, Level.WARN, OLD_COMMANDS)
    return Finding(about, Level.OK, "Discord knows them as they are now.")


class Servers:
    """The servers looked at so far, each asked for once, and the bot as their member."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._known: dict[int, tuple[discord.Guild, discord.Member]] = {}

    async def visit(self, server: int) -> tuple[discord.Guild, discord.Member]:
        """The server with its roles, and the bot with those it has; raises one of `FAILURES`."""
        if server not in self._known:
            guild = await self._gateway.fetch_guild(server, with_counts=False)
            me = await guild.fetch_member(self._gateway.user.id if self._gateway.user else 0)
            self._known[server] = guild, me
        return self._known[server]


async def _check_channel(gateway: Gateway, servers: Servers, channel: str) -> Finding:
    about = f"discord channel {channel}"
    try:
        spot, granted = await _granted(gateway, servers, channel)
    except PostRefused as error:
        return Finding(about, Level.RED, str(error))
    except (PostError, *FAILURES) as error:
        return Finding(about, Level.WARN, _silent(error))
    if spot is None:
        return Finding(about, Level.RED, SENTENCES[50008].format(channel=channel))
    return _judge(about, spot.name, lacking(granted))


async def _granted(
    gateway: Gateway, servers: Servers, channel: str
) -> tuple[GuildChannel | None, int]:
    """A channel that takes posts, or nothing, and what roles and overwrites let the bot do there.

    https://discord.com/developers/docs/topics/permissions#permission-overwrites
    """
    if not channel.isdecimal():
        raise PostRefused(SENTENCES[10003].format(channel=channel))
    known = await _ask(gateway, channel)
    if not known.get("guild_id"):
        return None, 0
    guild, me = await servers.visit(int(known["guild_id"]))
    spot = await guild.fetch_channel(int(channel))
    if isinstance(spot, discord.Thread) or spot.type not in TAKES_POSTS:
        return None, 0
    return spot, spot.permissions_for(me).value


async def _ask(gateway: Gateway, channel: str) -> Mapping[str, Any]:
    try:
        async with asyncio.timeout(SECONDS):
            return {**await gateway.http.get_channel(int(channel))}
    except discord.HTTPException as error:
        said = {"code": error.code, "message": error.text}
        raise meant(channel, error.status, said, error.response.headers) from error


def _judge(about: str, name: str, missing: Sequence[Permission]) -> Finding:
    if not missing:
        return Finding(about, Level.OK, f"The bot may do all {len(PERMISSIONS)} things in #{name}.")
    level = Level.RED if any(each.without is Level.RED for each in missing) else Level.WARN
    named = ", ".join(f"{each.name} ({each.why})" for each in missing)
    return Finding(
        about,
        level,
        f"In #{name} the bot lacks {named}: allow it in the channel's settings (Permissions).",
    )


def _silent(error: Exception) -> str:
    return f"Discord gave no clear answer ({type(error).__name__}): wait a minute and check again."
