"""Opening threads, joining them, and letting them rest.

https://discord.com/developers/docs/topics/threads
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.sandbox.discord import bodies
from bot.sandbox.discord.guild import Archive, Channel, Message, Person
from bot.sandbox.discord.permissions import Flag
from bot.sandbox.discord.posting import Origin, add, post
from bot.sandbox.discord.setup import ANNOUNCEMENT
from bot.sandbox.discord.world import World

CREATED, STARTER = 18, 21
"""Messages that tell of a thread, in its channel and in the thread itself."""
PUBLIC, PRIVATE, ANNOUNCED = 11, 12, 10


@dataclass(frozen=True, slots=True)
class Opening:
    """How a thread is to be."""

    name: str
    minutes: int = 1440
    kind: int = PUBLIC
    slowmode: int = 0
    tags: list[str] = field(default_factory=list)


def open_on(world: World, message: Message, owner: Person, opening: Opening) -> Channel:
    """Start a thread from a message; they share their id."""
    parent = world.guild.channels[message.channel]
    thread = _add(world, parent, message.id, owner, opening)
    if parent.kind == ANNOUNCEMENT:
        thread.kind = ANNOUNCED
    message.raise_flags(Flag.HAS_THREAD)
    _announce(world, thread)
    world.publish_message("MESSAGE_UPDATE", message)
    reference = {"channel_id": parent.id, "message_id": message.id, "guild_id": world.guild.id}
    extra = {"message_reference": reference | {"type": 0}}
    _starter(world, thread, message, Origin(STARTER, extra=extra))
    return thread


def _starter(world: World, thread: Channel, message: Message, origin: Origin) -> None:
    starter = Message(world.ids.make(), thread.id, message.author, world.clock(), {}, origin.kind)
    starter.extra = origin.extra | {"referenced_message": bodies.message(world.guild, message)}
    add(world, thread, starter)


def open_alone(world: World, parent: Channel, owner: Person, opening: Opening) -> Channel:
    """Start a thread from no message; a public one is told of in its channel."""
    thread = _add(world, parent, world.ids.make(), owner, opening)
    _announce(world, thread)
    if opening.kind != PRIVATE:
        reference = {"channel_id": thread.id, "guild_id": world.guild.id, "type": 0}
        origin = Origin(CREATED, extra={"message_reference": reference})
        post(world, parent, owner, {"content": opening.name}, origin)
    return thread


def open_post(
    world: World, forum: Channel, owner: Person, opening: Opening, message: Message
) -> Channel:
    """Start a post in a forum: a thread that begins with a message of the same id."""
    message.id = world.ids.make()
    thread = _add(world, forum, message.id, owner, opening)
    message.channel = thread.id
    _announce(world, thread)
    add(world, thread, message)
    return thread


def _add(world: World, parent: Channel, snowflake: str, owner: Person, opening: Opening) -> Channel:
    now = world.clock()
    archive = Archive(owner.id, now, opening.minutes, touched=now, members=[owner.id])
    archive.tags = opening.tags
    thread = Channel(snowflake, opening.name, opening.kind, parent=parent.id, archive=archive)
    thread.slowmode = opening.slowmode
    world.guild.channels[thread.id] = thread
    return thread


def _announce(world: World, thread: Channel) -> None:
    world.publish_thread("THREAD_CREATE", thread, {"newly_created": True})


def join(world: World, thread: Channel, person: Person) -> None:
    """Make somebody a member of a thread; a second time changes nothing."""
    if thread.archive is None or person.id in thread.archive.members:
        return
    thread.archive.members.append(person.id)
    added = bodies.thread_member(thread, person.id)
    body = {
        "id": thread.id,
        "guild_id": world.guild.id,
        "member_count": len(thread.archive.members),
        "added_members": [{**added, "member": bodies.full_member(world.guild, person)}],
    }
    world.publish("THREAD_MEMBERS_UPDATE", body)


def leave(world: World, thread: Channel, person: Person) -> None:
    """Take somebody out of a thread."""
    if thread.archive is None or person.id not in thread.archive.members:
        return
    thread.archive.members.remove(person.id)
    body = {
        "id": thread.id,
        "guild_id": world.guild.id,
        "member_count": len(thread.archive.members),
        "removed_member_ids": [person.id],
    }
    world.publish("THREAD_MEMBERS_UPDATE", body)


def settle(world: World, thread: Channel) -> None:
    """Archive a thread in which nobody has spoken for as long as it was told to wait."""
    archive = thread.archive
    if archive is None or archive.archived:
        return
    if world.clock() - archive.touched > archive.minutes * 60:
        archive.archived = True
        world.publish_thread("THREAD_UPDATE", thread)
