"""The waist: the neutral message that the kernel composes and that every platform draws."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TypeAlias

from briefings.blocks import Block, Spans
from briefings.intents import Intent
from briefings.tongue import Tongue, spoken


@dataclass(frozen=True, slots=True)
class Note:
    """Small print beside the matter: date, topics, source, "continued"."""

    spans: Spans


class Weight(Enum):
    """How much an action asks to be pressed."""

    NORMAL = auto()
    PRIMARY = auto()
    DANGER = auto()


@dataclass(frozen=True, slots=True)
class Action:
    """Something to press: a label of at most 75 code points and what it means."""

    label: str
    intent: Intent
    weight: Weight = Weight.NORMAL


@dataclass(frozen=True, slots=True)
class Actions:
    """A row of actions; a platform that holds fewer in a row draws several rows."""

    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """Something to pick: what it is called, what it means, and a line that tells it apart.

    A platform shortens both texts to what its menus hold: what matters stands elsewhere too.
    """

    label: str
    intent: Intent
    description: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """A list to pick one thing from; the placeholder stands there until something is picked.

    A platform whose menus hold fewer options draws several menus.
    """

    placeholder: str
    options: tuple[Option, ...]


Part: TypeAlias = Block | Note | Actions | Menu


@dataclass(frozen=True, slots=True)
class Message:
    """What is said once: a title, which is also its notification, and its blocks."""

    title: str
    blocks: tuple[Part, ...]
    tongue: Tongue = field(default_factory=spoken, compare=False, repr=False)
    """The language in which it was composed: what a platform adds to it is said in it as well."""


@dataclass(frozen=True, slots=True)
class Post:
    """What carries an edition: the card, and the parts in its thread or below it."""

    card: Message
    parts: tuple[Message, ...] = ()
    threaded: bool = True
    """Whether a thread is opened under the card, for the parts and what is said about them."""


class Audience(Enum):
    """Who sees a reply."""

    ASKER = auto()
    CHANNEL = auto()


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to a command or a press: a message and its audience; `before` is said first."""

    message: Message
    audience: Audience = Audience.ASKER
    before: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Home:
    """What somebody sees who looks at the bot itself: a box to search with, and blocks under it.

    `search` is the box's label, `hint` stands in it while it is empty; both in plain words.
    """

    search: str
    hint: str
    blocks: tuple[Part, ...]
    tongue: Tongue = field(default_factory=spoken, compare=False, repr=False)
    """As of `Message`."""
