"""How Discord learns of the bot's commands: once, and again only where it knows others."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from discord.http import HTTPClient, Route

from bot.platforms.discord.commands import Tree
from bot.platforms.discord.locales import localized

_COMPARED = ("type", "name", "description", "options", "nsfw", "default_member_permissions")
_COMPARED_WHERE_TOLD = (
    "contexts",
    "integration_types",
    "name_localizations",
    "description_localizations",
)
"""What a server that is not Discord's may not know; it would be told anew at every start."""


async def announce(tree: Tree, http: HTTPClient, application: int) -> bool:
    """Tell Discord about the commands where it knows others; whether that was needed.

    Announcing at each start earned a lock-out: https://github.com/DisnakeDev/disnake/issues/1498
    """
    ours = commands_of(tree)
    if not differ(ours, await known_commands(http, application)):
        return False
    await http.bulk_upsert_global_commands(application, ours)
    return True


def commands_of(tree: Tree) -> list[dict[str, Any]]:
    """Our commands in Discord's JSON, with their translations; all in the global scope."""
    return [localized(each.to_dict(tree)) for each in tree.get_commands()]


async def known_commands(http: HTTPClient, application: int) -> Sequence[Mapping[str, Any]]:
    """The commands that Discord knows, with their translations, which it tells only if asked.

    https://discord.com/developers/docs/interactions/application-commands#get-global-application-commands
    """
    path = "/applications/{application_id}/commands"
    route = Route("GET", path, application_id=application)
    told = await http.request(route, params={"with_localizations": "true"})
    return [each for each in told if isinstance(each, Mapping)] if isinstance(told, list) else []


def differ(ours: Sequence[Mapping[str, Any]], known: Sequence[Mapping[str, Any]]) -> bool:
    """Whether two lists of commands are not the same, whatever Discord adds to its own."""
    told = {key for each in known for key in _COMPARED_WHERE_TOLD if key in each}
    return _sorted(ours, told) != _sorted(known, told)


def _sorted(commands: Sequence[Mapping[str, Any]], told: Collection[str]) -> list[str]:
    return sorted(repr(_compared(each, told)) for each in commands)


def _compared(command: Mapping[str, Any], told: Collection[str]) -> dict[str, Any]:
    """What counts of a command or option; absent, null, false and empty are the same."""
    kept = {name: command.get(name) for name in (*_COMPARED, "required", "autocomplete", *told)}
    kept["type"] = command.get("type", 1)
    kept["options"] = [_compared(option, told) for option in command.get("options") or ()]
    return {name: _ordered(value) for name, value in sorted(kept.items()) if value}


def _ordered(value: object) -> object:
    """The value in an order of its own, where its order does not count."""
    match value:
        case [int(), *_]:
            return sorted(value, key=repr)
        case Mapping():
            return sorted(value.items())
        case _:
            return value
