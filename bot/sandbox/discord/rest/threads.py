"""Starting threads and posts, joining and leaving them.

https://discord.com/developers/docs/resources/channel#start-thread-from-message
"""

from __future__ import annotations

from bot.sandbox.discord import bodies, limits
from bot.sandbox.discord.forms import Field
from bot.sandbox.discord.guild import Channel, Message
from bot.sandbox.discord.messages import ON_SEND, drafted
from bot.sandbox.discord.moderation import moderate, moderate_title
from bot.sandbox.discord.permissions import REQUIRE_TAG, Permission
from bot.sandbox.discord.ratelimits import SENDING, WRITING
from bot.sandbox.discord.refusals import (
    Refused,
    archived,
    tag_required,
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
    moderate_title(world, given.name)
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
    _check_tags(world, forum, given.tags)
    body = drafted(asked.text("message"), asked.attachments, world.allowed(ON_SEND))
    moderate_title(world, given.name)
    moderate(world, body)
    if body.get("embeds"):
        need(world, forum, Permission.EMBED_LINKS)
    opening = Opening(given.name, given.minutes, PUBLIC, given.slowmode, given.tags)
    first = Message("", "", world.guild.me, world.clock(), body)
    thread = open_post(world, forum, world.guild.me, opening, first)
    shown = bodies.message(world.guild, first)
    return 201, bodies.thread(world.guild, thread) | {"message": shown}


def _check_tags(world: World, forum: Channel, wanted: list[str]) -> None:
    if set(wanted) - {tag["id"] for tag in forum.tags}:
        raise Refused(400, 10087, "Unknown tag")
    if not wanted and forum.flags & REQUIRE_TAG:
        raise tag_required()
    if any(tag["moderated"] for tag in forum.tags if tag["id"] in wanted):
        need(world, forum, Permission.MANAGE_THREADS)


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


ONE = "/channels/{channel_id}"
ROUTES = (
    Route("POST", f"{ONE}/messages/{{message_id}}/threads", start_from_message, WRITING),
    Route("POST", f"{ONE}/threads", start, SENDING),
    Route("PUT", f"{ONE}/thread-members/@me", join_me, WRITING),
    Route("DELETE", f"{ONE}/thread-members/@me", leave_me, WRITING),
    Route("GET", f"{ONE}/threads/archived/public", get_archived),
)
