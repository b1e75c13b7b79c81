"""Reaching one person, and finding out whether a channel can be posted in."""

from __future__ import annotations

from discord.abc import GuildChannel

from bot.errors import PostDelayed
from bot.platforms.discord.absence import LOST, bar
from bot.platforms.discord.connection import Connection
from bot.platforms.discord.detours import read_id
from bot.platforms.discord.dress import Dress
from bot.platforms.discord.failures import Refused
from bot.platforms.discord.spots import Ask, Spots
from bot.platforms.port import Payload


def known(connection: Connection | None, channel: str) -> GuildChannel | None:
    """A channel of a server, where the session told of it."""
    try:
        found = connection.gateway.get_channel(int(channel)) if connection else None
    except (PostDelayed, ValueError):
        return None
    return found if isinstance(found, GuildChannel) else None


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

    https://discord.com/developers/docs/resources/user#create-dm
    """
    opened = await ask("POST", "/users/@me/channels", person, body={"recipient_id": person})
    direct = read_id(opened, person)

    async def send(dressed: Payload) -> str:
        return read_id(
            await ask("POST", f"/channels/{direct}/messages", direct, body=dressed), direct
        )

    await dress.through(send, payload)
