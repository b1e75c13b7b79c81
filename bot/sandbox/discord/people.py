"""What people do in the guild: talk, type commands, press buttons.

They ask the bot over the gateway and wait for its answer as long as Discord does.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from typing import Any

from bot.sandbox.discord import bodies
from bot.sandbox.discord.components import walk
from bot.sandbox.discord.controls import BUTTON, STRING_SELECT
from bot.sandbox.discord.guild import Body, Channel, Guild, Message, Person, Typed
from bot.sandbox.discord.interactions import Asks, Interaction
from bot.sandbox.discord.permissions import Flag
from bot.sandbox.discord.posting import Origin, post
from bot.sandbox.discord.typed import Mistyped, descend, filled, focused
from bot.sandbox.discord.world import World
from bot.sandbox.side import Json, Pressing, Unlikely

SILENCE = "The application did not respond"


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


def say(world: World, channel: str, person: str, text: str, thread: str | None) -> Json:
    """A person says something; `@name` becomes a mention."""
    guild = world.guild
    place = find_channel(guild, thread or channel)
    if place.archive and place.archive.locked:
        raise Unlikely(f"The thread {place.name} is locked; nobody can speak in it.")
    speaker = find_person(guild, person)
    said = post(world, place, speaker, {"content": _with_mentions(guild, text), "flags": 0})
    return {"ok": True, "message": said.id}


def _with_mentions(guild: Guild, text: str) -> str:
    for person in guild.members():
        text = re.sub(rf"@{re.escape(person.name)}\b", f"<@{person.id}>", text)
    return text


async def command(world: World, channel: str, person: str, text: str) -> Json:
    """A person types a slash command, or, without a slash, a message."""
    if not text.startswith("/"):
        return say(world, channel, person, text, None)
    name, _, words = text[1:].partition(" ")
    place, asker = find_channel(world.guild, channel), find_person(world.guild, person)
    known = world.commands.find(world.guild.id, 1, name)
    if known is None:
        return {"ok": False, "error": f"There is no command /{name}; the bot has not synced it."}
    try:
        options, resolved = filled(world.guild, descend(known, words))
    except Mistyped as mistake:
        return {"ok": False, "error": str(mistake)}
    asked = _ask(world, Asks.COMMAND, place, asker)
    asked.typed = Typed(name, text, asker.id)
    return await _converse(world, asked, _command(known, options, resolved))


def _command(known: Body, options: list[Body], resolved: Body) -> Body:
    body: Body = {"id": known["id"], "name": known["name"], "type": known["type"]}
    body |= {"options": options} if options else {}
    body |= {"resolved": resolved} if resolved else {}
    return body | ({"guild_id": known["guild_id"]} if "guild_id" in known else {})


async def complete(world: World, channel: str, person: str, text: str) -> list[Json]:
    """The choices that appear while a person types; none where the bot is silent."""
    name, _, words = text.removeprefix("/").partition(" ")
    place, asker = find_channel(world.guild, channel), find_person(world.guild, person)
    known = world.commands.find(world.guild.id, 1, name)
    if known is None:
        raise Unlikely(f"There is no command /{name}; the bot has not synced it.")
    try:
        found = focused(descend(known, words))
    except Mistyped:
        return []
    if found is None:
        return []
    option, options = found
    if not option.get("autocomplete"):
        return [dict(choice) for choice in option.get("choices") or []]
    asked = _ask(world, Asks.AUTOCOMPLETE, place, asker)
    answer = await _wait(world, asked, _command(known, options, {}))
    return list(answer["data"]["choices"]) if answer else []


async def press(world: World, pressing: Pressing) -> Json:
    """A person presses a button or picks from a menu."""
    channel = find_channel(world.guild, pressing.channel)
    person = find_person(world.guild, pressing.person)
    message = _find_message(world, channel, pressing.message, person)
    control = _find_control(message, pressing.action)
    place = world.guild.channels[message.channel]
    asked = _ask(world, Asks.COMPONENT, place, person)
    asked.on = message
    return await _converse(world, asked, _pressed(control, list(pressing.values)))


def _find_message(world: World, channel: Channel, wanted: str, person: Person) -> Message:
    for place in (channel, *world.guild.threads(channel)):
        found = place.messages.get(wanted)
        if found and found.only_for in {None, person.id}:
            return found
    raise Unlikely(f"{person.name} sees no message {wanted} in {channel.name}.")


def _find_control(message: Message, wanted: str) -> Body:
    for component in walk(message.body.get("components")):
        if component.get("custom_id") == wanted:
            if component.get("disabled"):
                raise Unlikely(f"The control {wanted} is greyed out.")
            return component
    raise Unlikely(f"The message {message.id} has no control {wanted}.")


def _pressed(control: Body, values: list[str]) -> Body:
    body = {"custom_id": control["custom_id"], "component_type": control["type"]}
    body["id"] = control["id"]
    if control["type"] == BUTTON:
        return body
    least, most = control.get("min_values"), control.get("max_values")
    if not (1 if least is None else least) <= len(values) <= (1 if most is None else most):
        raise Unlikely(f"The menu {control['custom_id']} does not take {len(values)} choices.")
    known = {option["value"] for option in control.get("options", [])}
    if control["type"] == STRING_SELECT and not known.issuperset(values):
        raise Unlikely(f"The menu {control['custom_id']} does not offer {', '.join(values)}.")
    return body | {"values": values}


def _ask(world: World, kind: Asks, place: Channel, person: Person) -> Interaction:
    return world.interactions.ask(world.ids.make(), kind, place.id, person)


async def _converse(world: World, asked: Interaction, about: Body) -> Json:
    answer = await _wait(world, asked, about)
    if answer is None:
        _notice(world, asked)
        return {"ok": False, "error": SILENCE}
    told: Json = {"ok": True, "answer": answer["type"]}
    if asked.original:
        told |= {"message": asked.original.id, "pending": asked.original.pending}
    return told | ({"modal": answer["data"]} if answer["type"] == 9 else {})


async def _wait(world: World, asked: Interaction, about: Body) -> Mapping[str, Any] | None:
    """The bot's answer, or nothing where it does not come in time; then the token is dead."""
    world.publish("INTERACTION_CREATE", _interaction(world, asked, about))
    try:
        return await asyncio.wait_for(asked.answer, world.setup.answer_within)
    except TimeoutError:
        asked.dead = True
        return None


def _interaction(world: World, asked: Interaction, about: Body) -> Body:
    guild, place = world.guild, world.guild.channels[asked.channel]
    granted = str(int(guild.granted(place)))
    body: Body = {
        "id": asked.id, "application_id": guild.me.id, "type": int(asked.kind), "version": 1,
        "token": asked.token, "guild_id": guild.id, "channel_id": place.id, "data": about,
        "guild": {"id": guild.id, "locale": "en-US", "features": ["COMMUNITY", "NEWS"]},
        "channel": bodies.channel(guild, place) | {"permissions": granted},
        "member": bodies.member_with_power(guild, asked.person), "app_permissions": granted,
        "locale": "en-US", "guild_locale": "en-US", "context": 0, "entitlements": [],
        "entitlement_sku_ids": [], "authorizing_integration_owners": {"0": guild.id},
        "attachment_size_limit": 10 * 1024 * 1024,
    }  # fmt: skip
    if asked.on:
        body["message"] = bodies.message(guild, asked.on)
    return body


def _notice(world: World, asked: Interaction) -> None:
    """What the person sees where the bot kept silent; the bot never learns of it."""
    body: Body = {"content": SILENCE, "flags": int(Flag.EPHEMERAL), "notice": True}
    place = world.guild.channels[asked.channel]
    post(world, place, world.guild.me, body, Origin(0, asked.person.id, asked.typed))
