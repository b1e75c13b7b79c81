"""What pressing an action about a discussion means, and the tokens that carry it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from briefings.model import BriefingId


@dataclass(frozen=True, slots=True)
class Conclude:
    """Write down what a team concluded from a discussion, by the name of the latest version."""

    conclusion: str


@dataclass(frozen=True, slots=True)
class OpenConclusions:
    """Show what teams concluded about a briefing, privately."""

    briefing: BriefingId


@dataclass(frozen=True, slots=True)
class PostRecap:
    """Post the recap of a discussion in its thread, by the name of what a team concluded there."""

    conclusion: str


OnTalk: TypeAlias = Conclude | OpenConclusions | PostRecap


def encode_talk(intent: OnTalk) -> str:
    """The intent as a token."""
    match intent:
        case Conclude(conclusion):
            return f"b1:conclude:{conclusion}"
        case OpenConclusions(briefing):
            return f"b1:concluded:{briefing}"
        case PostRecap(conclusion):
            return f"b1:recap:{conclusion}"
        case _:
            assert_never(intent)


_CONCLUDE = re.compile(r"b1:conclude:([0-9a-f]{16})")
_RECAP = re.compile(r"b1:recap:([0-9a-f]{16})")
_CONCLUDED = re.compile(r"b1:concluded:([a-z0-9-]{1,40})")


def decode_talk(token: str) -> OnTalk | None:
    """What a token means; nothing for one that is not about a discussion."""
    if found := _CONCLUDE.fullmatch(token):
        return Conclude(found[1])
    if found := _CONCLUDED.fullmatch(token):
        return OpenConclusions(BriefingId(found[1]))
    if found := _RECAP.fullmatch(token):
        return PostRecap(found[1])
    return None
