"""How a sandbox's Discord is set up before it opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.sandbox.discord import limits
from bot.sandbox.discord.permissions import USUAL, Intent

TEXT: Final = 0
ANNOUNCEMENT: Final = 5
DIRECT: Final = 1
GROUP: Final = 3
CATEGORY: Final = 4
FORUM: Final = 15


@dataclass(frozen=True, slots=True)
class Spot:
    """A channel to be: its name, what the bot may do there, its kind, and a forum's tags.

    A forum may want a tag on every post, and keep some tags for moderators.
    """

    name: str
    granted: int = USUAL
    kind: int = TEXT
    topic: str = ""
    tags: Sequence[str] = ()
    moderated: Sequence[str] = ()
    needs_tag: bool = False


@dataclass(frozen=True, slots=True)
class Setup:
    """The guild and the strictness of the platform; seconds where it is about time.

    `identify_every` is the pause that Discord asks between two identifications (5 s); it is off
    so that a bot which restarts in a test need not wait for it. `components_v2` off makes it a
    server that knows the components of old alone. AutoMod refuses the words that are `banned`, in
    titles those of `banned_titles` too, and Discord's filter the hosts that are `harmful`.
    """

    guild: str = "Sandbox"
    bot: str = "briefing"
    people: Sequence[str] = ("alice", "bob")
    channels: Sequence[Spot] = (
        Spot("daily-briefing", topic="Today's briefing, every working day"),
        Spot("general", topic="Everything else"),
    )
    token: str | None = None
    limited: bool = True
    privileged: int = Intent.MESSAGE_CONTENT
    answer_within: float = limits.ANSWER_WITHIN
    heartbeat: float = limits.HEARTBEAT
    identifies: int = limits.IDENTIFIES_A_DAY
    identify_every: float = 0.0
    shards: int = 1
    components_v2: bool = True
    banned: Sequence[str] = ()
    banned_titles: Sequence[str] = ()
    harmful: Sequence[str] = ()


DEFAULT = Setup()
