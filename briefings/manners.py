"""How a channel discusses its briefings, where it chose, and how it does where it did not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Where: TypeAlias = Literal["thread", "channel"]

NO_RECAP = "off"


@dataclass(frozen=True, slots=True)
class Manners:
    """`recap` is as people type it: `off`, `quiet 4h` or a local time such as `17:00`."""

    opens: bool = True
    """Whether its posts lead to a discussion."""
    keeps_text: bool = False
    """Whether the words and links of replies are kept, and not only that there were some."""
    kept_days: int = 90
    """Days after which what was said is forgotten."""
    recap: str = NO_RECAP
    recap_in: Where = "thread"
    signals: bool = True
    """Whether its cards have the quiet signals."""


def line_of_manners(manners: Manners) -> str:
    """The manners in one line, as people type them after `discussions`."""
    said = {
        "opens": _switch(manners.opens),
        "text": _switch(manners.keeps_text),
        "kept": f"{manners.kept_days}d",
        "recap": f'"{manners.recap}"' if " " in manners.recap else manners.recap,
        "in": manners.recap_in,
        "signals": _switch(manners.signals),
    }
    return " ".join(f"{name}:{value}" for name, value in said.items())


def _switch(on: bool) -> str:
    return "on" if on else "off"
