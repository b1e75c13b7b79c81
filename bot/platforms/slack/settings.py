"""The settings of the Slack room."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingError


class Settings(BaseSettings):
    """How the bot comes online in a Slack workspace, and where it posts."""

    model_config = SettingsConfigDict(extra="ignore", env_ignore_empty=True)

    slack_bot_token: SecretStr | None = Field(
        default=None, description="Bot token (xoxb-…), under OAuth & Permissions of the Slack app."
    )
    slack_app_token: SecretStr | None = Field(
        default=None,
        description="App token (xapp-…) with connections:write, under Basic Information.",
    )
    slack_channels: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Ids of the channels that get the day's briefing, by commas."
    )
    slack_api_url: str = Field(
        default="https://slack.com/api/", description="Address of Slack's Web API."
    )

    @field_validator("slack_channels", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(name.strip() for name in value.split(",") if name.strip())

    @property
    def configured(self) -> bool:
        """Whether both tokens are there; raises SettingError where only one is."""
        if self.slack_bot_token and not self.slack_app_token:
            raise SettingError(
                "SLACK_APP_TOKEN is missing: create an app-level token with connections:write "
                "under Basic Information at https://api.slack.com/apps."
            )
        if self.slack_app_token and not self.slack_bot_token:
            raise SettingError(
                "SLACK_BOT_TOKEN is missing: install the app under OAuth & Permissions "
                "at https://api.slack.com/apps and copy the bot token."
            )
        return self.slack_bot_token is not None

    @property
    def channels(self) -> tuple[str, ...]:
        """The ids of the channels that get the day's briefing."""
        return self.slack_channels
