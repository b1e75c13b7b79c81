"""What people type in the guild: talk and commands."""

from __future__ import annotations

import re

from bot.sandbox.discord import bodies
from bot.sandbox.discord.asking import ask, converse, wait
from bot.sandbox.discord.finding import find_channel, find_message, find_person
from bot.sandbox.discord.guild import Body, Guild, Message, Typed
from bot.sandbox.discord.interactions import Asks
from bot.sandbox.discord.posting import PLAIN, REPLY, Origin, post
from bot.sandbox.discord.privacy import is_offered
from bot.sandbox.discord.typed import Mistyped, descend, filled, focused
from bot.sandbox.discord.world import World
from bot.sandbox.side import Json, Unlikely


def say(
    world: World, channel: str, person: str, text: str, thread: str | None, to: str = ""
) -> Json:
    """A person says something, perhaps in answer to the message `to`; `@name` is a mention."""
    guild = world.guild
    place = find_channel(guild, thread or channel)
    if place.archive and place.archive.locked:
        raise Unlikely(f"The thread {place.name} is locked; nobody can speak in it.")
    speaker = find_person(guild, person)
    origin = _answering(guild, find_message(guild, place, to, speaker)) if to else PLAIN
    place = guild.channels[origin.extra["message_reference"]["channel_id"]] if to else place
    said = post(world, place, speaker, {"content": with_mentions(guild, text), "flags": 0}, origin)
    return {"ok": True, "message": said.id}


def _answering(guild: Guild, message: Message) -> Origin:
    """A reply pings whom it answers, unless people switch that off.

    https://discord.com/developers/docs/resources/message#message-reference-types
    """
    reference = {"channel_id": message.channel, "message_id": message.id, "guild_id": guild.id}
    shown = bodies.message(guild, message)
    extra = {"message_reference": reference | {"type": 0}, "referenced_message": shown}
    return Origin(REPLY, extra=extra, to=message.author.id)


def with_mentions(guild: Guild, text: str) -> str:
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
    if known is None or not is_offered(world, known, place):
        return {"ok": False, "error": f"There is no command /{name}; the bot has not synced it."}
    try:
        options, resolved = filled(world.guild, descend(known, words))
    except Mistyped as mistake:
        return {"ok": False, "error": str(mistake)}
    asked = ask(world, Asks.COMMAND, place, asker)
    asked.typed = Typed(name, text, asker.id)
    return await converse(world, asked, _command(known, options, resolved))


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
    if known is None or not is_offered(world, known, place):
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
    asked = ask(world, Asks.AUTOCOMPLETE, place, asker)
    answer = await wait(world, asked, _command(known, options, {}))
    return list(answer["data"]["choices"]) if answer else []
