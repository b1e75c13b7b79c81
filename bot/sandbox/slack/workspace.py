"""The workspace: its people, channels and messages, and the clock that stamps them."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from bot.sandbox.side import Json, Unlikely
from bot.sandbox.slack.changes import Changes
from bot.sandbox.slack.scopes import USUAL

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the workspace; their name is unique in it."""

    id: str
    name: str
    locale: str = "en-US"


@dataclass(frozen=True, slots=True)
class App:
    """The app and its bot: ids, name, and the secrets that it is given."""

    id: str = "A0BRIEFAPP"
    bot_id: str = "B0BRIEFBOT"
    user: str = "U0BRIEFBOT"
    name: str = "briefing"
    scopes: tuple[str, ...] = USUAL
    bot_token: str = field(default_factory=lambda: f"xoxb-sandbox-{secrets.token_hex(12)}")
    app_token: str = field(default_factory=lambda: f"xapp-sandbox-{secrets.token_hex(12)}")
    signing_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    verification: str = field(default_factory=lambda: secrets.token_hex(12))
    client_id: str = "1111111111.2222222222"
    client_secret: str = field(default_factory=lambda: secrets.token_hex(16))


@dataclass(frozen=True, slots=True)
class Team:
    """The workspace's id, name and the first part of its address."""

    id: str = "T0SANDBOX1"
    name: str = "Sandbox"
    domain: str = "sandbox"


@dataclass(slots=True)
class Message:
    """A message; `body` is what was sent, `only_for` the one person who sees an ephemeral one."""

    ts: str
    channel: str
    user: str
    body: Json
    at: float
    thread: str | None = None
    only_for: str | None = None
    command: Json | None = None
    edited: str | None = None
    replies: list[str] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    """The people by the emoji that they put under it."""


@dataclass(slots=True)
class Channel:
    """A channel and its messages by their `ts`, oldest first."""

    id: str
    name: str
    topic: str = ""
    members: set[str] = field(default_factory=set)
    archived: bool = False
    im_with: str | None = None
    private: bool = False
    messages: dict[str, Message] = field(default_factory=dict)


PEOPLE = (Person("U0ALICE001", "alice"), Person("U0BOB00001", "bob"))
CHANNELS = (
    ("C0DAILY01", "daily-briefing", "Today's briefing, every working day"),
    ("C0GENERAL1", "general", "Everything else"),
)


class Workspace:
    """People, channels and messages; everybody and the bot are in every channel at first."""

    def __init__(
        self,
        clock: Clock = time.time,
        channels: Iterable[tuple[str, str, str]] = CHANNELS,
        people: Sequence[Person] = PEOPLE,
        team: Team | None = None,
        app: App | None = None,
    ) -> None:
        self.clock = clock
        self.team, self.app = team or Team(), app or App()
        self.changes = Changes()
        self.history_lag = 0.0
        """Seconds before a new message shows in `conversations.history`, as real ones lag:
        https://github.com/korotovsky/slack-mcp-server/pull/284"""
        self.people = {person.id: person for person in people}
        everybody = {*self.people, self.app.user}
        self.channels = {
            own: Channel(own, name, topic, set(everybody)) for own, name, topic in channels
        }
        self._last = 0

    def person(self, named: str) -> Person:
        """The person with this id or name; raises `Unlikely`."""
        for person in self.people.values():
            if named in {person.id, person.name}:
                return person
        raise Unlikely(f"Nobody here is called {named}: take {self._names()}.")

    def channel(self, named: str) -> Channel:
        """The channel with this id or name; raises `Unlikely`."""
        if named in self.channels:
            return self.channels[named]
        for channel in self.channels.values():
            if channel.name == named.removeprefix("#"):
                return channel
        raise Unlikely(f"There is no channel {named}: take one of those in the state.")

    def stamp(self) -> str:
        """A `ts` that no other message has and that is later than every earlier one."""
        self._last = max(self._last + 1, int(self.clock() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def add(
        self,
        channel: Channel,
        user: str,
        body: Json,
        thread: str | None = None,
        only_for: str | None = None,
        command: Json | None = None,
    ) -> Message:
        """Put a message into a channel, or into the thread under `thread`."""
        ts = self.stamp()
        message = Message(ts, channel.id, user, body, self.clock(), thread, only_for, command)
        channel.messages[ts] = message
        if thread in channel.messages and not only_for:
            channel.messages[thread].replies.append(ts)
        self.changes.ring()
        return message

    def remove(self, message: Message) -> None:
        """Take a message away."""
        channel = self.channels[message.channel]
        del channel.messages[message.ts]
        parent = channel.messages.get(message.thread or "")
        if parent and message.ts in parent.replies:
            parent.replies.remove(message.ts)
        self.changes.ring()

    def direct(self, person: str) -> Channel:
        """The direct messages between the bot and a person, opened where they are not."""
        own = f"D{person[1:]}"
        if own not in self.channels:
            members = {person, self.app.user}
            self.channels[own] = Channel(own, "", members=members, im_with=person)
        return self.channels[own]

    def _names(self) -> str:
        return " or ".join(person.name for person in self.people.values())
