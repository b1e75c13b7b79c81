"""The row of quiet signals on a card."""

from __future__ import annotations

from briefings import followup_words as words
from briefings.followups import Kind, Signal
from briefings.message import Action, Actions
from briefings.model import BriefingId
from briefings.tongue import say

LABELS = {
    Kind.KNEW: words.KNEW,
    Kind.SURPRISED: words.SURPRISED,
    Kind.AFFECTS: words.AFFECTS,
    Kind.EXPLAIN: words.EXPLAIN,
}
"""Short: the four stand in one row on a phone."""


def signal_row(briefing: BriefingId) -> Actions:
    """The four signals, in a row of their own."""
    return Actions(
        tuple(Action(say(label), Signal(kind, briefing)) for kind, label in LABELS.items())
    )
