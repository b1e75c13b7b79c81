"""Finding channels and people by what somebody calls them."""

from __future__ import annotations

from bot.sandbox.discord.guild import Channel, Guild, Message, Person
from bot.sandbox.side import Unlikely


def find_channel(guild: Guild, wanted: str) -> Channel:
    """A channel or thread by id, or by a name that only one channel has.

    Raises:
        Unlikely: there is none.
    """
    if wanted in guild.channels:
        return guild.channels[wanted]
    named = [each for each in guild.channels.values() if each.name == wanted.lstrip("#")]
    if len(named) != 1:
        raise Unlikely(f"There is no channel {wanted} in this guild; name one that exists.")
    return named[0]


def find_person(guild: Guild, wanted: str) -> Person:
    """Somebody by id or name.

    Raises:
        Unlikely: there is nobody of that name.
    """
    for person in guild.people.values():
        if wanted in {person.id, person.name}:
            return person
    raise Unlikely(f"There is no person {wanted} in this guild; name one who is.")


def find_message(guild: Guild, channel: Channel, wanted: str, person: Person) -> Message:
    """A message by id that somebody sees in a channel, or in a thread there.

    Raises:
        Unlikely: they see no such message.
    """
    for place in (channel, *guild.threads(channel)):
        found = place.messages.get(wanted)
        if found and found.only_for in {None, person.id}:
            return found
    raise Unlikely(f"{person.name} sees no message {wanted} in {channel.name}.")
