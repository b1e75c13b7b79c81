"""A short visit to Discord: logged in to ask something, without a session, and gone again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.errors import PlatformError, SettingError
from bot.platforms.discord.connection import Connection, Patience
from bot.platforms.discord.gateway import Gateway
from bot.platforms.discord.settings import Settings

NO_TOKEN = (
    "DISCORD_BOT_TOKEN is not set: copy the bot's token from"  # noqa: S105 - a sentence
    " https://discord.com/developers/applications (Bot, Token), or name the application with"
    " --application."
)


@asynccontextmanager
async def visit(settings: Settings, patience: Patience | None = None) -> AsyncIterator[Gateway]:
    """The client, logged in: it takes no event away from a running bot, and announces nothing.

    Raises `PlatformError` or `SettingError` with a sentence that names the setting.
    """
    if settings.discord_bot_token is None:
        raise SettingError(NO_TOKEN)
    connection = Connection(
        lambda: Gateway(None, message_content=False),
        settings.discord_bot_token.get_secret_value(),
        settings.discord_api_url,
        patience or Patience(),
    )
    await connection.open_to_post()
    try:
        yield connection.gateway
    finally:
        await connection.close()


async def ask_application(settings: Settings) -> int:
    """The id of the application to which the token belongs; raises as `visit`."""
    async with visit(settings) as gateway:
        if gateway.application_id is None:
            raise PlatformError("Discord did not name the application: give it with --application.")
        return gateway.application_id
