"""People, channels and messages as Discord's JSON.

https://discord.com/developers/docs/resources (channel, message, user)
"""

from __future__ import annotations

from bot.sandbox.discord.guild import PRIVATE, Body, Channel, Guild, Message, Person
from bot.sandbox.discord.ids import iso, moment_of
from bot.sandbox.discord.permissions import MEMBER, OWNER, USUAL
from bot.sandbox.discord.setup import FORUM


def user(person: Person) -> Body:
    """Somebody, as a user."""
    return {
        "id": person.id, "username": person.name, "avatar": None, "bot": person.bot,
        "global_name": None if person.bot else person.name,
        "discriminator": "0000" if person.bot else "0", "public_flags": 0, "flags": 0,
        "primary_guild": None,
    }  # fmt: skip


def member(guild: Guild, person: Person) -> Body:
    """Somebody as a member of the guild, without the user."""
    return {
        "nick": None, "avatar": None, "banner": None, "pending": False, "deaf": False,
        "mute": False, "flags": 0, "premium_since": None, "communication_disabled_until": None,
        "roles": [guild.role] if person.bot else [], "joined_at": iso(moment_of(person.id)),
    }  # fmt: skip


def full_member(guild: Guild, person: Person) -> Body:
    """Somebody as a member, with the user."""
    return {**member(guild, person), "user": user(person)}


def member_with_power(guild: Guild, person: Person) -> Body:
    """A member as it comes in an interaction: with permissions in the channel."""
    owner = next(iter(guild.people.values()), None)
    power = OWNER if person == owner else int(MEMBER)
    return {**full_member(guild, person), "permissions": str(power)}


def channel(guild: Guild, spot: Channel) -> Body:
    """A channel or a thread."""
    return thread(guild, spot) if spot.archive else _channel(guild, spot)


def _channel(guild: Guild, spot: Channel) -> Body:
    if is_private(spot):
        return _private(guild, spot)
    body: Body = {
        "id": spot.id, "type": spot.kind, "guild_id": guild.id, "name": spot.name,
        "flags": spot.flags, "topic": spot.topic or None, "position": spot.position,
        "parent_id": None, "nsfw": False, "rate_limit_per_user": spot.slowmode,
        "last_message_id": next(reversed(spot.messages), None), "last_pin_timestamp": None,
        "permission_overwrites": _overwrites(guild, spot),
    }  # fmt: skip
    if spot.kind == FORUM:
        body |= {"available_tags": spot.tags, "default_reaction_emoji": None,
                 "default_sort_order": None, "default_forum_layout": 0, "template": ""}  # fmt: skip
    return body


def _private(guild: Guild, spot: Channel) -> Body:
    person = guild.member(spot.topic)
    last = next(reversed(spot.messages), None)
    with_whom = [user(person)] if person else []
    return {"id": spot.id, "type": spot.kind, "recipients": with_whom, "last_message_id": last}


def is_private(spot: Channel) -> bool:
    """Whether a channel is of no guild: the bot's own direct messages, or those of people."""
    return spot.kind in PRIVATE


def home(guild: Guild, spot: Channel) -> Body:
    """The guild of a channel, as a body names it; nothing where it has none."""
    return {} if is_private(spot) else {"guild_id": guild.id}


def _overwrites(guild: Guild, spot: Channel) -> list[Body]:
    missing, more = USUAL & ~spot.granted, spot.granted & ~USUAL
    if not missing and not more:
        return []
    return [{"id": guild.me.id, "type": 1, "allow": str(int(more)), "deny": str(int(missing))}]


def thread(guild: Guild, spot: Channel) -> Body:
    """A thread, with the bot's membership where it has joined."""
    archive = spot.archive
    if archive is None:
        return _channel(guild, spot)
    talk = sum(each != spot.id for each in spot.messages)
    body: Body = {
        "id": spot.id, "type": spot.kind, "guild_id": guild.id, "parent_id": spot.parent,
        "name": spot.name, "owner_id": archive.owner, "message_count": talk, "flags": 0,
        "member_count": len(archive.members), "total_message_sent": talk,
        "rate_limit_per_user": spot.slowmode, "bitrate": 64000, "user_limit": 0,
        "rtc_region": None, "last_pin_timestamp": None, "applied_tags": archive.tags,
        "last_message_id": next(reversed(spot.messages), None),
        "thread_metadata": {
            "archived": archive.archived, "archive_timestamp": iso(archive.touched),
            "auto_archive_duration": archive.minutes, "locked": archive.locked,
            "create_timestamp": iso(archive.opened),
        },
    }  # fmt: skip
    if guild.me.id in archive.members:
        body["member"] = thread_member(spot, guild.me.id)
    return body


def thread_member(spot: Channel, person: str) -> Body:
    """Somebody's membership in a thread."""
    opened = spot.archive.opened if spot.archive else 0.0
    return {"id": spot.id, "user_id": person, "join_timestamp": iso(opened), "flags": 0}


def message(guild: Guild, said: Message) -> Body:
    """A message as the REST API gives it."""
    body = {
        "id": said.id, "channel_id": said.channel, "author": user(said.author), "type": said.kind,
        "timestamp": iso(said.at), "edited_timestamp": iso(said.edited) if said.edited else None,
        "content": said.body.get("content") or "", "embeds": said.body.get("embeds") or [],
        "components": said.body.get("components") or [], "flags": said.flags,
        "attachments": said.body.get("attachments") or [], "tts": False, "pinned": False,
        "mention_everyone": said.mention_everyone, "mention_roles": said.mention_roles,
        "mentions": [user(each) for each in map(guild.member, said.mentions) if each],
        **said.extra,
    }  # fmt: skip
    if said.reactions:
        body["reactions"] = [_reaction(guild, *each) for each in said.reactions.items()]
    opened = guild.channels.get(said.id)
    if opened and opened.id != said.channel:
        body["thread"] = thread(guild, opened)
    return body


def _reaction(guild: Guild, sign: str, people: list[str]) -> Body:
    return {
        "emoji": emoji(sign), "count": len(people), "me": guild.me.id in people, "me_burst": False,
        "count_details": {"burst": 0, "normal": len(people)}, "burst_colors": [],
    }  # fmt: skip


def emoji(sign: str) -> Body:
    """A sign as an emoji: one of Unicode's, or the guild's own, `name:id`."""
    name, _, snowflake = sign.partition(":")
    return {"id": snowflake or None, "name": name} | ({"animated": False} if snowflake else {})


def event(guild: Guild, said: Message) -> Body:
    """A message as the gateway gives it."""
    spot = guild.channels[said.channel]
    whose = home(guild, spot)
    whom = {"member": member(guild, said.author)} if whose else {}
    return {**message(guild, said), **whose, **whom, "channel_type": spot.kind}
