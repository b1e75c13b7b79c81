"""What a briefing is made of."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from briefings.blocks import Span, Style
from briefings.model import Briefing, Section, TitleFrom


def test_a_section_is_named_by_the_words_of_its_heading() -> None:
    heading = (Span("What's "), Span("Next", Style.STRONG), Span("?"))
    assert Section(heading, 2, ()).name == "What's Next?"
    assert Section((), 0, ()).name == ""


def test_a_briefing_needs_no_more_than_a_title_and_sections() -> None:
    briefing = Briefing("Title", ())
    assert briefing.title_from is TitleFrom.METADATA
    assert (briefing.date, briefing.topics, briefing.sources) == (None, (), ())


def test_a_briefing_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Briefing("Title", ()).title = "Other"  # type: ignore[misc]
