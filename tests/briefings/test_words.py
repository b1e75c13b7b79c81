"""The bot's sentences."""

from __future__ import annotations

from datetime import date

from briefings import words


def test_a_day_is_said_as_people_say_it() -> None:
    assert words.day(date(2026, 11, 24)) == "Tue 24 Nov 2026"
    assert words.day(date(2026, 3, 1)) == "Sun 1 Mar 2026"


def test_what_goes_on_twice_says_so_once() -> None:
    once = words.continued("What's Next?")
    assert once == "What's Next? (continued)"
    assert words.continued(once) == once


def test_sentences_name_what_they_are_about() -> None:
    assert words.reading_time(3) == "3 min read"
    assert words.results(6, 10, 23) == "6 to 10 of 23"
    assert "“chery”" in words.about("chery")
    assert "“chery”" in words.nothing_about("chery")
    assert "200" in words.few_words(200)
    assert (
        words.nothing_today("the library is empty") == "There is none because the library is empty."
    )


def test_a_post_of_before_is_named_by_its_day() -> None:
    assert words.posted_here(date(2026, 11, 24)) == "posted here on Tue 24 Nov 2026"
