"""The send budget: no stretch of time holds more than the platform takes, and nobody starves."""

from __future__ import annotations

import asyncio
from collections import Counter
from heapq import heappop, heappush
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.pace import Pace
from bot.delivery.window import Window
from bot.platforms.port import Rate, Rates
from tests.fakes import MovedClock

RATES = Rates(Rate(10, 1.0), Rate(1, 1.0), Rate(2, 1.0), opening=2)


async def turns(pace: Pace, channels: list[str], since: list[float]) -> list[tuple[float, str]]:
    """The turns in the order in which they are given."""
    given: list[tuple[float, str]] = []

    async def one(channel: str, since: float) -> None:
        given.append((await pace.turn(channel, since), channel))

    await asyncio.gather(*(one(*each) for each in zip(channels, since, strict=True)))
    return given


async def test_a_channel_waits_for_its_own_pause_and_no_other_channel_waits_for_it() -> None:
    clock = MovedClock()
    began = clock.ticks()
    given = await turns(Pace(clock, RATES), ["a", "a", "a", "b"], [0, 1, 2, 3])
    at = {name: [when - began for when, each in given if each == name] for name in "ab"}
    assert all(after - before >= 1 for before, after in pairwise(at["a"]))
    assert at["b"][0] < 0.5


async def test_all_together_keep_the_tokens_pace() -> None:
    clock = MovedClock()
    given = await turns(Pace(clock, RATES), [f"c{number}" for number in range(40)], [0.0] * 40)
    moments = [when for when, _ in given]
    assert all(moments[index + 10] - moments[index] >= 0.999 for index in range(30))
    assert moments[-1] - moments[0] < 4.1


async def test_turns_come_a_few_at_a_time_and_no_more_than_that() -> None:
    given = await turns(Pace(MovedClock(), RATES), [f"c{number}" for number in range(40)], [0] * 40)
    together = Counter(round(when, 3) for when, _ in given)
    assert max(together.values()) == 10


async def test_the_channel_that_waits_longest_goes_first() -> None:
    names = ["young", "old", "older", "oldest"]
    given = await turns(Pace(MovedClock(), RATES), names, [9.0, 3.0, 2.0, 1.0])
    assert [name for _, name in given] == ["oldest", "older", "old", "young"]


async def test_a_limited_channel_rests_and_the_others_go_on() -> None:
    clock = MovedClock()
    pace = Pace(clock, RATES)
    began = clock.ticks()
    pace.limited("a", 30)
    given = await turns(pace, ["a", "b", "c"], [0, 1, 2])
    at = {name: when - began for when, name in given}
    assert at["a"] >= 30
    assert at["b"] < 1
    assert at["c"] < 1


async def test_a_channel_whose_limit_is_used_up_rests_and_nobody_slows_down() -> None:
    clock = MovedClock()
    pace = Pace(clock, RATES)
    began = clock.ticks()
    for channel in "abc":
        pace.rest(channel, 30)
    given = await turns(pace, ["a", "d"], [0, 1])
    at = {name: when - began for when, name in given}
    assert at["a"] >= 30
    assert at["d"] < 0.5


async def test_limits_from_several_channels_slow_everybody_down() -> None:
    clock = MovedClock()
    pace = Pace(clock, RATES)
    began = clock.ticks()
    for channel in ("a", "b", "c"):
        pace.limited(channel, 5)
    assert await pace.turn("d", 0) - began >= 5


async def test_posts_give_way_to_answers() -> None:
    clock = MovedClock()
    pace = Pace(clock, RATES)
    began = clock.ticks()
    for _ in range(10):
        pace.answer("a")
    assert await pace.turn("b", 0) - began >= 0.99


async def test_sends_that_were_held_up_do_not_crowd() -> None:
    clock = MovedClock()
    pace = Pace(clock, RATES)
    moments = [await pace.turn(f"c{number}", 0) for number in range(30)]
    clock.move(seconds=10)
    went = []
    for moment in moments:
        went.append(await pace.until(moment))
        pace.ended(went[-1])
    assert all(went[index + 10] - went[index] >= 1 for index in range(20))


@given(st.lists(st.tuples(st.floats(0, 0.3), st.floats(0, 2.5)), max_size=120))
def test_however_long_calls_are_on_their_way_the_platform_never_counts_too_many(
    calls: list[tuple[float, float]],
) -> None:
    quickest, now = 0.01, 0.0
    window = Window(Rate(10, 1.0))
    counted: list[float] = []
    under_way: list[tuple[float, float]] = []
    for pause, more in calls:
        now += pause
        while True:
            while under_way and under_way[0][0] <= now:
                ended, began = heappop(under_way)
                window.leave(began, ended, answered=True)
            if not (wait := window.excess(now)):
                break
            now += max(wait, 0.001)
        heappush(under_way, (now + quickest + more, now))
        counted.append(now + quickest / 2 + more * (len(counted) % 2))
    counted.sort()
    assert all(
        after - before >= 0.999 for before, after in zip(counted, counted[10:], strict=False)
    )


def test_a_first_call_that_is_long_on_its_way_counts_as_late_as_it_may() -> None:
    window = Window(Rate(2, 1.0))
    assert [window.excess(0.0), window.excess(0.0)] == [0.0, 0.0]
    window.leave(0.0, 0.3, answered=True)  # it opened its connection first
    assert window.excess(0.5) > 0
    window.leave(0.0, 0.4, answered=True)
    assert window.excess(1.29) > 0
    assert window.excess(1.33) == 0


async def test_one_limit_that_many_calls_hear_of_slows_down_once() -> None:
    clock = MovedClock()
    once, often = Pace(clock, RATES), Pace(clock, RATES)
    once.limited("a", 1, everything=True)
    for number in range(20):
        often.limited(f"c{number}", 1, everything=True)
    names = [f"d{number}" for number in range(30)]
    took = []
    for pace in (once, often):
        given = await turns(pace, names, [0.0] * 30)
        took.append(given[-1][0] - given[0][0])
    assert took[0] == pytest.approx(took[1], rel=0.01)


async def test_a_limit_on_everything_holds_everybody_up() -> None:
    clock = MovedClock()
    pace = Pace(clock, RATES)
    began = clock.ticks()
    pace.limited("a", 5, everything=True)
    assert await pace.turn("b", 0) - began >= 5


async def test_an_answer_counts_among_the_calls() -> None:
    clock = MovedClock()
    pace = Pace(clock, RATES)
    began = clock.ticks()
    moment = await pace.turn("b", 0)
    for _ in range(10):
        pace.answer("a")
    assert await pace.until(moment) - began >= 1
