"""What holds for every library and every query."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.library.index import Index
from bot.library.schema import literal
from briefings.search import QUERY_LIMIT
from tests.bot.library.makers import entry, found

SOON = 1.0
"""Seconds in which any query is answered, on a slow and busy machine too."""


@st.composite
def titles(draw: st.DrawFn) -> str:
    """Titles of any script, some near the limit of a query."""
    size = draw(st.integers(1, 12) | st.integers(QUERY_LIMIT - 3, QUERY_LIMIT + 3))
    text = draw(st.text(st.characters(codec="utf-8"), min_size=min(size, 12), max_size=12))
    return (text * (size // len(text) + 1))[:size].strip() or "Title"


words = st.text(st.characters(categories=["Ll", "Lu", "Lo", "Nd"]), min_size=1, max_size=12)
plain_words = st.text("abcdefgh", min_size=3, max_size=7)


@settings(max_examples=60, deadline=None)
@given(st.lists(titles(), min_size=1, max_size=6), st.text(max_size=40))
def test_every_briefing_is_found_by_its_exact_title_first(names: list[str], body: str) -> None:
    index = Index(entry(f"entry-{at}", name, body, age=at) for at, name in enumerate(names))
    for name in names:
        hits = index.search(name).hits
        assert hits
        assert literal(hits[0].title) == literal(name)


@settings(max_examples=60, deadline=None)
@given(words, st.lists(plain_words, max_size=6))
def test_a_briefing_is_found_by_any_of_its_words(word: str, others: list[str]) -> None:
    body = " ".join([*others, word, *others])
    for made in (entry("it", "Title", body), entry("it", body), entry("it", "T", heading=body)):
        assert "it" in found(Index([made, entry("other", "Other")]), word)


@settings(max_examples=40, deadline=None)
@given(st.lists(plain_words, min_size=2, max_size=5), st.lists(plain_words, max_size=30))
def test_adding_briefings_hides_no_title(name: list[str], others: list[str]) -> None:
    title = " ".join(name)
    index = Index([entry("it", title, age=9)])
    index.update(*(entry(f"e{at}", f"{word} {title}", title) for at, word in enumerate(others)))
    assert found(index, title)[0] == "it"


@settings(max_examples=60, deadline=None)
@given(st.lists(plain_words, min_size=2, max_size=4, unique=True), st.data())
def test_a_title_is_found_with_two_neighbours_swapped(name: list[str], data: st.DataObject) -> None:
    title = " ".join(name)
    at = data.draw(
        st.sampled_from([n for n in range(len(title) - 1) if " " not in title[n : n + 2]])
    )
    typed = title[:at] + title[at + 1] + title[at] + title[at + 2 :]
    assert found(Index([entry("it", title), entry("other", "xyz")]), typed)[:1] == ["it"]


HOSTILE = (
    "title:chery AND (NOT body:*)",
    '"unclosed phrase',
    "chery~9999 ^^^ ++ -- && || !",
    "/(a+)+$/ [a TO z] {* TO *}",
    "*?*?*?*",
    "\x00\x01\x02\ud800\udfff\u202e\u200b",
    "a" * 1_000_000,
    "a " * 500_000,
    " " * 1_000_000,
    "東" * 100_000,
    "🦄" * 1_000,
    " ".join(f"chery{n}" for n in range(1_000)),
    "é\u0301" * 5_000,
    "'; DROP TABLE briefings; --",
    "_" * 300,
    "\\" * 300,
    "sumit " * 100,
)


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_query_is_answered_soon(query: str) -> None:
    text = " ".join(f"word{n} chery{n}" for n in range(2_000))
    index = Index([entry("it", "Chery Summit", text), entry("plain", "Water")])
    started = perf_counter()
    results = index.search(query)
    index.complete(query)
    assert perf_counter() - started < SOON
    assert len(results.query) <= QUERY_LIMIT
    assert len(results.nearest) <= 5


@settings(max_examples=150, deadline=None)
@given(st.text() | st.text("\"'()[]{}:*?~^+-&|!\\/<> ab", max_size=40))
def test_no_query_is_refused(query: str) -> None:
    results = STANDING.search(query)
    assert results.total >= len(results.hits)
    assert all(0 <= hit.score <= 1 for hit in results.hits)
    assert len(STANDING.complete(query)) <= 25


STANDING = Index(
    [
        entry("one", "Water for Cities", "ab ba aab water"),
        entry("two", "東京の水", "水と a b", age=1),
        replace(entry("three", "Ab", "a"), file="ab.md"),
    ]
)
