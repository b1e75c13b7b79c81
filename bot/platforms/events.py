"""What people ask of the bot, press, order and fill in, and what becomes of its channels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from briefings.forms import Filled, FormName
from briefings.intents import Intent


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

Event: TypeAlias = Asked | Pressed | Ordered | Submitted
