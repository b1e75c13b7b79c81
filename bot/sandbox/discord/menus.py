"""The commands that people find in the menu of a message.

https://discord.com/developers/docs/interactions/application-commands#message-commands
"""

from __future__ import annotations

from bot.sandbox.discord import bodies
from bot.sandbox.discord.asking import ask, converse
from bot.sandbox.discord.finding import find_channel, find_person
from bot.sandbox.discord.guild import Typed
from bot.sandbox.discord.interactions import Asks
from bot.sandbox.discord.privacy import is_offered
from bot.sandbox.discord.world import World
from bot.sandbox.side import Json, Unlikely

ON_MESSAGE = 3


async def apply(world: World, channel: str, person: str, message: str, name: str) -> Json:
    """A person picks a command from a message's menu; the bot may read that message."""
    place, who = find_channel(world.guild, channel), find_person(world.guild, person)
    places = (place, *world.guild.threads(place))
    target = next((each.messages[message] for each in places if message in each.messages), None)
    known = world.commands.find(world.guild.id, ON_MESSAGE, name)
    if target is None or known is None or not is_offered(world, known, place):
        raise Unlikely(f"There is no message {message} in {place.name}, or no command {name}.")
    asked = ask(world, Asks.COMMAND, place, who)
    asked.typed = Typed(name, None, who.id)
    about = {
        "id": known["id"],
        "name": name,
        "type": ON_MESSAGE,
        "target_id": target.id,
        "resolved": {"messages": {target.id: bodies.message(world.guild, target)}},
    }
    return await converse(world, asked, about)
