"""What people do with what was said in the guild: they change it, take it back, put signs there.

https://discord.com/developers/docs/events/gateway-events#messages
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.sandbox.discord import bodies
from bot.sandbox.discord.finding import find_channel, find_message, find_person
from bot.sandbox.discord.guild import Body, Channel, Message, Person
from bot.sandbox.discord.people import with_mentions
from bot.sandbox.discord.posting import edit, remove
from bot.sandbox.discord.world import World
from bot.sandbox.side import Json, Signing, Unlikely


def rewrite(world: World, channel: str, message: str, person: str, text: str) -> Json:
    """A person changes what they said."""
    found, who = _seen(world, channel, message, person)
    if found.author != who:
        raise Unlikely(f"{who.name} did not say that; only {found.author.name} can change it.")
    edit(world, found, {**found.body, "content": with_mentions(world.guild, text)})
    return {"ok": True}


def take_back(world: World, channel: str, message: str, person: str) -> Json:
    """A person deletes a message: their own, or, as the guild's owner, anybody's."""
    found, who = _seen(world, channel, message, person)
    owner = next(iter(world.guild.people.values()))
    if who not in {found.author, owner}:
        raise Unlikely(f"{who.name} did not say that; {owner.name} or its author can delete it.")
    remove(world, found)
    return {"ok": True}


def purge(world: World, channel: str, messages: Sequence[str]) -> None:
    """A moderator's bot deletes many messages at once."""
    place = find_channel(world.guild, channel)
    for each in messages:
        del place.messages[each]
    world.publish_in(place, "MESSAGE_DELETE_BULK", {"ids": list(messages), **_where(world, place)})


def react(world: World, signing: Signing) -> Json:
    """A person puts a sign under a message, or takes theirs away; a second time changes nothing."""
    found, who = _seen(world, signing.channel, signing.message, signing.person)
    people = found.reactions.get(signing.sign, [])
    if (who.id in people) is signing.away:
        there = [each for each in people if each != who.id]
        found.reactions[signing.sign] = there if signing.away else [*there, who.id]
        if not found.reactions[signing.sign]:
            del found.reactions[signing.sign]
        _tell_of(world, found, who, signing)
    return {"ok": True}


def clear(world: World, message: Message, sign: str | None = None) -> None:
    """A moderator takes away every sign of a message, or all of one kind."""
    place = world.guild.channels[message.channel]
    about = {"message_id": message.id, **_where(world, place)}
    if sign is None:
        message.reactions.clear()
        world.publish_in(place, "MESSAGE_REACTION_REMOVE_ALL", about)
    else:
        del message.reactions[sign]
        one = about | {"emoji": bodies.emoji(sign)}
        world.publish_in(place, "MESSAGE_REACTION_REMOVE_EMOJI", one)


def _seen(world: World, channel: str, message: str, person: str) -> tuple[Message, Person]:
    who = find_person(world.guild, person)
    place = find_channel(world.guild, channel)
    return find_message(world.guild, place, message, who), who


def _tell_of(world: World, message: Message, who: Person, signing: Signing) -> None:
    """https://discord.com/developers/docs/events/gateway-events#message-reaction-add"""
    place = world.guild.channels[message.channel]
    body: Body = {
        "user_id": who.id, "message_id": message.id, "emoji": bodies.emoji(signing.sign),
        "burst": False, "type": 0, **_where(world, place),
    }  # fmt: skip
    if signing.away:
        world.publish_in(place, "MESSAGE_REACTION_REMOVE", body)
        return
    member = {} if bodies.is_private(place) else {"member": bodies.full_member(world.guild, who)}
    world.publish_in(
        place, "MESSAGE_REACTION_ADD", body | member | {"message_author_id": message.author.id}
    )


def _where(world: World, place: Channel) -> Body:
    return {"channel_id": place.id, **bodies.home(world.guild, place)}
