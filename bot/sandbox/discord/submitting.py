"""What people do with the modals that they have open."""

from __future__ import annotations

from bot.sandbox.dialogs import Values
from bot.sandbox.discord.asking import ask, converse
from bot.sandbox.discord.finding import find_person
from bot.sandbox.discord.guild import Person
from bot.sandbox.discord.interactions import Asks
from bot.sandbox.discord.modals import Opened, dialog, submission
from bot.sandbox.discord.world import World
from bot.sandbox.side import Json, Unlikely


async def submit(world: World, person: str, modal: str, values: Values) -> Json:
    """A person sends a modal; it stays open where the bot does not answer."""
    who = find_person(world.guild, person)
    opened = _opened(world, who, modal)
    whole = dialog(opened).filled(values)
    asked = ask(world, Asks.MODAL, world.guild.channels[opened.channel], who)
    told = await converse(world, asked, submission(opened, whole))
    if told["ok"] and world.modals.get(who.id) is opened:
        del world.modals[who.id]
        world.changed()
    return told


def dismiss(world: World, person: str, modal: str) -> Json:
    """A person closes a modal; the bot is not told."""
    who = find_person(world.guild, person)
    del world.modals[_opened(world, who, modal).person]
    world.changed()
    return {"ok": True}


def _opened(world: World, who: Person, modal: str) -> Opened:
    opened = world.modals.get(who.id)
    if opened is None or opened.id != modal:
        raise Unlikely(f"{who.name} has no modal {modal} open.")
    return opened
