"""How often a worker beats, and for how long it counts among the living."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Seconds of the monotonic clock.

    A call that began while its worker was fresh has ended, and shows in the channel, before
    those who took the work over look there for the last time: `fresh` and the longest call
    together are shorter than `dead` and all the looks of a delivery.
    """

    beat: float = 2.0
    fresh: float = 6.0
    """A worker whose last beat is older sends nothing more: it may have been given up."""
    dead: float = 10.0
    """A worker whose beat stood still for so long is given up by the others."""
