"""The bot is put out of the guild, and invited again.

https://discord.com/developers/docs/events/gateway-events#guild-delete
"""

from __future__ import annotations

from bot.sandbox.discord import guild_bodies
from bot.sandbox.discord.permissions import Intent
from bot.sandbox.discord.world import World


def leave_guild(world: World) -> None:
    """Put the bot out of the guild and of its threads; what it said stays."""
    guild = world.guild
    world.publish("GUILD_DELETE", {"id": guild.id})
    guild.joined = False
    for thread in guild.channels.values():
        if thread.archive and guild.me.id in thread.archive.members:
            thread.archive.members.remove(guild.me.id)


def join_guild(world: World) -> None:
    """Take the bot in again; it is told everything as at the start."""
    world.guild.joined = True
    for session in list(world.gateway.sessions.values()):
        everybody = bool(session.intents & Intent.GUILD_PRESENCES)
        if session.hears:
            body = guild_bodies.guild_create(world.guild, everybody=everybody)
            del body["unavailable"]  # which is how a bot tells an invitation from a guild it is in
            world.gateway.tell(session, "GUILD_CREATE", body)
    world.changed()
