"""Coming online, and what to change where Discord does not let the bot in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import discord

from bot.errors import PlatformError
from bot.platforms.discord.ending import end
from bot.platforms.discord.failures import FAILURES
from bot.platforms.discord.gateway import Gateway

NOT_LET_IN = (
    "Discord does not know DISCORD_BOT_TOKEN: copy the bot's token again from"
    " https://discord.com/developers/applications (Bot, Token)."
)
NO_CONTENT = (
    "Discord does not grant the Message Content Intent: switch it on at"
    " https://discord.com/developers/applications (Bot), or set DISCORD_MESSAGE_CONTENT=false."
)
NO_TOKEN_CODE = 4004
"""The gateway's code for a wrong token.
https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway"""

ODD_ANSWERS = (KeyError, TypeError, AttributeError)
"""What discord.py raises where something answers that is not Discord."""


async def enter(gateway: Gateway, token: str, url: str, seconds: float) -> asyncio.Task[None]:
    """Bring a session online; the task runs for as long as the session.

    Raises `PlatformError` with a sentence that names the setting, after `seconds` at the latest.
    """
    async with _in_time(gateway, url, seconds):
        await gateway.enter(token, url)
        running = asyncio.create_task(gateway.connect())
        try:
            await _up(gateway, running)
        except BaseException:
            await _stop(gateway, running)
            raise
        return running


async def log_in(gateway: Gateway, token: str, url: str, seconds: float) -> None:
    """Log in without a session; raises as `enter`."""
    async with _in_time(gateway, url, seconds):
        await gateway.enter(token, url)


def sentence(failure: Exception, url: str, seconds: float, gateway: str | None = None) -> str:
    """What to change, for a failure to come online; `gateway` is its address, once it is known."""
    if isinstance(failure, discord.LoginFailure):
        return NOT_LET_IN
    if isinstance(failure, discord.PrivilegedIntentsRequired):
        return NO_CONTENT
    if isinstance(failure, discord.ConnectionClosed) and failure.code == NO_TOKEN_CODE:
        return NOT_LET_IN
    if isinstance(failure, TimeoutError) and gateway:
        return (
            f"Discord answers at {url}, but its gateway {gateway} did not let the bot in within"
            f" {seconds:.0f} s: let WebSockets through, or check DISCORD_API_URL."
        )
    if isinstance(failure, TimeoutError):
        return f"Discord did not answer within {seconds:.0f} s at {url}: check DISCORD_API_URL."
    why = "it answers otherwise than Discord" if isinstance(failure, ODD_ANSWERS) else failure
    return f"Discord can not be reached at {url} ({why}): check DISCORD_API_URL."


async def _up(gateway: Gateway, running: asyncio.Task[None]) -> None:
    """Wait for the session to be up; raises what ended it before."""
    up = asyncio.create_task(gateway.is_up())
    try:
        await asyncio.wait({up, running}, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            running.result()
            raise ConnectionError("the gateway hung up")
    finally:
        up.cancel()


@asynccontextmanager
async def _in_time(gateway: Gateway, url: str, seconds: float) -> AsyncIterator[None]:
    """Close the session and say what to change where the body fails or takes too long."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except BaseException as failure:
        with suppress(*FAILURES, *ODD_ANSWERS):
            await gateway.close()
        if isinstance(failure, (*FAILURES, *ODD_ANSWERS)):
            raise PlatformError(sentence(failure, url, seconds, gateway.address)) from failure
        raise


async def _stop(gateway: Gateway, running: asyncio.Task[None]) -> None:
    """End a session; it is told first, for the reason that `Connection.close` gives."""
    with suppress(*FAILURES, *ODD_ANSWERS):
        await gateway.close()
    await end(running)
