"""What a reading yields: the briefing, remarks on its source, or one sentence of refusal."""

from __future__ import annotations

from dataclasses import dataclass

from briefings.model import Briefing


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the reader was unsure of; `line` counts from 1 in the source, where known."""

    line: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A briefing and the remarks, in the order of the source's lines."""

    briefing: Briefing
    warnings: tuple[Remark, ...]
    lines: tuple[int | None, ...] = ()
    """The line of the source on which each section begins, where known."""


class Unreadable(ValueError):
    """A document that cannot become a briefing; its text is one sentence without the file."""
