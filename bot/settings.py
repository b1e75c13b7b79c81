"""The settings: read from the environment and `.env`, checked, and explained when wrong."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from dotenv import dotenv_values
from pydantic import SecretStr, ValidationError
from pydantic_settings import BaseSettings

from bot.errors import SettingError
from bot.logs import hide_keys
from bot.own_settings import Settings, nearest
from bot.page_settings import PageSettings
from bot.platforms.registry import rooms

S = TypeVar("S", bound=BaseSettings)

OWN_PREFIX = "BRIEFING_"
"""A variable of this prefix that is no setting is a mistake, not somebody else's."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """All settings: the bot's own, and each room's by the platform's name."""

    own: Settings
    rooms: Mapping[str, Any]
    page: PageSettings = field(default_factory=PageSettings.model_construct)

    def secrets(self) -> tuple[str, ...]:
        """The values that must never be seen."""
        found = (value for each in self.rooms.values() for _, value in each)
        known = [each.get_secret_value() for each in found if isinstance(each, SecretStr)]
        password = urlsplit(self.own.database_url).password or ""
        return tuple(each for each in (*known, password, unquote(password)) if each)


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
            f"{hide_keys(where)}, which is no setting of Briefing Bot{nearest(name, known)}:"
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
    # Somebody may have pasted a token into the wrong line.
    return hide_keys(f"{name.upper()} is wrong ({why}). It means: {what}")
