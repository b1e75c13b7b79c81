"""How much one person may ask of the bot in a minute, and what they hear who asked for more."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from briefings import patience_words as words
from briefings.blocks import Paragraph, plain
from briefings.message import Message
from briefings.tongue import say

MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left to a person of a minute's number, at a tick of a clock that nobody sets.

    It fills evenly: https://en.wikipedia.org/wiki/Token_bucket
    """

    left: float
    at: float
    waits: bool = False
    """Whether the last one had to be refused."""


def spend(had: Allowance | None, a_minute: int, ticks: float) -> tuple[Allowance, float]:
    """What is left after one more, and the seconds until there is one; 0: it may be had now.

    `ticks` are seconds. Who waits is not charged for asking.
    """
    pace = a_minute / MINUTE
    left = float(a_minute) if had is None else had.left + (ticks - had.at) * pace
    left = min(left, float(a_minute))
    if left >= 1:
        return Allowance(left - 1, ticks), 0.0
    return Allowance(left, ticks, waits=True), (1 - left) / pace


def compose_wait(seconds: float) -> Message:
    """The answer to somebody who asked for a lot at once."""
    told = words.wait(max(1, ceil(seconds)))
    return Message(say(words.TITLE), (Paragraph(plain(told)),))
