"""What people and platforms bring to the bot, and what they get back from its desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeAlias

from briefings.forms import Filled, Form, FormName
from briefings.intents import Intent
from briefings.message import Home, Reply


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody speaks to the bot: a workspace, a channel, perhaps a thread in it."""

    platform: str
    workspace: str
    channel: str
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody typed `/briefing TEXT`, or mentioned the bot with TEXT."""

    text: str
    place: Place
    person: str
    key: str = field(default="", compare=False)
    """What the platform calls this event, the same when it is heard again; nothing: unknown."""
    language: str = field(default="", compare=False)
    """The person's own, by its tag such as `de` or `pt-BR`, where the platform tells it."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """Somebody pressed an action; `intent` is nothing where its token was never ours."""

    intent: Intent | None
    place: Place
    person: str
    key: str = field(default="", compare=False)
    """As of `Asked`."""
    language: str = field(default="", compare=False)
    """As of `Asked`."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who changes a channel's posts, as far as the platform tells.

    `managers` names, for a sentence, those who may; `zone` is their own time zone, `language` the
    tag of their own one.
    """

    id: str
    may_manage: bool
    managers: str
    zone: str | None = None
    language: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Ordered:
    """Somebody typed `/briefings TEXT`."""

    text: str
    place: Place
    person: Person
    key: str = field(default="", compare=False)
    """As of `Asked`."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """Somebody filled in a form; `form` is nothing where its name was never ours."""

    form: FormName | None
    filled: Filled
    place: Place
    person: Person
    subject: str = ""
    """What the form was about, as it was drawn; it is untrusted."""
    key: str = field(default="", compare=False)
    """As of `Asked`."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel by its id, and what people call it."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Visited:
    """Somebody looks at the bot itself; `channels` are those they are in, as far as it is told."""

    place: Place
    person: Person
    channels: tuple[Channel, ...] = ()


@dataclass(frozen=True, slots=True)
class Lost:
    """The bot can no longer post in a channel; `reason` completes "because …"."""

    place: Place
    reason: str


@dataclass(frozen=True, slots=True)
class Regained:
    """The bot may perhaps post in a channel again."""

    place: Place


News: TypeAlias = Lost | Regained


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody said something in a thread, or says it otherwise by now; `at` is in UTC.

    `text` is nothing where the platform keeps it to itself; `to` is the message that it answers,
    where the platform says so. The place has the thread.
    """

    place: Place
    person: str
    message: str
    at: datetime
    text: str | None = None
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A message was deleted; the place need not have its thread.

    Without a message the whole thread of the place was deleted.
    """

    place: Place
    message: str | None


@dataclass(frozen=True, slots=True)
class Reacted:
    """Somebody put a sign under a message, or took it `away`."""

    place: Place
    message: str
    person: str
    sign: str
    away: bool = False


@dataclass(frozen=True, slots=True)
class Cleared:
    """Somebody took away every `sign` under a message, whoever put it; nothing: all of them."""

    place: Place
    message: str
    sign: str | None = None


@dataclass(frozen=True, slots=True)
class Missed:
    """The way to a platform was cut for so long that something may have been said unheard."""

    place: Place
    """The platform, and perhaps the workspace; the channel is empty."""


Talk: TypeAlias = Said | Unsaid | Reacted | Cleared | Missed

Event: TypeAlias = Asked | Pressed | Ordered | Submitted


@dataclass(frozen=True, slots=True)
class Amiss:
    """What is wrong with a form, by the field's name; `reply` says it where no form is open."""

    faults: Mapping[str, str]
    reply: Reply


@dataclass(frozen=True, slots=True)
class Repeated:
    """Somebody heard the same event before, and answers it; `reply` says so where it is of use."""

    reply: Reply


Answer: TypeAlias = Reply | Form | Amiss | Repeated


@dataclass(frozen=True, slots=True)
class Completion:
    """A suggestion while somebody types: what is shown and what is then sent as text."""

    label: str
    text: str


class Desk(Protocol):
    """Who answers: the rooms bring every event here and draw the reply."""

    async def answer(self, event: Event) -> Answer:
        """The reply, or a form to fill in; it never raises and takes milliseconds.

        A form answers a command or a press alone, `Amiss` a form alone.
        """

    def complete(self, text: str) -> tuple[Completion, ...]:
        """At most 25 completions of a half-typed query, from memory."""

    async def home(self, visit: Visited) -> Home:
        """What somebody sees who looks at the bot itself; it never raises."""

    async def hear(self, news: News) -> None:
        """Take note that a channel was lost or regained; it never raises."""

    async def listen(self, talk: Talk) -> None:
        """Take note of what was said, unsaid or reacted to in a discussion; it never raises."""
