"""Briefings of one subject: rare topics and names tell, common words and genres do not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from briefings.blocks import Paragraph, plain
from briefings.model import Briefing, BriefingId, Entry, Library, Section
from briefings.related import is_about, related_to, subject_of, title_words


def entry(name: str, title: str, text: str = "", *topics: str) -> Entry:
    sections = (Section(plain("What's Happening?"), 2, (Paragraph(plain(text)),)),)
    briefing = Briefing(title, sections, topics=topics)
    return Entry(BriefingId(name), briefing, datetime(2026, 11, 23, tzinfo=UTC))


def shelf(*entries: Entry) -> Library:
    return {each.id: each for each in entries}


def related(one: Entry, other: Entry, *more: Entry) -> bool:
    return is_about(subject_of(one, shelf(one, other, *more)), other.briefing)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (
            entry("a", "Chery Enters Spain", "The maker Chery opens a plant."),
            entry("b", "Why Chery Grows", "Last year Chery sold more cars."),
            True,
        ),
        (
            entry("a", "Understanding Chery", "It is worth understanding the maker."),
            entry("b", "Understanding Neom", "Few are understanding the plan."),
            False,
        ),
        (entry("a", "The End", "The end is near."), entry("b", "The Start", "The start."), False),
        (
            entry("a", "News of November", "It came in November."),
            entry("b", "November Again", "This is November."),
            False,
        ),
        (entry("a", "Chery", "Nothing of it here."), entry("b", "Chery", "Nor here."), False),
        (entry("a", "One", "", "Mobility"), entry("b", "Two", "", "mobility"), True),
        (entry("a", "One", "", "mobility"), entry("b", "Two", "", "energy"), False),
        (entry("a", "奇瑞", "今天奇瑞 来了。"), entry("b", "别的", "别的"), False),
    ],
)
def test_names_and_topics_tell_and_common_words_do_not(
    one: Entry, other: Entry, same: bool
) -> None:
    assert related(one, other) is same
    assert related(other, one) is same


def test_what_many_briefings_have_is_a_genre() -> None:
    several = [entry(f"m{number}", f"Nr {number}", "", "economy") for number in range(5)]
    first, second, *others = several
    assert not related(first, second, *others)
    named = [entry(f"n{number}", f"Chery {number}", "A word of Chery.") for number in range(5)]
    assert not related(named[0], named[1], *named[2:])


def test_the_others_of_a_subject_are_found_in_a_library() -> None:
    one, other = entry("a", "Chery", "Of Chery."), entry("b", "Why Chery", "Now Chery grows.")
    library = shelf(one, other, entry("c", "Neom", "In Neom."))
    assert related_to(one, library) == {"b"}


def test_words_of_a_title_that_are_no_names_are_left_out() -> None:
    assert title_words("The iPhone of 2026: What Is an EU Law?") == {"the", "what", "law"}
