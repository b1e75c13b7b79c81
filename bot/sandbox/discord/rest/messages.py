"""Messages in channels: sending, editing, deleting, publishing.

https://discord.com/developers/docs/resources/message
"""

from __future__ import annotations

from bot.sandbox.discord import bodies
from bot.sandbox.discord.forms import Field
from bot.sandbox.discord.guild import Body, Channel, Message
from bot.sandbox.discord.messages import ON_EDIT, ON_SEND, changed, drafted
from bot.sandbox.discord.moderation import moderate
from bot.sandbox.discord.permissions import Flag, Permission
from bot.sandbox.discord.posting import REPLY, Origin, edit, post, remove
from bot.sandbox.discord.ratelimits import PUBLISHING, SENDING, WRITING
from bot.sandbox.discord.refusals import (
    Refused,
    archived,
    missing_permissions,
    not_yours,
    wrong_channel_type,
)
from bot.sandbox.discord.rest.routes import Answer, Asked, Route, need, shown, visible
from bot.sandbox.discord.setup import ANNOUNCEMENT, CATEGORY, FORUM
from bot.sandbox.discord.world import World


def send(world: World, asked: Asked) -> Answer:
    """Post a message; one whose nonce was used minutes ago is the first one again."""
    channel = visible(world, asked.path["channel_id"])
    may_send(world, channel)
    body = drafted(asked.body, asked.attachments, world.allowed(ON_SEND))
    moderate(world, body)
    if body.get("embeds"):
        need(world, channel, Permission.EMBED_LINKS)
    nonce = asked.body.get("nonce")
    if nonce is not None and asked.body.get("enforce_nonce") and (old := _repeated(world, nonce)):
        return 200, shown(world, old)
    extra = _reply(world, channel, asked) | ({} if nonce is None else {"nonce": nonce})
    kind = REPLY if "message_reference" in extra else 0
    message = post(world, channel, world.guild.me, body, Origin(kind, extra=extra))
    if nonce is not None:
        world.nonces.keep(str(nonce), channel.id, message.id)
    return 200, shown(world, message)


def may_send(world: World, channel: Channel) -> None:
    """Make sure that the bot may post here.

    Raises:
        Refused: it may not, the channel holds posts alone, or the thread is locked.
    """
    if channel.archive is None:
        need(world, channel, Permission.SEND_MESSAGES)
    else:
        need(world, channel, Permission.SEND_MESSAGES_IN_THREADS)
        if channel.archive.locked and not _moderates(world, channel):
            raise archived()
    if channel.kind in {CATEGORY, FORUM}:
        raise Refused(400, 50008, "Cannot send messages in a non-text channel")


def _moderates(world: World, channel: Channel) -> bool:
    return bool(world.guild.granted(channel) & Permission.MANAGE_THREADS)


def _repeated(world: World, nonce: object) -> Message | None:
    found = world.nonces.find(str(nonce))
    return world.guild.message(*found) if found else None


def _reply(world: World, channel: Channel, asked: Asked) -> Body:
    reference = asked.text("message_reference")
    if not isinstance(reference, dict):
        return {}
    need(world, channel, Permission.READ_MESSAGE_HISTORY)
    said = channel.messages.get(str(reference.get("message_id")))
    if said is None and reference.get("fail_if_not_exists", True):
        form = Field(asked.body)
        form["message_reference"].fault("REPLIES_UNKNOWN_MESSAGE", "Unknown message")
        form.refuse()
    place = {"channel_id": channel.id, "guild_id": world.guild.id, "type": 0}
    shown = bodies.message(world.guild, said) if said else None
    return {
        "message_reference": place | {"message_id": str(reference.get("message_id"))},
        "referenced_message": shown,
    }


def get(world: World, asked: Asked) -> Answer:
    """One message."""
    return 200, shown(world, _found(world, asked, Permission.READ_MESSAGE_HISTORY))


def _found(world: World, asked: Asked, permission: Permission | None = None) -> Message:
    channel = visible(world, asked.path["channel_id"])
    if permission:
        need(world, channel, permission)
    return world.guild.message(channel.id, asked.path["message_id"])


def _writable(world: World, asked: Asked) -> Message:
    message = _found(world, asked)
    resting = world.guild.channels[message.channel].archive
    if resting and resting.archived:
        raise archived()
    return message


def patch(world: World, asked: Asked) -> Answer:
    """Edit one of the bot's own messages."""
    message = _writable(world, asked)
    if message.author != world.guild.me:
        raise not_yours()
    body = changed(asked.body, asked.attachments, message, world.allowed(ON_EDIT))
    moderate(world, body)
    edit(world, message, body)
    return 200, shown(world, message)


def delete(world: World, asked: Asked) -> Answer:
    """Delete a message; those of others need a permission."""
    message = _writable(world, asked)
    channel = world.guild.channels[message.channel]
    if message.author != world.guild.me:
        need(world, channel, Permission.MANAGE_MESSAGES)
    remove(world, message)
    return 204, None


def crosspost(world: World, asked: Asked) -> Answer:
    """Publish one of the bot's messages in an announcement channel."""
    message = _found(world, asked)
    channel = world.guild.channels[message.channel]
    if channel.kind != ANNOUNCEMENT:
        raise wrong_channel_type()
    if message.author != world.guild.me:
        raise missing_permissions()
    need(world, channel, Permission.SEND_MESSAGES)
    if message.flags & Flag.CROSSPOSTED:
        raise Refused(400, 40033, "This message has already been crossposted")
    message.raise_flags(Flag.CROSSPOSTED)
    world.publish_message("MESSAGE_UPDATE", message)
    return 200, shown(world, message)


ONE = "/channels/{channel_id}/messages/{message_id}"
ROUTES = (
    Route("POST", "/channels/{channel_id}/messages", send, SENDING),
    Route("GET", ONE, get),
    Route("PATCH", ONE, patch, WRITING),
    Route("DELETE", ONE, delete, WRITING),
    Route("POST", f"{ONE}/crosspost", crosspost, PUBLISHING),
)
