"""The settings of the bot's page, and of what is tried before a post goes out."""

from __future__ import annotations

from urllib.parse import urlsplit

from pydantic import Field, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class PageSettings(BaseSettings):
    """Where the page is, and under which address people reach it."""

    model_config = SettingsConfigDict(extra="ignore", env_ignore_empty=True)

    briefing_page_port: int | None = Field(
        default=None,
        ge=0,
        le=65535,
        description="Port of the page with today's posts, library and discussions; empty: none.",
    )
    briefing_page_host: str = Field(
        default="127.0.0.1",
        description="The address that the page listens on; another than 127.0.0.1 needs the next.",
    )
    briefing_page_url: str = Field(
        default="",
        validate_default=True,
        description="Where people reach the page, such as https://briefings.example.org.",
    )
    briefing_check_links: bool = Field(
        default=True,
        description="Try a briefing's links and pictures before editors are asked: true or false.",
    )

    @field_validator("briefing_page_url")
    @classmethod
    def _is_address(cls, value: str, told: ValidationInfo) -> str:
        at = urlsplit(value)
        if value and (at.scheme not in {"http", "https"} or not at.hostname or at.path.strip("/")):
            raise ValueError("it is no address such as https://briefings.example.org")
        if not value and told.data.get("briefing_page_host") not in LOOPBACK:
            raise ValueError("it is empty, and others can reach BRIEFING_PAGE_HOST")
        return value.rstrip("/")
