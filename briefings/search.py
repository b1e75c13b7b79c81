"""What a search found, and whether that is one clear answer, a choice, or a miss."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from briefings.blocks import Spans
from briefings.model import BriefingId

QUERY_LIMIT = 200
"""Code points of a query that are read; what is longer is cut, and the answer says so."""

CLEAR_LEAD = 0.3
"""How far the best hit must be ahead of the second to be the answer by itself."""


class MatchKind(StrEnum):
    """How a briefing answers a query, from surest to boldest."""

    EXACT = "exact"
    WORDS = "words"
    PREFIX = "prefix"
    TYPO = "typo"


@dataclass(frozen=True, slots=True)
class Hit:
    """A briefing found: `score` is 0 to 1, the excerpt has the matched words strong."""

    id: BriefingId
    title: str
    score: float
    kind: MatchKind
    excerpt: Spans = ()


@dataclass(frozen=True, slots=True)
class Results:
    """A page of hits, best first; `total` counts all pages.

    `query` is what was read of the question, `cut` says that it was longer, and `nearest` are
    names to offer where there is no hit. `partial` says that some of the library could not be
    found yet. `title` says what was browsed, where it was no search.
    """

    query: str
    hits: tuple[Hit, ...] = ()
    total: int = 0
    cut: bool = False
    nearest: tuple[str, ...] = ()
    title: str = ""
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion of half-typed text: what is shown, and the query it then stands for."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Winner:
    """One briefing is clearly meant."""

    id: BriefingId


@dataclass(frozen=True, slots=True)
class Choice:
    """Several briefings may be meant."""

    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Miss:
    """No briefing is meant; `nearest` are names that look alike."""

    nearest: tuple[str, ...]


Decision: TypeAlias = Winner | Choice | Miss


def decide(results: Results) -> Decision:
    """One clear winner, several to choose from, or none; asked of the first page."""
    match results.hits:
        case ():
            return Miss(results.nearest)
        case (only,) if results.total == 1:
            return Winner(only.id)
        case (first, second, *_) if _is_ahead(first, second):
            return Winner(first.id)
        case hits:
            return Choice(hits)


def cut_query(text: str) -> tuple[str, bool]:
    """The query as it is read, blanks at its ends aside, and whether it was longer than that."""
    query = text.strip()
    return query[:QUERY_LIMIT].rstrip(), len(query) > QUERY_LIMIT


def _is_ahead(first: Hit, second: Hit) -> bool:
    if first.kind is MatchKind.EXACT:
        return second.kind is not MatchKind.EXACT or first.score > second.score
    return first.score - second.score >= CLEAR_LEAD
