"""What every platform does for the bot."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeAlias, TypeVar

from bot.findings import Finding
from bot.platforms.desk import Desk
from bot.platforms.gauges import Gauge
from briefings.message import Message, Post

Payload: TypeAlias = Mapping[str, object]
"""The body of one message in the platform's own JSON, without channel, thread and marker."""


def platform_of(name: str) -> str:
    """The platform of a workspace that is a platform of its own, such as `slack:T0123456789`."""
    return name.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Address:
    """A channel, or the thread `thread` in it, by the platform's own ids.

    `title` names what begins there, where the platform would name it after the message's words.
    """

    channel: str
    thread: str | None = None
    title: str | None = None


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

        Raises `PostRefused`, `PostDelayed` or `PostUnknown`, never anything else; `TitleRefused`
        where another title at the address may help.
        """

    async def edit(self, at: Address, message: str, payload: Payload, marker: str) -> None:
        """Put a payload in the place of a message of ours; twice is the same as once.

        Raises as `post`; `PostRefused` where the message is gone.
        """

    async def open_thread(self, channel: str, card: str, title: str) -> str:
        """The id of the thread under a card, opened where it is not open yet; raises as `post`.

        `TitleRefused` where another title may be taken.
        """

    async def find(self, at: Address, marker: str, since: datetime) -> str | None:
        """The id of our message with this marker, sent after `since` (UTC); raises as `post`."""

    async def link(self, at: Address, message: str) -> str | None:
        """The web address of a message, where there is one."""

    async def close(self) -> None:
        """Go offline and let go of every connection."""


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
    refusals: Sequence[str] = ()
    """The sentences that refusals are told with, which are kept in English."""
    ids: str = r"\S+"
    """The regular expression that every such id fits."""
    gauges: Callable[[Payload], tuple[Gauge, ...]] = lambda _: ()
    """How much a drawn message takes of each of the platform's limits."""
