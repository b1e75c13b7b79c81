"""Channels and threads: looking at them, changing them, starting and joining threads.

https://discord.com/developers/docs/resources/channel
"""

from __future__ import annotations

from typing import Any

from bot.sandbox.discord import bodies, limits
from bot.sandbox.discord.forms import Field
from bot.sandbox.discord.guild import Archive, Channel, Message
from bot.sandbox.discord.messages import ON_SEND, drafted
from bot.sandbox.discord.permissions import Permission
from bot.sandbox.discord.ratelimits import SENDING, WRITING
from bot.sandbox.discord.refusals import (
    Refused,
    archived,
    thread_exists,
    unknown_channel,
    wrong_channel_type,
)
from bot.sandbox.discord.rest.routes import Answer, Asked, Route, need, visible
from bot.sandbox.discord.setup import ANNOUNCEMENT, FORUM, TEXT
from bot.sandbox.discord.threads import (
    ANNOUNCED,
    PRIVATE,
    PUBLIC,
    Opening,
    join,
    leave,
    open_alone,
    open_on,
    open_post,
)
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


def check_opening(form: Field) -> Opening:
    """Note the faults of a thread to be, and how it is to be."""
    minutes = form["auto_archive_duration"]
    minutes.one_of(limits.ARCHIVE_MINUTES)
    slowmode = form["rate_limit_per_user"].number(0, limits.SLOWMODE)
    form["type"].one_of((ANNOUNCED, PUBLIC, PRIVATE))
    tags = [str(each.value) for each in form["applied_tags"].items(limits.APPLIED_TAGS)]
    name = form["name"].text(limits.CHANNEL_NAME, 1)
    kind = form["type"].value or PRIVATE
    return Opening(name, minutes.value or 1440, kind, slowmode or 0, tags)


def _opening(form: Field) -> Opening:
    form["name"].required()
    opening = check_opening(form)
    form.refuse()
    return opening


def start_from_message(world: World, asked: Asked) -> Answer:
    """Start a thread from a message, once."""
    channel = visible(world, asked.path["channel_id"])
    if channel.kind not in {TEXT, ANNOUNCEMENT}:
        raise wrong_channel_type()
    need(world, channel, Permission.CREATE_PUBLIC_THREADS)
    need(world, channel, Permission.READ_MESSAGE_HISTORY)
    message = world.guild.message(channel.id, asked.path["message_id"])
    given = _opening(Field(asked.body))
    if message.id in world.guild.channels:
        raise thread_exists()
    opening = Opening(given.name, given.minutes, PUBLIC, given.slowmode)
    return 201, bodies.thread(world.guild, open_on(world, message, world.guild.me, opening))


def start(world: World, asked: Asked) -> Answer:
    """Start a thread without a message, or a post in a forum."""
    channel = visible(world, asked.path["channel_id"])
    if channel.kind == FORUM:
        return _start_post(world, channel, asked)
    opening = _opening(Field(asked.body))
    if channel.kind not in {TEXT, ANNOUNCEMENT}:
        raise wrong_channel_type()
    private = opening.kind == PRIVATE
    public, secret = Permission.CREATE_PUBLIC_THREADS, Permission.CREATE_PRIVATE_THREADS
    need(world, channel, secret if private else public)
    return 201, bodies.thread(world.guild, open_alone(world, channel, world.guild.me, opening))


def _start_post(world: World, forum: Channel, asked: Asked) -> Answer:
    need(world, forum, Permission.SEND_MESSAGES)
    form = Field(asked.body)
    form["message"].required()
    given = _opening(form)
    unknown = set(given.tags) - {tag["id"] for tag in forum.tags}
    if unknown:
        raise Refused(400, 10087, "Unknown tag")
    body = drafted(asked.text("message"), asked.attachments, ON_SEND)
    if body.get("embeds"):
        need(world, forum, Permission.EMBED_LINKS)
    opening = Opening(given.name, given.minutes, PUBLIC, given.slowmode, given.tags)
    first = Message("", "", world.guild.me, world.clock(), body)
    thread = open_post(world, forum, world.guild.me, opening, first)
    shown = bodies.message(world.guild, first)
    return 201, bodies.thread(world.guild, thread) | {"message": shown}


def _thread(world: World, asked: Asked) -> Channel:
    thread = visible(world, asked.path["channel_id"])
    if thread.archive is None:
        raise unknown_channel()
    return thread


def join_me(world: World, asked: Asked) -> Answer:
    """Join a thread; a second time does no harm."""
    thread = _thread(world, asked)
    if thread.archive and thread.archive.archived:
        raise archived()
    join(world, thread, world.guild.me)
    return 204, None


def leave_me(world: World, asked: Asked) -> Answer:
    """Leave a thread."""
    leave(world, _thread(world, asked), world.guild.me)
    return 204, None


def get_archived(world: World, asked: Asked) -> Answer:
    """The archived public threads of a channel, those last archived first."""
    channel = visible(world, asked.path["channel_id"])
    need(world, channel, Permission.READ_MESSAGE_HISTORY)
    resting = [each for each in world.guild.threads(channel) if each.archive]
    resting = [each for each in resting if each.archive and each.archive.archived]
    threads = [bodies.thread(world.guild, each) for each in reversed(resting)]
    return 200, {"threads": threads, "members": [], "has_more": False}


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
    Route("POST", f"{ONE}/messages/{{message_id}}/threads", start_from_message, WRITING),
    Route("POST", f"{ONE}/threads", start, SENDING),
    Route("PUT", f"{ONE}/thread-members/@me", join_me, WRITING),
    Route("DELETE", f"{ONE}/thread-members/@me", leave_me, WRITING),
    Route("GET", f"{ONE}/threads/archived/public", get_archived),
    Route("POST", f"{ONE}/typing", show_typing, WRITING),
)
