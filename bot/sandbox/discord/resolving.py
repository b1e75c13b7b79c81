"""Members, channels and roles that somebody names in an option or picks from a menu.

https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-resolved-data-structure
"""

from __future__ import annotations

from bot.sandbox.discord.bodies import channel, member, user
from bot.sandbox.discord.guild import Body, Guild
from bot.sandbox.discord.guild_bodies import role


def resolve(guild: Guild, kind: int, text: str, resolved: Body) -> str:
    """The id of a member, channel or role by id or name; `resolved` gets to know it too.

    Raises:
        KeyError: there is none.
    """
    wanted = text.strip("<@!#&>")
    looks = {6: (_person,), 7: (_spot,), 8: (_role,), 9: (_person, _role)}[kind]
    for look in looks:
        found = look(guild, wanted, resolved)
        if found:
            return found
    raise KeyError(text)


def _person(guild: Guild, wanted: str, resolved: Body) -> str | None:
    for person in guild.members():
        if wanted in {person.id, person.name}:
            resolved.setdefault("users", {})[person.id] = user(person)
            body = member(guild, person) | {"permissions": "0"}
            resolved.setdefault("members", {})[person.id] = body
            return person.id
    return None


def _spot(guild: Guild, wanted: str, resolved: Body) -> str | None:
    for spot in guild.channels.values():
        if wanted in {spot.id, spot.name}:
            body = channel(guild, spot) | {"permissions": "0"}
            resolved.setdefault("channels", {})[spot.id] = body
            return spot.id
    return None


def _role(guild: Guild, wanted: str, resolved: Body) -> str | None:
    for snowflake, name in guild.roles.items():
        if wanted in {snowflake, name}:
            resolved.setdefault("roles", {})[snowflake] = role(guild, snowflake, name)
            return snowflake
    return None
