"""Which briefing comes, in which order, and why none does."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from briefings.model import Briefing, BriefingId, Entry, Library
from briefings.pick import History, Lack, Nothing, Pick, Pins, Reason, chosen, pick
from briefings.schedule import Subscription, SubscriptionId

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)


def entry(
    name: str, dated: date | None = None, added: date = TODAY, topics: tuple[str, ...] = ()
) -> Entry:
    at = datetime.combine(added, time(6), UTC)
    return Entry(BriefingId(name), Briefing(name, (), date=dated, topics=topics), at)


def library(*entries: Entry) -> Library:
    return {each.id: each for each in entries}


def channel(
    topics: frozenset[str] = frozenset(), rest: int = 90, *, repeats: bool = True
) -> Subscription:
    return Subscription(
        SubscriptionId("slack/C0DAILY01"),
        "slack",
        "C0DAILY01",
        time(9),
        ZoneInfo("Europe/Berlin"),
        datetime(2026, 1, 1, tzinfo=UTC),
        topics=topics,
        rest=DAY * rest,
        repeats=repeats,
    )


def posted(**days_ago: int) -> History:
    return {BriefingId(name): TODAY - DAY * days for name, days in days_ago.items()}


SHELF = library(
    entry("pinned"),
    entry("dated", TODAY),
    entry("new", added=TODAY),
    entry("older", added=TODAY - DAY),
    entry("rested"),
    entry("waited"),
)


def test_pinned_comes_before_dated_before_newest_before_rested() -> None:
    pins: Pins = {TODAY: BriefingId("pinned")}
    history = dict(posted(rested=100, waited=200))
    told = []
    for _ in range(6):
        picked = pick(SHELF, channel(), history, TODAY, pins)
        assert isinstance(picked, Pick)
        told.append((picked.briefing, picked.reason))
        history[picked.briefing] = TODAY
    assert told == [
        ("pinned", Reason.PINNED),
        ("dated", Reason.DATED),
        ("new", Reason.NEWEST),
        ("older", Reason.NEWEST),
        ("waited", Reason.RESTED),
        ("rested", Reason.RESTED),
    ]
    assert pick(SHELF, channel(), history, TODAY, pins) == Nothing(Lack.RESTING)


def test_the_runner_up_is_what_would_have_come_instead() -> None:
    pins: Pins = {TODAY: BriefingId("dated")}
    first = pick(SHELF, channel(), {}, TODAY, pins)
    assert first == Pick(BriefingId("dated"), Reason.PINNED, BriefingId("new"))
    alone = pick(library(entry("a")), channel(), {}, TODAY)
    assert alone == Pick(BriefingId("a"), Reason.NEWEST, None)


def test_of_two_equals_the_first_by_name_comes() -> None:
    twins = library(entry("b", TODAY), entry("a", TODAY))
    picked = pick(twins, channel(), {}, TODAY)
    assert picked == Pick(BriefingId("a"), Reason.DATED, BriefingId("b"))
    later = pick(twins, channel(), {}, TODAY + DAY)
    assert later == Pick(BriefingId("a"), Reason.NEWEST, BriefingId("b"))


def test_the_date_of_a_briefing_counts_before_the_day_it_came_in() -> None:
    shelf = library(entry("old", TODAY - 9 * DAY, added=TODAY), entry("new", added=TODAY - DAY))
    assert pick(shelf, channel(), {}, TODAY) == Pick(
        BriefingId("new"), Reason.NEWEST, BriefingId("old")
    )


def test_a_briefing_does_not_come_before_its_day() -> None:
    shelf = library(entry("tomorrow", TODAY + DAY))
    assert pick(shelf, channel(), {}, TODAY) == Nothing(Lack.FUTURE)
    assert pick(shelf, channel(), posted(tomorrow=365), TODAY) == Nothing(Lack.FUTURE)
    assert isinstance(pick(shelf, channel(), {}, TODAY + DAY), Pick)


def test_a_pin_may_bring_a_briefing_forward() -> None:
    shelf = library(entry("tomorrow", TODAY + DAY))
    picked = pick(shelf, channel(), {}, TODAY, {TODAY: BriefingId("tomorrow")})
    assert picked == Pick(BriefingId("tomorrow"), Reason.PINNED)


@pytest.mark.parametrize("off", [-1, 0, 1])
@pytest.mark.parametrize("dated", [None, TODAY])
@pytest.mark.parametrize("pins", [{}, {TODAY: BriefingId("a")}])
def test_nothing_comes_twice_within_its_rest(off: int, dated: date | None, pins: Pins) -> None:
    picked = pick(library(entry("a", dated)), channel(), posted(a=90 + off), TODAY, pins)
    assert isinstance(picked, Pick) is (off >= 0)
    if off < 0:
        assert picked == Nothing(Lack.RESTING)


def test_a_channel_may_want_nothing_twice() -> None:
    shelf = library(entry("a", TODAY), entry("b"))
    once = channel(repeats=False)
    assert pick(shelf, once, posted(a=900), TODAY) == Pick(BriefingId("b"), Reason.NEWEST)
    assert pick(shelf, once, posted(a=900, b=900), TODAY) == Nothing(Lack.POSTED)


def test_topics_bind_a_pinned_and_a_dated_briefing_too() -> None:
    shelf = library(
        entry("law", TODAY, topics=("Law",)), entry("cars", topics=("Mobility", "cars")), entry("x")
    )
    cars = channel(frozenset({"CARS"}))
    picked = pick(shelf, cars, {}, TODAY, {TODAY: BriefingId("law")})
    assert picked == Pick(BriefingId("cars"), Reason.NEWEST)
    assert pick(shelf, channel(frozenset({"tea"})), {}, TODAY) == Nothing(Lack.TOPICS)


def test_a_pin_of_what_has_left_the_library_is_passed_over() -> None:
    picked = pick(library(entry("a")), channel(), {}, TODAY, {TODAY: BriefingId("gone")})
    assert picked == Pick(BriefingId("a"), Reason.NEWEST)


def test_an_empty_library_says_so() -> None:
    assert pick({}, channel(), {}, TODAY) == Nothing(Lack.EMPTY)


NAMES = st.sampled_from("abcdef").map(BriefingId)
NEAR = st.integers(-5, 5).map(lambda days: TODAY + DAY * days)
ENTRIES = st.builds(
    entry,
    NAMES,
    st.none() | NEAR,
    NEAR,
    st.sets(st.sampled_from(("law", "Cars"))).map(lambda topics: tuple(sorted(topics))),
)
SHELVES = st.lists(ENTRIES).map(lambda some: library(*some))
CHANNELS = st.builds(
    channel,
    st.frozensets(st.sampled_from(("law", "cars")), max_size=1),
    st.integers(1, 8),
    repeats=st.booleans(),
)


@given(SHELVES, CHANNELS, st.dictionaries(NEAR, NAMES))
def test_a_month_of_days_keeps_every_promise(
    shelf: Library, here: Subscription, pins: Pins
) -> None:
    history: dict[BriefingId, date] = {}
    for number in range(30):
        day = TODAY + DAY * number
        picked = pick(shelf, here, history, day, pins)
        if isinstance(picked, Nothing):
            continue
        come = shelf[picked.briefing]
        assert come.id not in history or (here.repeats and day - history[come.id] >= here.rest)
        assert not here.topics or here.topics & {t.casefold() for t in come.briefing.topics}
        is_future = come.briefing.date is not None and come.briefing.date > day
        assert not is_future or picked.reason is Reason.PINNED
        assert picked.runner_up != picked.briefing
        assert picked.reason is not Reason.PINNED or pins[day] == picked.briefing
        history[picked.briefing] = day


@given(SHELVES, CHANNELS)
def test_the_runner_up_comes_when_the_pick_leaves(shelf: Library, here: Subscription) -> None:
    picked = pick(shelf, here, {}, TODAY)
    assume(isinstance(picked, Pick))
    assert isinstance(picked, Pick)
    others = {name: each for name, each in shelf.items() if name != picked.briefing}
    next_one = pick(others, here, {}, TODAY)
    told = next_one.briefing if isinstance(next_one, Pick) else None
    assert picked.runner_up == told


@pytest.mark.parametrize(
    ("picked", "becomes"),
    [
        (Nothing(Lack.EMPTY), Pick(BriefingId("a"), Reason.CHOSEN)),
        (Pick(BriefingId("a"), Reason.NEWEST), Pick(BriefingId("a"), Reason.NEWEST)),
        (
            Pick(BriefingId("b"), Reason.NEWEST),
            Pick(BriefingId("a"), Reason.CHOSEN, BriefingId("b")),
        ),
    ],
)
def test_what_people_choose_comes_before_what_would_have_come(
    picked: Pick | Nothing, becomes: Pick
) -> None:
    assert chosen(picked, BriefingId("a")) == becomes
