"""New sessions: as many as Discord grants, and fewer when they fail again and again."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bot.errors import PlatformError
from bot.platforms.discord.budget import FREE, LONGEST, WINDOW, Budget


class Ticks:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def identify(budget: Budget, ticks: Ticks, seconds: float) -> int:
    """How often a shard identifies in so many seconds, when it never stays."""
    made, end = 0, ticks.now + seconds
    while ticks.now < end:
        ticks.now += max(budget.pause(), 1.0)
        budget.spend()
        made += 1
    return made


def test_a_storm_of_new_sessions_stays_far_below_a_days_thousand() -> None:
    ticks = Ticks()
    assert identify(Budget(ticks), ticks, 86_400) <= 360


def test_the_first_ones_wait_for_nobody_and_the_others_ever_longer() -> None:
    ticks = Ticks()
    budget = Budget(ticks)
    pauses = []
    for _ in range(FREE + 8):
        pauses.append(budget.pause())
        budget.spend()
    assert pauses[:FREE] == [0.0] * FREE
    assert all(one <= other for one, other in pairwise(pauses))
    assert pauses[-1] == LONGEST


def test_after_an_hour_all_is_forgotten() -> None:
    ticks = Ticks()
    budget = Budget(ticks)
    for _ in range(FREE + 1):
        budget.spend()
    assert budget.pause() > 0
    ticks.now += WINDOW
    assert budget.pause() == 0


def test_shards_are_counted_apart() -> None:
    budget = Budget(Ticks())
    for _ in range(FREE + 1):
        budget.spend(0)
    assert budget.pause(0) > 0
    assert budget.pause(1) == 0


@pytest.mark.parametrize(
    ("limit", "shards", "granted"),
    [
        ({"remaining": 1, "reset_after": 1}, 1, True),
        ({"remaining": 0, "reset_after": 3_600_000}, 1, False),
        ({"remaining": 1, "reset_after": 3_600_000}, 2, False),
        ({"remaining": 2}, 2, True),
        ({"remaining": 0}, 1, False),
        ({}, 1, True),
        ({"remaining": None}, 1, True),
    ],
)
def test_nobody_identifies_where_discord_grants_no_more(
    limit: dict[str, object], shards: int, granted: bool
) -> None:
    budget = Budget(Ticks())
    if granted:
        budget.check(limit, shards)
        return
    with pytest.raises(PlatformError, match="no new session for"):
        budget.check(limit, shards)
