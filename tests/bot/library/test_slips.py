"""Typing mistakes, counted and repaired."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library.slips import distance, is_slip, respaced, slips_in

word = st.text("abc", max_size=8)


@pytest.mark.parametrize(
    ("one", "other", "mistakes"),
    [
        ("summit", "summit", 0),
        ("sumit", "summit", 1),
        ("summitt", "summit", 1),
        ("sammit", "summit", 1),
        ("smumit", "summit", 1),
        ("musmit", "summit", 2),
        ("", "abc", 3),
    ],
)
def test_a_missing_added_changed_or_swapped_letter_is_one_mistake(
    one: str, other: str, mistakes: int
) -> None:
    assert distance(one, other) == mistakes


@given(word, word)
def test_mistakes_count_the_same_both_ways(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one) <= max(len(one), len(other))
    assert (distance(one, other) == 0) is (one == other)


@given(word, word, word)
def test_a_common_end_changes_nothing(one: str, other: str, end: str) -> None:
    assert distance(one + end, other + end) <= distance(one, other)


@pytest.mark.parametrize(("typed", "most"), [("ab", 0), ("abc", 1), ("abcde", 1), ("abcdef", 2)])
def test_longer_words_may_hold_more_mistakes(typed: str, most: int) -> None:
    assert slips_in(typed) == most
    assert is_slip(typed, typed + "z" * most)
    assert not is_slip(typed, typed + "z" * (most + 1))


def test_a_blank_too_few_and_a_blank_too_many_are_repaired() -> None:
    known = {"user", "summit", "usersummit"}.__contains__
    assert list(respaced(("user", "summit"), known)) == [("usersummit",)]
    assert list(respaced(("a", "usersummits"), {"user", "summits"}.__contains__)) == [
        ("a", "user", "summits")
    ]
    assert list(respaced(("user",), known)) == []
