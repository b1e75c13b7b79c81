"""Conversations outside of the guild: with the bot itself, and among people who brought it along.

https://discord.com/developers/docs/interactions/application-commands#interaction-contexts
"""

from __future__ import annotations

from bot.sandbox.discord import bodies
from bot.sandbox.discord.guild import Body, Channel, Person
from bot.sandbox.discord.permissions import USUAL, Permission
from bot.sandbox.discord.setup import DIRECT, GROUP
from bot.sandbox.discord.world import World

IN_GUILD, WITH_BOT, AMONG_PEOPLE = 0, 1, 2
"""Where a command can be used; .../receiving-and-responding#interaction-object"""

BY_GUILD, BY_PERSON = 0, 1
"""Who installed the application."""

CONTEXTS = {DIRECT: WITH_BOT, GROUP: AMONG_PEOPLE}


def direct(world: World, person: Person) -> Channel:
    """The direct messages of somebody with the bot, the same ones each time."""
    return _private(world, person, DIRECT, f"@{person.name}", USUAL)


def group(world: World, person: Person) -> Channel:
    """Somebody's conversation with friends, of which the bot is no member and may see nothing."""
    return _private(world, person, GROUP, f"friends of {person.name}", Permission(0))


def _private(world: World, person: Person, kind: int, name: str, granted: Permission) -> Channel:
    spots = world.guild.channels.values()
    found = next((each for each in spots if each.kind == kind and each.topic == person.id), None)
    if found is None:
        found = Channel(world.ids.make(), name, kind, person.id, granted)
        world.guild.channels[found.id] = found
    return found


def is_offered(world: World, command: Body, place: Channel) -> bool:
    """Whether people find a command in such a place; without contexts it is everywhere."""
    alone = is_alone(world, place)
    contexts = command.get("contexts")
    fitting = contexts is None or CONTEXTS.get(place.kind, IN_GUILD) in contexts
    return fitting and (not alone or BY_PERSON in command["integration_types"])


def is_alone(world: World, place: Channel) -> bool:
    """Whether nobody but the person who uses the bot there brought it along."""
    return place.kind == GROUP or not (bodies.is_private(place) or world.guild.joined)


def where(world: World, place: Channel, person: Person) -> Body:
    """The part of an interaction that tells of its place, and of who brought the bot there.

    https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object
    """
    guild = world.guild
    if not bodies.is_private(place):
        return {
            "context": IN_GUILD, "guild_id": guild.id, "guild_locale": "en-US",
            "guild": {"id": guild.id, "locale": "en-US", "features": ["COMMUNITY", "NEWS"]},
            "member": bodies.member_with_power(guild, person),
        }  # fmt: skip
    return {"context": CONTEXTS[place.kind], "user": bodies.user(person)}


def owners(world: World, place: Channel, person: Person) -> Body:
    """Who installed the application, as far as it counts there; "0" is the bot's own messages."""
    match place.kind:
        case 1:
            return {str(BY_GUILD): "0", str(BY_PERSON): person.id}
        case 3:
            return {str(BY_PERSON): person.id}
        case _ if not world.guild.joined:
            return {str(BY_PERSON): person.id}
        case _:
            return {str(BY_GUILD): world.guild.id}
