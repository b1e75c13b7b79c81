"""Asking the bot over the gateway, and waiting for its answer as long as Discord does."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from bot.sandbox.discord import bodies
from bot.sandbox.discord.guild import Body, Channel, Person
from bot.sandbox.discord.interactions import Asks, Interaction
from bot.sandbox.discord.permissions import Flag
from bot.sandbox.discord.posting import Origin, post
from bot.sandbox.discord.privacy import owners, where
from bot.sandbox.discord.world import World
from bot.sandbox.side import Json

SILENCE = "The application did not respond"
MODAL = 9


def ask(world: World, kind: Asks, place: Channel, person: Person) -> Interaction:
    """A new interaction of somebody in a channel."""
    return world.interactions.ask(world.ids.make(), kind, place.id, person)


async def converse(world: World, asked: Interaction, about: Body) -> Json:
    """What comes of an interaction, as the control API tells it."""
    answer = await wait(world, asked, about)
    if answer is None:
        _notice(world, asked)
        return {"ok": False, "error": SILENCE}
    told: Json = {"ok": True, "answer": answer["type"]}
    if asked.original:
        told |= {"message": asked.original.id, "pending": asked.original.pending}
    return told | ({"modal": answer["data"]} if answer["type"] == MODAL else {})


async def wait(world: World, asked: Interaction, about: Body) -> Mapping[str, Any] | None:
    """The bot's answer, or nothing where it does not come in time; then the token is dead."""
    direct = bodies.is_private(world.guild.channels[asked.channel])
    body = _interaction(world, asked, about)
    world.gateway.publish("INTERACTION_CREATE", body, direct=direct)
    world.changed()
    await asyncio.wait({asked.answer}, timeout=world.setup.answer_within)
    if asked.answer.done():
        return asked.answer.result()
    asked.dead = True
    return None


def _interaction(world: World, asked: Interaction, about: Body) -> Body:
    guild, place = world.guild, world.guild.channels[asked.channel]
    granted = str(int(guild.granted(place)))
    body: Body = {
        "id": asked.id, "application_id": guild.me.id, "type": int(asked.kind), "version": 1,
        "token": asked.token, "channel_id": place.id, "data": about,
        "channel": bodies.channel(guild, place) | {"permissions": granted},
        "app_permissions": granted, "locale": asked.person.locale, "entitlements": [],
        "entitlement_sku_ids": [], "attachment_size_limit": 10 * 1024 * 1024,
        "authorizing_integration_owners": owners(world, place, asked.person),
        **where(world, place, asked.person),
    }  # fmt: skip
    if asked.on:
        body["message"] = bodies.message(guild, asked.on)
    return body


def _notice(world: World, asked: Interaction) -> None:
    """What the person sees where the bot kept silent; the bot never learns of it."""
    body: Body = {"content": SILENCE, "flags": int(Flag.EPHEMERAL), "notice": True}
    place = world.guild.channels[asked.channel]
    post(world, place, world.guild.me, body, Origin(0, asked.person.id, asked.typed))
