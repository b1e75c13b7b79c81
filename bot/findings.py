"""What a check found: one line each, fit for people and for programs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How a thing stands: well, doubtful, or so that the bot cannot do its work."""

    OK = "ok"
    WARN = "warn"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Finding:
    """How one thing stands; unless it stands well, the sentence says what to do."""

    about: str
    level: Level
    told: str
