"""How often the processes on one PostgreSQL look after each other."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tempo:
    """Seconds."""

    heartbeat: float = 2.0
    stalled: float = 8.0
    """A worker without a heartbeat for so long has its lanes given to others."""
    tend: float = 2.0
    """Between looks for stalled jobs, and for due editions whose wake-up call got lost."""
    poll: float = 5.0
    """Between looks for jobs beside LISTEN and NOTIFY."""
