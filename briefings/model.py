"""What a briefing is: a title, a date, topics, sections and sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType, TypeAlias

from briefings.blocks import Block, Spans, text_of

BriefingId = NewType("BriefingId", str)
"""A briefing's name in the library: 1 to 40 of `a-z 0-9 -`, the same for as long as it lives."""


class TitleFrom(StrEnum):
    """Where a title was found; the last two are derived, and the reader says so."""

    METADATA = "metadata"
    HEADING = "heading"
    TEXT = "text"
    FIRST_SENTENCE = "first sentence"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its blocks; the lead before the first heading has no heading and level 0."""

    heading: Spans
    level: int
    blocks: tuple[Block, ...]

    @property
    def name(self) -> str:
        """The heading's words."""
        return text_of(self.heading)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a briefing's facts come from."""

    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Briefing:
    """A document made of headed sections."""

    title: str
    sections: Sequence[Section]
    title_from: TitleFrom = TitleFrom.METADATA
    date: date | None = None
    topics: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    questions: tuple[str, ...] = ()
    extras: tuple[tuple[str, str], ...] = ()
    """Other fields of the front matter, as (name, text), in their order."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A briefing under its name in the library, with the moment (UTC) it came in."""

    id: BriefingId
    briefing: Briefing
    added: datetime
    file: str = ""


Library: TypeAlias = Mapping[BriefingId, Entry]
