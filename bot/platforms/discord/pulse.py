"""The heartbeats that discord.py leaves behind where a session breaks while it begins."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress

import aiohttp
import discord
from discord.gateway import KeepAliveHandler

WITHIN = 1.0
"""Seconds for a socket to end."""


async def still(client: discord.Client) -> None:
    """Stop every heartbeat of a client that is closed, and let go of its socket.

    A socket that fails between its greeting and its session is let go of with its heart beating,
    and the beat goes to an event loop that may be gone by then (`DiscordWebSocket.from_client`).
    https://github.com/Rapptz/discord.py/blob/v2.7.1/discord/gateway.py
    """
    for thread in threading.enumerate():
        if isinstance(thread, KeepAliveHandler) and thread.ws._connection is client._connection:
            thread.stop()
            with suppress(TimeoutError, aiohttp.ClientError):
                await asyncio.wait_for(thread.ws.socket.close(), WITHIN)
