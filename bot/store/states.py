"""The states of editions and messages, and the moves between them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """Where an edition, or one message of its post, stands."""

    PLANNED = "planned"
    CLAIMED = "claimed"
    """A worker has the edition in hand."""
    SENDING = "sending"
    """About to be sent, or sent: after a crash nobody knows which."""
    DELAYED = "delayed"
    UNKNOWN = "unknown"
    RECONCILED = "reconciled"
    """Found in the channel after a doubt."""
    SENT = "sent"
    REFUSED = "refused"
    PARKED = "parked"
    SKIPPED = "skipped"


OPEN = (State.PLANNED, State.CLAIMED, State.SENDING, State.DELAYED, State.UNKNOWN)
STANDS = (State.SENT, State.RECONCILED)
"""A message in one of these states is in its channel."""

MESSAGE_MOVES: Mapping[State, tuple[State, ...]] = {
    State.PLANNED: (State.SENDING,),
    State.DELAYED: (State.SENDING,),
    State.SENDING: (State.SENT, State.REFUSED, State.DELAYED, State.UNKNOWN),
    State.UNKNOWN: (State.UNKNOWN, State.RECONCILED, State.PLANNED, State.PARKED),
    State.REFUSED: (State.PLANNED, State.SKIPPED),
    State.PARKED: (State.PLANNED, State.RECONCILED, State.SKIPPED),
}
"""What may become of a message; every other move is a mistake in the code."""

EDITION_MOVES: Mapping[State, tuple[State, ...]] = {
    State.PLANNED: (State.CLAIMED,),
    State.DELAYED: (State.CLAIMED,),
    State.SENDING: (State.CLAIMED,),
    State.UNKNOWN: (State.CLAIMED,),
    State.CLAIMED: (
        State.PLANNED,
        State.DELAYED,
        State.SENT,
        State.REFUSED,
        State.PARKED,
        State.SKIPPED,
    ),
    State.REFUSED: (State.PLANNED, State.SKIPPED),
    State.PARKED: (State.PLANNED, State.SKIPPED),
}
"""What may become of an edition."""
