"""What people mean by a topic or by days, and what they get."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.browsing import About, Days, Wish, browse, day_of, named, topics_of, wish_in
from briefings.model import Briefing, BriefingId, Entry, Library
from briefings.search import QUERY_LIMIT

TODAY = date(2026, 11, 25)  # a Wednesday


def entry(name: str, day: date | None = None, *topics: str) -> Entry:
    briefing = Briefing(name.title(), (), date=day, topics=topics)
    return Entry(BriefingId(name), briefing, datetime(2026, 11, 20, tzinfo=UTC))


def shelved(*entries: Entry) -> Library:
    return {each.id: each for each in entries}


LIBRARY = shelved(
    entry("buses", date(2026, 11, 24), "Mobility", "Energy"),
    entry("trams", date(2026, 11, 18), "mobility"),
    entry("trains", date(2026, 10, 31), "Mobility", "mobility"),
    entry("undated", None, "Energy"),
)


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("today", "2026-11-25", "2026-11-25"),
        (" Yesterday ", "2026-11-24", "2026-11-24"),
        ("tomorrow", "2026-11-26", "2026-11-26"),
        ("this week", "2026-11-23", "2026-11-29"),
        ("LAST  week", "2026-11-16", "2026-11-22"),
        ("this month", "2026-11-01", "2026-11-30"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("2026-11-24", "2026-11-24", "2026-11-24"),
        ("2026-11-24..2026-12-01", "2026-11-24", "2026-12-01"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-12", "2026-12-01", "2026-12-31"),
        ("2025", "2025-01-01", "2025-12-31"),
    ],
)
def test_words_mean_days(query: str, first: str, last: str) -> None:
    days = Days(date.fromisoformat(first), date.fromisoformat(last))
    assert wish_in(query, TODAY) == days


@pytest.mark.parametrize(
    "query",
    ["", "last", "weekly", "2026-13", "2026-02-30", "9999-12", "0000-01-01", "topic:", "12"],
)
def test_other_words_are_words_to_look_for(query: str) -> None:
    assert wish_in(query, TODAY) is None


@pytest.mark.parametrize("query", ["topic:mobility", "Topic : mobility", ' topic: "mobility" '])
def test_a_topic_is_named_after_a_colon(query: str) -> None:
    assert wish_in(query, TODAY) == About("mobility")


@given(st.text(max_size=QUERY_LIMIT * 2) | st.from_regex(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?"))
def test_every_query_has_an_answer(query: str) -> None:
    wish_in(query, TODAY)


@given(st.dates(), st.dates())
def test_a_wish_has_a_name_that_means_it_on_any_day(one: date, other: date) -> None:
    wish = Days(min(one, other), max(one, other))
    assert wish_in(named(wish), TODAY) == wish
    assert wish_in(named(About("mobility")), other) == About("mobility")


@pytest.mark.parametrize(
    ("wish", "ids", "title"),
    [
        (About("MOBILITY"), ["buses", "trams", "trains"], "Briefings on MOBILITY"),
        (Days(TODAY, TODAY), [], "Briefings of Wed 25 Nov 2026"),
        (
            Days(date(2026, 11, 16), date(2026, 11, 24)),
            ["buses", "undated", "trams"],
            "Briefings from Mon 16 Nov 2026 to Tue 24 Nov 2026",
        ),
    ],
)
def test_what_is_meant_comes_newest_first(wish: Wish, ids: list[str], title: str) -> None:
    results = browse(LIBRARY, wish, 5, 0)
    assert [hit.id for hit in results.hits] == ids
    assert (results.total, results.title, results.nearest) == (len(ids), title, ())


def test_a_page_follows_the_other() -> None:
    results = browse(LIBRARY, About("mobility"), 2, 2)
    assert [hit.id for hit in results.hits] == ["trains"]
    assert results.total == 3


def test_a_mistyped_topic_has_near_ones() -> None:
    assert browse(LIBRARY, About("mobilty"), 5, 0).nearest == ("topic:Mobility",)


def test_a_near_topic_is_found_among_many_and_beside_endless_ones() -> None:
    others = [entry(f"b{at}", None, f"bottling {at}", "mobilty" * 40 + str(at)) for at in range(99)]
    library = {**LIBRARY, **shelved(*others)}
    assert browse(library, About("mobilty"), 5, 0).nearest[0] == "topic:Mobility"


def test_topics_are_counted_once_a_briefing_in_their_commonest_spelling() -> None:
    topics = {"a": ("x", "X"), "b": ("X",), "c": ("Art",), "d": ("X",)}
    once = shelved(*(entry(name, None, *its) for name, its in topics.items()))
    assert topics_of(once) == [("X", 3), ("Art", 1)]


def test_a_briefing_without_a_date_belongs_to_the_day_it_came_in() -> None:
    assert day_of(LIBRARY[BriefingId("undated")]) == date(2026, 11, 20)
