"""Finding channels and people by what somebody calls them."""

from __future__ import annotations

from bot.sandbox.discord.guild import Channel, Guild, Person
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
