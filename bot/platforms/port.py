"""What every platform does for the bot, and what the bot does for every platform."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, Protocol, TypeAlias, TypeVar, runtime_checkable

from bot.findings import Finding
from briefings.forms import Filled, Form, FormName
from briefings.intents import Intent
from briefings.message import Home, Message, Post, Reply

Payload: TypeAlias = Mapping[str, object]
"""The body of one message in the platform's own JSON, without channel, thread and marker."""


def platform_of(name: str) -> str:
    """The platform of a workspace that is a platform of its own, such as `slack:T0123456789`."""
    return name.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Address:
    """A channel, or the thread `thread` in it, by the platform's own ids."""

    channel: str
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """So many calls in so many seconds."""

    calls: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Rates:
    """What one token may send; `opening` is how many calls it takes to open a thread.

    `overall` is the pace that the bot keeps; `ceiling` what the platform counts, if that is more.
    """

    overall: Rate
    channel: Rate
    reading: Rate
    opening: int = 0
    ceiling: Rate | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One call of a platform's API: method, path, and the JSON body as it is on the wire."""

    method: str
    path: str
    body: Mapping[str, object]


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


@dataclass(frozen=True, slots=True)
class Pressed:
    """Somebody pressed an action; `intent` is nothing where its token was never ours."""

    intent: Intent | None
    place: Place
    person: str
    key: str = field(default="", compare=False)
    """As of `Asked`."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who changes a channel's posts, as far as the platform tells.

    `managers` names, for a sentence, those who may; `zone` is their own time zone.
    """

    id: str
    may_manage: bool
    managers: str
    zone: str | None = None


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


class Platform(Protocol):
    """A platform as the bot uses it; a new one is a new room and a line in the registry."""

    @property
    def name(self) -> str:
        """`slack`, `discord`, …; the key of the registry and of the ledger's rows."""

    def draw(self, message: Message) -> tuple[Payload, ...]:
        """The message as one payload, or as several where it exceeds a limit. Pure."""

    async def connect(self, desk: Desk | None) -> None:
        """Come online and bring events to the desk; returns when the platform is ready.

        Without a desk it only gets ready to post, and takes no event away from a running bot.

        Raises `PlatformError` with a sentence that names the setting to change.
        """

    async def post(self, to: Address, payload: Payload, marker: str) -> str:
        """Send one message and return its id.

        Raises `PostRefused`, `PostDelayed` or `PostUnknown`, never anything else.
        """

    async def edit(self, at: Address, message: str, payload: Payload, marker: str) -> None:
        """Put a payload in the place of a message of ours; twice is the same as once.

        Raises as `post`; `PostRefused` where the message is gone.
        """

    async def open_thread(self, channel: str, card: str, title: str) -> str:
        """The id of the thread under a card, opened where it is not open yet; raises as `post`."""

    async def find(self, at: Address, marker: str, since: datetime) -> str | None:
        """The id of our message with this marker, sent after `since` (UTC); raises as `post`."""

    async def link(self, at: Address, message: str) -> str | None:
        """The web address of a message, where there is one."""

    async def close(self) -> None:
        """Go offline and let go of every connection."""


@runtime_checkable
class Reaching(Platform, Protocol):
    """A platform that can speak to one person, and can tell whether it may post in a channel."""

    async def tell(self, person: str, payload: Payload) -> None:
        """Send one message to one person, directly; raises as `post`."""

    async def called(self, channel: str) -> str:
        """What people call a channel; its id where the platform does not say."""

    async def bar(self, channel: str) -> str | None:
        """Why nothing can be posted in a channel, to complete "because …"; nothing where it can.

        Raises `PostError` where the platform does not say.
        """


@runtime_checkable
class Knowing(Platform, Protocol):
    """A platform that knows its channels by what people call them."""

    async def named(self, channel: str, workspace: str) -> Channel | None:
        """The channel of a workspace with this id or name that the bot is in, where there is one.

        Raises as `post`.
        """


class RoomSettings(Protocol):
    """The settings of a room: a pydantic-settings class whose field names are the variables."""

    @property
    def configured(self) -> bool:
        """Whether there is a token to come online with.

        Raises `SettingError` where it is half there (one token of two).
        """

    @property
    def channels(self) -> tuple[str, ...]:
        """The ids of the channels that get the day's briefing."""


CAREFUL = Rates(Rate(10, 1.0), Rate(1, 1.05), Rate(1, 1.0), opening=1)
"""The pace for a platform that names none."""

S = TypeVar("S", bound=RoomSettings)

Check: TypeAlias = Callable[
    [S, Sequence[str], Callable[[], datetime]], Awaitable[tuple[Finding, ...]]
]
"""Whether the bot can do its work with these settings, in the channels of these ids; the last is
what tells the time in UTC. It changes nothing on the platform, and raises nothing."""


@dataclass(frozen=True, slots=True)
class Room(Generic[S]):
    """A room as the registry knows it: its settings, how it draws, and how it comes online."""

    name: str
    settings: type[S]
    draw: Callable[[Message], tuple[Payload, ...]]
    requests: Callable[[Post, str], tuple[Request, ...]]
    """The calls that would carry a post to a channel; unknown ids stand as `{card}`, `{thread}`."""
    open: Callable[[S], Platform]
    """The platform with these settings; nothing is connected before `connect`."""
    rates: Rates = CAREFUL
    check: Check[S] | None = None
    channel: str = "C0123456789"
    """What the id of a channel looks like."""
    ids: str = r"\S+"
    """The regular expression that every such id fits."""
