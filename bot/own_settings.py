"""What holds for the whole bot, by its variables; each room has settings of its own beside it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.tongues import languages
from briefings.languages import read_language
from briefings.phrases import listed, read_times
from briefings.tongue import ENGLISH

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Settings(BaseSettings):
    """What holds for the whole bot; each room has its own settings beside it."""

    model_config = SettingsConfigDict(extra="ignore", env_ignore_empty=True)

    briefing_folders: Annotated[tuple[Path, ...], NoDecode] = Field(
        default=(Path("seeds"),), description="Folders with the briefings, separated by commas."
    )
    briefing_time: time = Field(
        default=time(9), description="The local time of the day's post, such as 09:00."
    )
    briefing_time_zone: ZoneInfo = Field(
        default=ZoneInfo("UTC"), description="The time zone of that time, such as Europe/Berlin."
    )
    briefing_weekdays: Annotated[frozenset[int], NoDecode] = Field(
        default=frozenset(range(7)),
        description="The days with a post, separated by commas: mon,tue,wed,thu,fri,sat,sun.",
    )
    briefing_topics: Annotated[frozenset[str], NoDecode] = Field(
        default=frozenset(), description="Post only briefings with one of these topics; empty: all."
    )
    briefing_language: str = Field(
        default=ENGLISH,
        description="The language where nobody chose one: en, de or zh.",
    )
    briefing_file: Path = Field(
        default=Path("briefing-bot.toml"),
        description="A file with [[subscriptions]] for set-ups kept in git; it need not be there.",
    )
    briefing_feeds: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Feeds (RSS, Atom) and web pages to read briefings from, separated by blanks.",
    )
    briefing_feed_minutes: Annotated[int, Field(ge=5, le=10_080)] = Field(
        default=30, description="How many minutes each feed or page is left alone."
    )
    database_url: str = Field(
        default="sqlite:///briefing-bot.db", description="Where the bot keeps what it remembers."
    )
    briefing_health_port: int | None = Field(
        default=None,
        ge=0,
        le=65535,
        description="Port on this computer for /healthz, /readyz and /metrics; empty: none.",
    )
    briefing_commands_a_minute: int = Field(
        default=60,
        ge=0,
        description="Commands and presses that one person may send in a minute; 0: any number.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="How much the log tells: DEBUG, INFO, WARNING or ERROR."
    )

    briefing_log: Literal["text", "json"] = Field(
        default="text", description="How the log is written: text, or json (one object a line)."
    )

    @field_validator("briefing_folders", "briefing_topics", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return listed(value) if isinstance(value, str) else value

    @field_validator("briefing_time", mode="before")
    @classmethod
    def _one_time(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        first, *others = read_times(value)
        if others:
            raise ValueError("it is one time: name several in a file with [[subscriptions]]")
        return first

    @field_validator("briefing_language")
    @classmethod
    def _language(cls, value: str) -> str:
        return read_language(value, languages())

    @field_validator("briefing_topics")
    @classmethod
    def _fold(cls, value: frozenset[str]) -> frozenset[str]:
        return frozenset(topic.casefold() for topic in value)

    @field_validator("briefing_feeds", mode="before")
    @classmethod
    def _addresses(cls, value: object) -> object:
        addresses = tuple(value.split()) if isinstance(value, str) else value
        for each in addresses if isinstance(addresses, tuple) else ():
            at = urlsplit(each)
            if at.scheme not in {"http", "https"} or not at.hostname or "@" in at.netloc:
                raise ValueError(f"{at.hostname or each} is no address such as https://example.org")
        return addresses

    @field_validator("briefing_weekdays", mode="before")
    @classmethod
    def _number(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        names = [name[:3].lower() for name in listed(value)]
        if not names or not set(names) <= set(WEEKDAYS):
            raise ValueError(f"it holds none but {', '.join(WEEKDAYS)}")
        return frozenset(WEEKDAYS.index(name) for name in names)

    @field_validator("briefing_time_zone", mode="before")
    @classmethod
    def _zone(cls, value: object) -> object:
        if isinstance(value, str) and value not in available_timezones():
            raise ValueError(f"no time zone has this name{nearest(value, available_timezones())}")
        return ZoneInfo(value) if isinstance(value, str) else value


def nearest(name: str, known: Iterable[str]) -> str:
    """Which known name was perhaps meant, to end a sentence with; nothing where none is near."""
    close = get_close_matches(name, list(known), n=1)
    return f"; did you mean {close[0]}?" if close else ""
