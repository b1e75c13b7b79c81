"""The guild: its people, channels, threads and messages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from bot.sandbox.discord.permissions import USUAL, Flag, Permission
from bot.sandbox.discord.refusals import unknown_channel, unknown_message

Body: TypeAlias = dict[str, Any]
"""A JSON object as it is on the wire."""

THREADS = {10, 11, 12}
"""Announcement, public and private threads; .../resources/channel#channel-object-channel-types"""

PRIVATE = {1, 3}
"""Direct messages and groups, which are in no guild; same source."""


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the guild, or the bot."""

    id: str
    name: str
    bot: bool = False
    locale: str = "en-US"


@dataclass(frozen=True, slots=True)
class Typed:
    """The command that a message answers: its name, the text as typed, and who used it.

    There is no text where it was picked from the menu of a message.
    """

    name: str
    text: str | None
    person: str


@dataclass(slots=True)
class Message:
    """One message; `body` holds content, embeds, components, flags and attachments."""

    id: str
    channel: str
    author: Person
    at: float
    body: Body
    kind: int = 0
    edited: float | None = None
    only_for: str | None = None
    command: Typed | None = None
    extra: Body = field(default_factory=dict)
    mentions: list[str] = field(default_factory=list)
    mention_roles: list[str] = field(default_factory=list)
    mention_everyone: bool = False
    reactions: dict[str, list[str]] = field(default_factory=dict)
    """The ids of those who put a sign there, by the sign: an emoji, or `name:id` of the guild's."""

    @property
    def flags(self) -> int:
        """The message's flags as Discord counts them."""
        return int(self.body.get("flags") or 0)

    def raise_flags(self, flags: int, *, off: int = 0) -> None:
        """Set some flags and take others away."""
        self.body["flags"] = (self.flags | flags) & ~off

    @property
    def pending(self) -> bool:
        """Whether it still says that the bot is thinking."""
        return bool(self.flags & Flag.LOADING)


@dataclass(slots=True)
class Archive:
    """What a thread has beyond a channel; `minutes` without a word archive it."""

    owner: str
    opened: float
    minutes: int = 1440
    archived: bool = False
    locked: bool = False
    touched: float = 0.0
    members: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Channel:
    """A channel, or a thread, which has a parent and an archive."""

    id: str
    name: str
    kind: int = 0
    topic: str = ""
    granted: int = USUAL
    parent: str | None = None
    archive: Archive | None = None
    slowmode: int = 0
    position: int = 0
    tags: list[Body] = field(default_factory=list)
    flags: int = 0
    messages: dict[str, Message] = field(default_factory=dict)

    def allows(self, permission: Permission) -> bool:
        """Whether the bot has been granted this here."""
        return bool(self.granted & Permission.VIEW_CHANNEL and self.granted & permission)

    def seen(self) -> Iterator[Message]:
        """The messages that are not for one person alone, oldest first."""
        return (each for each in self.messages.values() if each.only_for is None)


@dataclass(slots=True)
class Guild:
    """One guild with everything in it; threads are channels here as they are in the API."""

    id: str
    name: str
    me: Person
    role: str
    people: dict[str, Person]
    roles: dict[str, str]
    channels: dict[str, Channel] = field(default_factory=dict)
    joined: bool = True
    """Whether the bot is in the guild."""

    def channel(self, channel: str) -> Channel:
        """The channel or thread of this id.

        Raises:
            Refused: there is none.
        """
        found = self.channels.get(channel)
        if found is None:
            raise unknown_channel()
        return found

    def message(self, channel: str, message: str) -> Message:
        """A message that the bot can find over its channel.

        Raises:
            Refused: there is none, or only one person sees it.
        """
        found = self.channel(channel).messages.get(message)
        if found is None or found.only_for is not None:
            raise unknown_message()
        return found

    def granted(self, channel: Channel) -> int:
        """What the bot may do in a channel; a thread goes by its parent. Outsiders may nothing."""
        if not self.joined and channel.kind not in PRIVATE:
            return 0
        return self.channels[channel.parent].granted if channel.parent else channel.granted

    def threads(self, channel: Channel) -> Iterator[Channel]:
        """The threads of a channel."""
        return (each for each in self.channels.values() if each.parent == channel.id)

    def members(self) -> Iterator[Person]:
        """Everybody in the guild, the bot first."""
        yield self.me
        yield from self.people.values()

    def member(self, person: str) -> Person | None:
        """Somebody in the guild by id."""
        return self.me if person == self.me.id else self.people.get(person)
