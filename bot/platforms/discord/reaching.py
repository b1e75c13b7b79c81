"""Reaching one person, and finding out whether a channel can be posted in."""

from __future__ import annotations

from asyncio import gather
from collections.abc import Collection, Mapping
from secrets import token_hex

from discord import Client, TextChannel
from discord.abc import GuildChannel

from bot.errors import PostDelayed
from bot.platforms.discord.absence import LOST, bar
from bot.platforms.discord.connection import Connection
from bot.platforms.discord.detours import read_id
from bot.platforms.discord.dress import Dress
from bot.platforms.discord.failures import FAILURES, Refused
from bot.platforms.discord.spots import Ask, Spots
from bot.platforms.events import Channel
from bot.platforms.port import Payload

INTRODUCED, SERVERS = 20, 3
"""Our own: people whose names are asked for at once, and servers that are asked for each."""


async def introduced(connection: Connection | None, people: Collection[str]) -> Mapping[str, str]:
    """What people are called, as far as the session or one of its servers tells."""
    try:
        gateway = connection.gateway if connection else None
    except PostDelayed:
        return {}
    if gateway is None:
        return {}
    ids = [each for each in people if each.isdecimal()][:INTRODUCED]
    found = await gather(*(_name(gateway, int(each)) for each in ids))
    return {each: name for each, name in zip(ids, found, strict=True) if name}


async def _name(gateway: Client, person: int) -> str | None:
    """Their name in the first server that knows them: without its members' intent, Discord tells
    a session of few people, https://discord.com/developers/docs/events/gateway#gateway-intents"""
    if user := gateway.get_user(person):
        return user.display_name
    for server in gateway.guilds[:SERVERS]:
        try:
            return (await server.fetch_member(person)).display_name
        except FAILURES:
            continue
    return None


def known(connection: Connection | None, channel: str) -> GuildChannel | None:
    """A channel of a server, where the session told of it."""
    try:
        found = connection.gateway.get_channel(int(channel)) if connection else None
    except (PostDelayed, ValueError):
        return None
    return found if isinstance(found, GuildChannel) else None


def named(connection: Connection | None, said: str, server: str) -> Channel | None:
    """The channel of this id or name, in this server alone: ids of others are nobody's business."""
    try:
        guild = connection.gateway.get_guild(int(server)) if connection else None
    except (PostDelayed, ValueError):
        return None
    channels = [each for each in guild.channels if is_for_text(each)] if guild else []
    found = next((each for each in channels if said in {str(each.id), each.name}), None)
    return Channel(str(found.id), found.name) if found else None


def is_for_text(channel: GuildChannel) -> bool:
    """Whether messages with threads can stand in a channel."""
    return isinstance(channel, TextChannel)


async def why_barred(seen: GuildChannel | None, spots: Spots, channel: str) -> str | None:
    """Why nothing can be posted in a channel; nothing where it can. Raises a `PostError`."""
    if seen:
        return bar(seen)
    try:
        await spots.look(channel)
    except Refused as refused:
        if refused.code not in LOST:
            raise
        return LOST[refused.code]
    return None


async def tell(ask: Ask, dress: Dress, person: str, payload: Payload) -> None:
    """Send one message to one person, in the direct messages with the bot.

    The nonce makes one message of a call that is repeated.
    https://discord.com/developers/docs/resources/user#create-dm
    """
    once = {"nonce": token_hex(12), "enforce_nonce": True}
    opened = await ask("POST", "/users/@me/channels", person, body={"recipient_id": person})
    direct = read_id(opened, person)

    async def send(dressed: Payload) -> str:
        return read_id(
            await ask("POST", f"/channels/{direct}/messages", direct, body=dressed), direct
        )

    await dress.through(send, {**payload, **once})
