"""Running a query's tiers: which hits they give, in which order, and how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, cast

from tantivy import DocAddress, Query, Searcher

from bot.library.likeness import SHARE, Likeness
from bot.library.tiers import Step, Tier
from briefings.search import MatchKind

RERANKED = 64
"""How many of the best of a ranked tier are put in order by more than their score."""

LIKELY = 16
"""How many of the best titles whose letters are alike are compared letter by letter."""

SHADES = 20
"""Scores count as equal that fall into the same of this many shades of the best one."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a hit lies in the index, and why it was found."""

    at: DocAddress
    score: float
    kind: MatchKind


def gather(searcher: Searcher, step: Step, need: int, size: int) -> tuple[tuple[Found, ...], int]:
    """The first `need` hits of a step, and how many it has in all.

    `size` is the number of words asked for: of equals, a title of that many words comes first.
    """
    found: dict[tuple[int, int], Found] = {}
    total: int | None = None
    for tier in step:
        if len(found) < need:
            hits, total = _run(searcher, tier, need + len(found), size, counts=tier is step[-1])
            for hit in hits:
                found.setdefault((hit.at.segment_ord, hit.at.doc), hit)
    if not found:
        return (), 0
    if len(found) < need or step[-1].like:
        return tuple(found.values())[:need], len(found)
    if total is None:
        total = _count(searcher, step[-1].query)
    return tuple(found.values())[:need], max(need, total)


class _Answer(Protocol):
    """A search's result; tantivy's stub forgets the count."""

    hits: list[tuple[float, DocAddress]]
    count: int | None


def _run(
    searcher: Searcher, tier: Tier, limit: int, size: int, *, counts: bool
) -> tuple[list[Found], int | None]:
    """A tier's hits, and how many it has where that is to be counted."""
    if tier.like:
        return _ranked(searcher, tier, _alike(searcher, tier.query, tier.like), size), None
    if tier.ranked:
        most = max(RERANKED, limit)
        result = cast("_Answer", searcher.search(tier.query, most, count=counts))
        return _ranked(searcher, tier, result.hits, size), result.count
    asked = searcher.search(tier.query, limit, count=counts, order_by_field="recent")
    result = cast("_Answer", asked)
    return [Found(at, tier.worth, tier.kind) for _, at in result.hits], result.count


def _alike(searcher: Searcher, query: Query, like: Likeness) -> list[tuple[float, DocAddress]]:
    """The likely titles that are alike enough, by how much they are."""
    likely = [at for _, at in searcher.search(query, LIKELY, count=False).hits]
    shares = [(like.share(_title(searcher, at)), at) for at in likely]
    return sorted((each for each in shares if each[0] >= SHARE), key=lambda each: -each[0])


def _title(searcher: Searcher, at: DocAddress) -> str:
    return bytes(searcher.doc(at)["shown"][0]).decode()


def _count(searcher: Searcher, query: Query) -> int:
    # Two thirds of what a search takes that scores what it counts.
    counted = searcher.aggregate(query, {"all": {"value_count": {"field": "recent"}}})
    return int(counted["all"]["value"])


def _ranked(
    searcher: Searcher, tier: Tier, hits: Sequence[tuple[float, DocAddress]], size: int
) -> list[Found]:
    """The best hits by shade of score, then titles as long as the question, then the newest."""
    best = hits[0][0] if hits else 1.0
    head = [at for _, at in hits[:RERANKED]]
    ages = searcher.fast_field_values("recent", head)
    sizes = searcher.fast_field_values("size", head)
    order = sorted(
        range(len(head)),
        key=lambda at: (-round(hits[at][0] / best * SHADES), sizes[at] != size, -(ages[at] or 0)),
    )
    reordered = [hits[at] for at in order] + list(hits[RERANKED:])
    return [Found(at, tier.worth * score / best, tier.kind) for score, at in reordered]
