"""The allowance of a person: a minute's number at once, then evenly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.patience import MINUTE, Allowance, compose_wait, spend
from briefings.tongue import spoken


@given(
    st.integers(1, 100),
    st.lists(st.floats(0, 30, allow_nan=False), min_size=1, max_size=300),
)
def test_nobody_gets_more_than_two_minutes_numbers_in_any_minute(
    a_minute: int, pauses: list[float]
) -> None:
    had: Allowance | None = None
    ticks, passed = 1_000.0, []
    for pause in pauses:
        ticks += pause
        had, wait = spend(had, a_minute, ticks)
        passed += [] if wait else [ticks]
    for begin in passed:
        assert sum(begin <= each < begin + MINUTE for each in passed) <= 2 * a_minute


@given(st.integers(1, 100), st.integers(1, 300))
def test_who_waits_as_long_as_they_are_told_may_go_on(a_minute: int, before: int) -> None:
    had, ticks, wait = None, 5.0, 0.0
    for _ in range(before):
        had, wait = spend(had, a_minute, ticks)
    assert bool(wait) == (before > a_minute)
    assert had is not None
    assert had.waits == bool(wait)
    _, wait = spend(had, a_minute, ticks + max(wait, MINUTE / a_minute) + 0.001)
    assert wait == 0


def test_at_an_even_pace_nobody_waits() -> None:
    had: Allowance | None = None
    for second in range(1_000):
        had, wait = spend(had, 60, float(second))
        assert wait == 0


@pytest.mark.parametrize(
    ("seconds", "told"), [(0.01, "1 second."), (1.2, "2 seconds."), (59.0, "59 seconds.")]
)
def test_the_answer_says_when(seconds: float, told: str) -> None:
    message = compose_wait(seconds)
    assert message.tongue == spoken()
    assert told in repr(message.blocks)
