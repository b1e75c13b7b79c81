"""Channels and threads: looking at them and changing them.

https://discord.com/developers/docs/resources/channel
"""

from __future__ import annotations

from typing import Any

from bot.sandbox.discord import bodies, limits
from bot.sandbox.discord.forms import Field
from bot.sandbox.discord.guild import Archive, Channel
from bot.sandbox.discord.permissions import Permission
from bot.sandbox.discord.ratelimits import WRITING
from bot.sandbox.discord.refusals import (
    archived,
)
from bot.sandbox.discord.rest.routes import Answer, Asked, Route, need, visible
from bot.sandbox.discord.rest.threads import check_opening
from bot.sandbox.discord.world import World


def get(world: World, asked: Asked) -> Answer:
    """A channel or thread."""
    return 200, bodies.channel(world.guild, visible(world, asked.path["channel_id"]))


def patch(world: World, asked: Asked) -> Answer:
    """Change a thread, or a channel where the bot may."""
    channel = visible(world, asked.path["channel_id"])
    if channel.archive is None:
        return _patch_channel(world, channel, asked)
    return _patch_thread(world, channel, channel.archive, asked)


def _patch_channel(world: World, channel: Channel, asked: Asked) -> Answer:
    need(world, channel, Permission.MANAGE_CHANNELS)
    form = Field(asked.body)
    name = form["name"].text(limits.CHANNEL_NAME, 1)
    topic = form["topic"].text(1024)
    form.refuse()
    channel.name = name or channel.name
    channel.topic = topic if asked.text("topic") is not None else channel.topic
    world.publish("CHANNEL_UPDATE", bodies.channel(world.guild, channel))
    return 200, bodies.channel(world.guild, channel)


def _patch_thread(world: World, thread: Channel, archive: Archive, asked: Asked) -> Answer:
    form = Field(asked.body)
    changes = {key: value for key, value in (asked.body or {}).items() if value is not None}
    check_opening(form)
    form["archived"].flag()
    form["locked"].flag()
    form.refuse()
    own = archive.owner == world.guild.me.id and not archive.locked
    if not own or changes.keys() & {"locked", "rate_limit_per_user"}:
        need(world, thread, Permission.MANAGE_THREADS)
    if archive.archived and changes.get("archived", True):
        raise archived()
    _change(thread, archive, changes)
    world.publish_thread("THREAD_UPDATE", thread)
    return 200, bodies.thread(world.guild, thread)


def _change(thread: Channel, archive: Archive, changes: dict[str, Any]) -> None:
    thread.name = changes.get("name", thread.name)
    thread.slowmode = changes.get("rate_limit_per_user", thread.slowmode)
    archive.minutes = changes.get("auto_archive_duration", archive.minutes)
    archive.archived = changes.get("archived", archive.archived)
    archive.locked = changes.get("locked", archive.locked)
    archive.tags = changes.get("applied_tags", archive.tags)


def show_typing(world: World, asked: Asked) -> Answer:
    """Say that the bot is typing."""
    need(world, visible(world, asked.path["channel_id"]), Permission.SEND_MESSAGES)
    return 204, None


def delete(world: World, asked: Asked) -> Answer:
    """Delete a thread, or a channel, where the bot may."""
    channel = visible(world, asked.path["channel_id"])
    permission = Permission.MANAGE_THREADS if channel.archive else Permission.MANAGE_CHANNELS
    need(world, channel, permission)
    body = bodies.channel(world.guild, channel)
    del world.guild.channels[channel.id]
    world.publish("THREAD_DELETE" if channel.archive else "CHANNEL_DELETE", body)
    return 200, body


ONE = "/channels/{channel_id}"
ROUTES = (
    Route("GET", ONE, get),
    Route("PATCH", ONE, patch, WRITING),
    Route("DELETE", ONE, delete, WRITING),
    Route("POST", f"{ONE}/typing", show_typing, WRITING),
)
