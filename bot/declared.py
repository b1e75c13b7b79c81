"""What the settings declare: the channels of `.env`, and the subscriptions of a TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from bot.errors import SettingError
from bot.own_settings import Settings
from bot.platforms.port import platform_of
from bot.settings import Configuration
from bot.store.agreements import Act, Place
from bot.store.manners import ChannelManners
from bot.tongues import languages
from briefings.fields import FIELDS, Known
from briefings.manners import Manners
from briefings.phrases import Misread, nearest
from briefings.talk_orders import read_manners
from briefings.terms import Terms

PLACE = ("platform", "channel")
MANNERS = "discussions"
"""What says how a channel discusses, in the words of `/briefings discussions`."""

ACT = Act("settings", "discussions")


def declared(configuration: Configuration) -> Mapping[Place, Terms]:
    """The terms of every declared channel; the file's word counts where both name one.

    Raises SettingError with a sentence that names the file, the entry and what is allowed.
    """
    terms = default_terms(configuration.own)
    channels = {
        (name, channel): terms
        for name, settings in configuration.rooms.items()
        if settings.configured
        for channel in settings.channels
    }
    file = configuration.own.briefing_file
    return {**channels, **dict(_of_file(file, configuration, terms))}


def declared_manners(configuration: Configuration) -> Mapping[Place, Manners]:
    """How the channels of the file discuss, where it says so; raises as `declared`."""
    file, found = configuration.own.briefing_file, {}
    for number, entry in enumerate(_entries(file) if file.is_file() else (), 1):
        where = f"{file}, subscription {number}"
        if MANNERS in entry:
            place = _place(where, entry, configuration)
            try:
                found[place] = read_manners(_text(entry[MANNERS]), Manners())
            except Misread as wrong:
                raise SettingError(f"{where}: {wrong}") from None
    return found


async def declare_manners(chosen: ChannelManners, configuration: Configuration) -> None:
    """Have the channels of the file discuss as it says, from every start on."""
    for place, manners in declared_manners(configuration).items():
        if await chosen.of(place) != manners:
            await chosen.agree(place, manners, ACT)


def default_terms(own: Settings) -> Terms:
    """What holds where nothing else is said."""
    return Terms(
        (own.briefing_time,),
        own.briefing_time_zone,
        own.briefing_weekdays,
        own.briefing_topics,
        language=own.briefing_language,
    )


def _of_file(
    file: Path, configuration: Configuration, terms: Terms
) -> Iterator[tuple[Place, Terms]]:
    if not file.is_file():
        return
    seen: set[Place] = set()
    for number, entry in enumerate(_entries(file), 1):
        where = f"{file}, subscription {number}"
        place = _place(where, entry, configuration)
        if place in seen:
            raise SettingError(
                f"{where} is for {place[0]} channel {place[1]} again: write one entry with all of"
                " its times."
            )
        seen.add(place)
        yield place, _terms(where, entry, terms)


def _entries(file: Path) -> list[dict[str, Any]]:
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingError(f"{file} cannot be read ({error}): correct or remove it.") from None
    unknown = [name for name in content if name != "subscriptions"]
    entries = content.get("subscriptions", [])
    if unknown or not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise SettingError(f"{file} holds none but [[subscriptions]]: correct or remove the rest.")
    return entries


def _place(where: str, entry: Mapping[str, Any], configuration: Configuration) -> Place:
    platform, channel = (str(entry.get(name, "")) for name in PLACE)
    if platform_of(platform) not in configuration.rooms:
        known = " or ".join(configuration.rooms)
        raise SettingError(f"{where} is for platform “{platform}”: write {known}.")
    if not channel:
        raise SettingError(f"{where} has no channel: write the channel's id.")
    return platform, channel


def _terms(where: str, entry: Mapping[str, Any], terms: Terms) -> Terms:
    """The terms of an entry; its topics need not be in the library yet."""
    others = (*PLACE, MANNERS)
    values = {name: _text(value) for name, value in entry.items() if name not in others}
    topics = [
        each.strip() for name in ("topics", "not") for each in values.get(name, "").split(",")
    ]
    known = Known(available_timezones(), topics, languages())
    for name, value in values.items():
        if name not in FIELDS:
            allowed = (*others, *FIELDS)
            offer = nearest(name, allowed) or f" There is {', '.join(allowed)}."
            raise SettingError(f"{where} has “{name}”, which nothing reads.{offer}")
        try:
            terms = FIELDS[name](terms, value, known)
        except Misread as wrong:
            raise SettingError(f"{where}: {wrong}") from None
    return terms


def _text(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
