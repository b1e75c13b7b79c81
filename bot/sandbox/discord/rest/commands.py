"""Registering application commands, global and for a guild.

https://discord.com/developers/docs/interactions/application-commands
"""

from __future__ import annotations

from bot.sandbox.discord.ratelimits import WRITING
from bot.sandbox.discord.refusals import missing_access, unknown_guild
from bot.sandbox.discord.rest.routes import Answer, Asked, Route
from bot.sandbox.discord.world import World

TRANSLATED = ("name_localizations", "description_localizations")


def _scope(world: World, asked: Asked) -> str | None:
    if asked.path["application_id"] != world.guild.me.id:
        raise missing_access()
    guild = asked.path.get("guild_id")
    if guild not in {None, world.guild.id}:
        raise unknown_guild()
    return guild


def get_all(world: World, asked: Asked) -> Answer:
    """All commands of a scope; their translations only where they are asked for."""
    listed = world.commands.listed(_scope(world, asked))
    if asked.query.get("with_localizations") == "true":
        return 200, listed
    return 200, [{key: each[key] for key in each if key not in TRANSLATED} for each in listed]


def get(world: World, asked: Asked) -> Answer:
    """One command."""
    return 200, world.commands.get(_scope(world, asked), asked.path["command_id"])


def overwrite(world: World, asked: Asked) -> Answer:
    """Replace all commands of a scope."""
    listed = world.commands.overwrite(_scope(world, asked), asked.body, world.ids)
    world.changed()
    return 200, listed


def add(world: World, asked: Asked) -> Answer:
    """Register a command, or replace that of the same name."""
    new, command = world.commands.add(_scope(world, asked), asked.body, world.ids)
    world.changed()
    return 201 if new else 200, command


def patch(world: World, asked: Asked) -> Answer:
    """Change a command."""
    scope, snowflake = _scope(world, asked), asked.path["command_id"]
    return 200, world.commands.edit(scope, snowflake, asked.body, world.ids)


def delete(world: World, asked: Asked) -> Answer:
    """Take a command away."""
    world.commands.remove(_scope(world, asked), asked.path["command_id"])
    world.changed()
    return 204, None


ROUTES = tuple(
    Route(method, f"/applications/{{application_id}}{scope}/commands{one}", does, WRITING)
    for scope in ("", "/guilds/{guild_id}")
    for method, one, does in (
        ("GET", "", get_all),
        ("PUT", "", overwrite),
        ("POST", "", add),
        ("GET", "/{command_id}", get),
        ("PATCH", "/{command_id}", patch),
        ("DELETE", "/{command_id}", delete),
    )
)
