"""One clear answer, a choice, or a miss."""

from __future__ import annotations

import pytest

from briefings.model import BriefingId
from briefings.search import (
    CLEAR_LEAD,
    QUERY_LIMIT,
    Choice,
    Hit,
    MatchKind,
    Miss,
    Results,
    Winner,
    cut_query,
    decide,
)


def hit(name: str, score: float, kind: MatchKind = MatchKind.WORDS) -> Hit:
    return Hit(BriefingId(name), name.title(), score, kind)


def results(*hits: Hit, total: int | None = None) -> Results:
    return Results("query", hits, len(hits) if total is None else total)


def test_no_hit_is_a_miss_with_the_nearest_names() -> None:
    assert decide(Results("qwerty", nearest=("Query",))) == Miss(("Query",))


@pytest.mark.parametrize("kind", MatchKind)
def test_the_only_hit_wins_however_it_was_found(kind: MatchKind) -> None:
    assert decide(results(hit("one", 0.1, kind))) == Winner(BriefingId("one"))


def test_one_hit_on_a_page_of_several_is_a_choice() -> None:
    only = hit("one", 0.8)
    assert decide(results(only, total=2)) == Choice((only,))


def test_an_exact_name_wins_over_any_other_hit() -> None:
    found = results(hit("one", 0.95, MatchKind.EXACT), hit("two", 0.94))
    assert decide(found) == Winner(BriefingId("one"))


def test_the_name_letter_by_letter_wins_over_the_same_words() -> None:
    exact, same_words = hit("c", 1.0, MatchKind.EXACT), hit("c-plus-plus", 0.95, MatchKind.EXACT)
    assert decide(results(exact, same_words)) == Winner(BriefingId("c"))


def test_two_briefings_of_one_name_are_a_choice() -> None:
    same = (hit("one", 1.0, MatchKind.EXACT), hit("two", 1.0, MatchKind.EXACT))
    assert decide(results(*same)) == Choice(same)


def test_a_clear_lead_wins_and_a_small_one_does_not() -> None:
    assert decide(results(hit("one", 0.8), hit("two", 0.8 - CLEAR_LEAD))) == Winner(
        BriefingId("one")
    )
    close = (hit("one", 0.8), hit("two", 0.81 - CLEAR_LEAD))
    assert decide(results(*close)) == Choice(close)


@pytest.mark.parametrize("size", range(QUERY_LIMIT - 3, QUERY_LIMIT + 4))
def test_a_query_is_cut_at_its_limit_and_says_so(size: int) -> None:
    query, was_cut = cut_query(f"\n {'é' * size}\t")
    assert query == "é" * min(size, QUERY_LIMIT)
    assert was_cut is (size > QUERY_LIMIT)
