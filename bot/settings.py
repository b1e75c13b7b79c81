"""The settings: read from the environment and `.env`, checked, and explained when wrong."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingError
from bot.page_settings import PageSettings
from bot.platforms.registry import rooms
from briefings.phrases import listed, read_times

S = TypeVar("S", bound=BaseSettings)

OWN_PREFIX = "BRIEFING_"
"""A variable of this prefix that is no setting is a mistake, not somebody else's."""

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
            raise ValueError(f"no time zone has this name{_nearest(value, available_timezones())}")
        return ZoneInfo(value) if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class Configuration:
    """All settings: the bot's own, and each room's by the platform's name."""

    own: Settings
    rooms: Mapping[str, Any]
    page: PageSettings = field(default_factory=PageSettings.model_construct)

    def secrets(self) -> tuple[str, ...]:
        """The values that must never be seen."""
        found = (value for each in self.rooms.values() for _, value in each)
        return tuple(each.get_secret_value() for each in found if isinstance(each, SecretStr))


def read_configuration(
    env_file: Path | None = Path(".env"), given: Mapping[str, str] | None = None
) -> Configuration:
    """The settings: those `given` by name, below them the environment, below it a file.

    Raises `SettingError` with a sentence that names the first setting that is wrong or unknown.
    """
    refuse_unknown(env_file)
    values = {name.lower(): value for name, value in (given or {}).items()}
    return Configuration(
        _read(Settings, env_file, values),
        {room.name: _read(room.settings, env_file, values) for room in rooms()},
        _read(PageSettings, env_file, values),
    )


def all_settings() -> Iterator[tuple[str, str, object]]:
    """Every setting as (variable, description, default), the bot's own first."""
    others = (room.settings for room in rooms())
    models: tuple[type[BaseSettings], ...] = (Settings, PageSettings, *others)
    for model in models:
        for name, each in model.model_fields.items():
            yield name.upper(), each.description or "", each.default


def refuse_unknown(env_file: Path | None) -> None:
    """Raise `SettingError` where the file, or a variable of our prefix, is no setting."""
    known = {name for name, _, _ in all_settings()}
    if env_file and env_file.is_file():
        for name in dotenv_values(env_file, interpolate=False):
            _refuse(name, known, f"{env_file} sets {name}")
    for name in os.environ:
        if name.startswith(OWN_PREFIX):
            _refuse(name, known, f"The environment sets {name}")


def _refuse(name: str, known: Iterable[str], where: str) -> None:
    if name.upper() not in known:
        raise SettingError(
            f"{where}, which is no setting of Briefing Bot{_nearest(name, known)}:"
            " correct or remove it."
        )


def _read(model: type[S], env_file: Path | None, values: Mapping[str, Any]) -> S:
    try:
        return model(_env_file=env_file, **values)
    except ValidationError as error:
        raise SettingError(_sentence(model, error)) from None  # the cause holds the raw value


def _sentence(model: type[BaseSettings], error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    name = str(first["loc"][0])
    why = first["msg"].removeprefix("Value error, ")
    what = model.model_fields[name].description if name in model.model_fields else ""
    return f"{name.upper()} is wrong ({why}). It means: {what}"


def _nearest(name: str, known: Iterable[str]) -> str:
    close = get_close_matches(name, list(known), n=1)
    return f"; did you mean {close[0]}?" if close else ""
