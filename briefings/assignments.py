"""What one line after `/briefings` asks of those who write and approve."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from briefings.approving import Silence
from briefings.fields import NOTHING
from briefings.orders import LINE_LIMIT
from briefings.phrases import Misread, nearest
from briefings.tongue import say

_CHANNEL = re.compile(r"<#([^|>]+)(?:\|[^>]*)?>")


@dataclass(frozen=True, slots=True)
class Write:
    """Begin a briefing."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Write a new version of the briefing that these words name."""

    words: str


@dataclass(frozen=True, slots=True)
class Ask:
    """Have posts approved in the channel of this id or name; without one, tell what is agreed."""

    editors: str
    silence: Silence


@dataclass(frozen=True, slots=True)
class Trust:
    """Have posts go out without approval."""


Assignment: TypeAlias = Write | Edit | Ask | Trust


def read_assignment(text: str) -> Assignment | None:
    """The assignment in a line; nothing where it is none. Raises Misread."""
    verb, _, rest = text[:LINE_LIMIT].strip().partition(" ")
    match verb.casefold().rstrip(":"):
        case "write" | "new":
            return Write()
        case "edit" if rest.strip():
            return Edit(rest.strip())
        case "edit":
            raise Misread(say("Write words of the briefing's title: edit chery."))
        case "approval":
            return _read_approval(rest.split())
        case _:
            return None


def _read_approval(words: list[str]) -> Assignment:
    if not words:
        return Ask("", Silence.HOLD)
    channel, *others = words
    if channel.casefold() in NOTHING:
        return Trust()
    silence = others[0].casefold().removeprefix("silence:") if others else Silence.HOLD
    ways = [each.value for each in Silence]
    if silence not in ways or len(others) > 1:
        both = say(
            "Write the editors' channel and what silence means: approval #editors hold, or approval"
            " #editors send."
        )
        raise Misread(f"{both}{nearest(silence, ways)}")
    found = _CHANNEL.fullmatch(channel)
    return Ask(found[1] if found else channel.removeprefix("#"), Silence(silence))
