"""The settings of the Discord room, each an environment variable of the same name."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingError
from bot.platforms.discord.layout import Layout
from briefings.phrases import listed

API_URL = "https://discord.com/api/v10"


class Settings(BaseSettings):
    """How the bot comes online on Discord, and which channels get the day's briefing."""

    model_config = SettingsConfigDict(extra="ignore")

    discord_bot_token: SecretStr | None = Field(
        default=None,
        description="The bot's token: https://discord.com/developers/applications, Bot, Token.",
    )
    discord_channels: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Ids of the channels that get the day's briefing, by commas.",
    )
    discord_message_content: bool = Field(
        default=False,
        description="Read what people write (needs the Message Content Intent of the same page).",
    )
    discord_layout: Layout = Field(
        default=Layout.AUTO,
        description="How messages are told: components, embeds, or auto (embeds where needed).",
    )
    discord_publish: bool = Field(
        default=False,
        description="Publish posts in announcement channels to the channels that follow them.",
    )
    discord_api_url: str = Field(
        default=API_URL,
        description="Where Discord's API is, with its version; the gateway is asked for there.",
    )

    @field_validator("discord_bot_token", mode="before")
    @classmethod
    def _no_blank_token(cls, given: object) -> object:
        text = given.strip() if isinstance(given, str) else given
        return text or None

    @field_validator("discord_channels", mode="before")
    @classmethod
    def _separate(cls, given: object) -> object:
        return tuple(listed(given)) if isinstance(given, str) else given

    @field_validator("discord_api_url")
    @classmethod
    def _no_last_slash(cls, given: str) -> str:
        return given.strip().rstrip("/") or API_URL

    @property
    def channels(self) -> tuple[str, ...]:
        """The ids of the channels that get the day's briefing."""
        return self.discord_channels

    @property
    def configured(self) -> bool:
        """Whether there is a token; raises `SettingError` where there are channels alone."""
        if self.discord_bot_token is None and self.discord_channels:
            raise SettingError(
                "DISCORD_CHANNELS is set but DISCORD_BOT_TOKEN is not: copy the bot's token from"
                " https://discord.com/developers/applications (Bot, Token)."
            )
        return self.discord_bot_token is not None
