"""The settings of the Slack room."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingError
from briefings.phrases import listed


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
    slack_signing_secret: SecretStr | None = Field(
        default=None,
        description="Signing secret, under Basic Information: for HTTP instead of an app token.",
    )
    slack_client_id: str | None = Field(
        default=None,
        description="Client ID, under Basic Information: for many workspaces, by /slack/install.",
    )
    slack_client_secret: SecretStr | None = Field(
        default=None, description="Client secret, under Basic Information: for the same."
    )
    slack_http_host: str = Field(
        default="127.0.0.1", description="Where the bot listens for Slack's signed HTTP."
    )
    slack_http_port: int = Field(
        default=3000, ge=1, le=65535, description="The port there; its path is /slack/events."
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
        return tuple(listed(value)) if isinstance(value, str) else value

    @property
    def configured(self) -> bool:
        """Whether there is a bot token and a way in; raises SettingError where half is there."""
        if self.hosted:
            return self._is_host()
        has_way_in = self.slack_app_token or self.slack_signing_secret
        if self.slack_bot_token and not has_way_in:
            raise SettingError(
                "SLACK_APP_TOKEN is missing: create an app-level token with connections:write "
                "under Basic Information at https://api.slack.com/apps (or set "
                "SLACK_SIGNING_SECRET, where Slack shall reach the bot by HTTP)."
            )
        if has_way_in and not self.slack_bot_token:
            raise SettingError(
                "SLACK_BOT_TOKEN is missing: install the app under OAuth & Permissions "
                "at https://api.slack.com/apps and copy the bot token."
            )
        return self.slack_bot_token is not None

    @property
    def hosted(self) -> bool:
        """Whether many workspaces let the bot in by themselves, in place of one by its token."""
        return self.slack_client_id is not None or self.slack_client_secret is not None

    def _is_host(self) -> bool:
        needed = ("slack_client_id", "slack_client_secret", "slack_signing_secret")
        for name in needed:
            if getattr(self, name) is None:
                raise SettingError(
                    f"{name.upper()} is missing: copy it from Basic Information at"
                    " https://api.slack.com/apps; many workspaces need all three."
                )
        for name in ("slack_bot_token", "slack_app_token", "slack_channels"):
            if getattr(self, name):
                raise SettingError(
                    f"{name.upper()} belongs to one workspace, SLACK_CLIENT_ID to many: take one"
                    " of them out (channels then subscribe with /briefings)."
                )
        return True

    @property
    def client_secret(self) -> str:
        """The secret of an app with many workspaces; empty where there is none."""
        return self.slack_client_secret.get_secret_value() if self.slack_client_secret else ""

    @property
    def signing_secret(self) -> str:
        """What Slack signs its requests with; empty where it sends none."""
        return self.slack_signing_secret.get_secret_value() if self.slack_signing_secret else ""

    @property
    def by_http(self) -> bool:
        """Whether Slack posts to the bot; with an app token the bot opens a socket instead."""
        return self.slack_app_token is None and self.slack_signing_secret is not None

    @property
    def channels(self) -> tuple[str, ...]:
        """The ids of the channels that get the day's briefing."""
        return self.slack_channels
