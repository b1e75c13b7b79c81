"""What people press and pick in the guild."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.sandbox.discord.asking import ask, converse
from bot.sandbox.discord.components import walk
from bot.sandbox.discord.controls import BUTTON, STRING_SELECT
from bot.sandbox.discord.finding import find_channel, find_message, find_person
from bot.sandbox.discord.guild import Body, Guild, Message
from bot.sandbox.discord.interactions import Asks
from bot.sandbox.discord.resolving import resolve
from bot.sandbox.discord.world import World
from bot.sandbox.side import Json, Pressing, Unlikely

OPTION_OF_MENU: Final = {5: 6, 6: 8, 7: 9, 8: 7}
"""Menus of users, roles, both and channels take what command options of these types take."""


async def press(world: World, pressing: Pressing) -> Json:
    """A person presses a button or picks from a menu."""
    channel = find_channel(world.guild, pressing.channel)
    person = find_person(world.guild, pressing.person)
    message = find_message(world.guild, channel, pressing.message, person)
    control = _find_control(message, pressing.action)
    place = world.guild.channels[message.channel]
    asked = ask(world, Asks.COMPONENT, place, person)
    asked.on = message
    return await converse(world, asked, _pressed(world.guild, control, pressing.values))


def _find_control(message: Message, wanted: str) -> Body:
    for component in walk(message.body.get("components")):
        if component.get("custom_id") == wanted:
            if component.get("disabled"):
                raise Unlikely(f"The control {wanted} is greyed out.")
            return component
    raise Unlikely(f"The message {message.id} has no control {wanted}.")


def _pressed(guild: Guild, control: Body, values: Sequence[str]) -> Body:
    body: Body = {"custom_id": control["custom_id"], "component_type": control["type"]}
    body["id"] = control["id"]
    if control["type"] == BUTTON:
        return body
    least, most = control.get("min_values"), control.get("max_values")
    if not (1 if least is None else least) <= len(values) <= (1 if most is None else most):
        raise Unlikely(f"The menu {control['custom_id']} does not take {len(values)} choices.")
    return body | _picked(guild, control, values)


def _picked(guild: Guild, control: Body, values: Sequence[str]) -> Body:
    """The values of a menu, with whom they name where it is a menu of people and places."""
    resolved: Body = {}
    try:
        if control["type"] != STRING_SELECT:
            kind = OPTION_OF_MENU[control["type"]]
            ids = [resolve(guild, kind, value, resolved) for value in values]
            return {"values": ids, "resolved": resolved}
    except KeyError as error:
        raise Unlikely(f"There is nothing called {error} to pick here.") from error
    if not {option["value"] for option in control["options"]}.issuperset(values):
        raise Unlikely(f"The menu {control['custom_id']} does not offer {', '.join(values)}.")
    return {"values": list(values)}
