"""What people press on a post that stands there, and the tokens: watch, signal, what changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias, assert_never

from briefings.model import BriefingId


@dataclass(frozen=True, slots=True)
class Watch:
    """Have the bot ask about a line on its day; without a line, choose one of the section's.

    Sections count from 0; a line goes by its name, which is 8 hexadecimal digits.
    """

    briefing: BriefingId
    section: int
    line: str = ""


class Fate(StrEnum):
    """What became of a line that was promised."""

    DONE = "done"
    LATER = "later"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Settle:
    """Say what became of a promise, by its name, as it was asked for the `round`th time."""

    fate: Fate
    promise: str
    round: int


class Kind(StrEnum):
    """What somebody says quietly about a briefing."""

    KNEW = "knew"
    SURPRISED = "surprised"
    AFFECTS = "affects"
    EXPLAIN = "explain"


@dataclass(frozen=True, slots=True)
class Signal:
    """Say something quietly about a briefing, or take it back."""

    kind: Kind
    briefing: BriefingId


@dataclass(frozen=True, slots=True)
class Compare:
    """Show what changed in a briefing from one version to a later one."""

    briefing: BriefingId
    before: int
    after: int


FollowUp: TypeAlias = Watch | Settle | Signal | Compare

_WATCH = re.compile(r"b1:watch:(0|[1-9][0-9]{0,3}):([0-9a-f]{8})?:([a-z0-9-]{1,40})")
_SETTLE = re.compile(r"b1:due:(done|later|drop):(0|[1-9][0-9]{0,3}):([0-9a-f]{16})")
_SIGNAL = re.compile(r"b1:signal:(knew|surprised|affects|explain):([a-z0-9-]{1,40})")
_COMPARE = re.compile(r"b1:changed:([1-9][0-9]{0,5}):([1-9][0-9]{0,5}):([a-z0-9-]{1,40})")


def encode_followup(intent: FollowUp) -> str:
    """The intent as a token."""
    match intent:
        case Watch(briefing, section, line):
            return f"b1:watch:{section}:{line}:{briefing}"
        case Settle(fate, promise, number):
            return f"b1:due:{fate.value}:{number}:{promise}"
        case Signal(kind, briefing):
            return f"b1:signal:{kind.value}:{briefing}"
        case Compare(briefing, before, after):
            return f"b1:changed:{before}:{after}:{briefing}"
        case _:
            assert_never(intent)


def decode_followup(token: str) -> FollowUp | None:
    """What a token means; nothing for one that is none of these."""
    if found := _WATCH.fullmatch(token):
        return Watch(BriefingId(found[3]), int(found[1]), found[2] or "")
    if found := _SETTLE.fullmatch(token):
        return Settle(Fate(found[1]), found[3], int(found[2]))
    if found := _SIGNAL.fullmatch(token):
        return Signal(Kind(found[1]), BriefingId(found[2]))
    if found := _COMPARE.fullmatch(token):
        return Compare(BriefingId(found[3]), int(found[1]), int(found[2]))
    return None
