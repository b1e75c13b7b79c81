"""Completing half-typed text."""

from __future__ import annotations

import pytest

from bot.library.index import Index
from briefings.search import Suggestion
from tests.bot.library.makers import entry, found

ENTRIES = (
    entry("chery", "The Chery User Summit", topics=("Mobility",), age=2),
    entry("chess", "Chess for Users", topics=("games", "mobile play"), age=1),
    entry("cheese", "Cheese and Wine", age=3),
)


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(ENTRIES)


def texts(index: Index, text: str) -> list[str]:
    return [suggestion.text for suggestion in index.complete(text)]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("", ["chess", "chery", "cheese"]),
        ("che", ["chess", "chery", "cheese"]),
        ("CHER", ["chery"]),
        ("user", ["chess", "chery"]),
        ("user su", ["chery"]),
        ("chery s", ["chery"]),
        ("chery ", ["chery"]),
        ("chrey sumit", ["chery"]),
        ("mobi", ["mobile play", "Mobility"]),
        ("zzz", []),
    ],
)
def test_the_newest_that_fit_are_offered(index: Index, typed: str, offered: list[str]) -> None:
    assert texts(index, typed) == offered


def test_a_suggestion_shows_the_title_and_asks_for_the_briefing(index: Index) -> None:
    (first,) = index.complete("cheese")
    assert first == Suggestion("Cheese and Wine", "cheese")
    assert found(index, first.text) == ["cheese"]


def test_one_topic_in_several_spellings_is_offered_once() -> None:
    index = Index(
        [
            entry("a", "One", topics=("Energy",)),
            entry("b", "Two", topics=("energy",)),
            entry("c", "Three", topics=("energy",)),
        ]
    )
    assert texts(index, "ener") == ["energy"]


def test_the_topic_of_a_removed_briefing_is_not_offered() -> None:
    index = Index(ENTRIES)
    index.remove(ENTRIES[0].id)
    assert texts(index, "mobil") == ["mobile play"]


def test_no_more_are_offered_than_a_platform_shows() -> None:
    index = Index(entry(f"e{n}", f"Water {n}", topics=(f"water {n}",), age=n) for n in range(40))
    assert len(index.complete("wat")) == 25
    assert len(index.complete("wat", 3)) == 3
