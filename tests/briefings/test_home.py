"""What somebody sees who looks at the bot itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from briefings import words
from briefings.blocks import Paragraph, plain, spans_in
from briefings.home import Coming, Talk, compose_broken_home, compose_home
from briefings.message import Actions, Home, Menu, Note, Part
from briefings.model import Briefing, BriefingId, Entry, Section
from briefings.owning import Now
from tests.briefings.strategies import NOON

NOW = Now(datetime(2026, 11, 23, 12, tzinfo=UTC), ZoneInfo("Europe/Berlin"))
CHERY = Entry(
    BriefingId("chery"),
    Briefing("Chery", (Section(plain("What?"), 2, (Paragraph(plain("Cars.")),)),)),
    NOON,
)


def told(home: Home) -> list[str]:
    """The words of each span, top to bottom."""
    return [text for part in home.blocks for text in _told(part)]


def _told(part: Part) -> list[str]:
    match part:
        case Actions(actions):
            return [action.label for action in actions]
        case Menu(placeholder):
            return [placeholder]
        case Note(spans):
            return [span.text for span in spans]
        case _:
            return [span.text for span in spans_in([part])]


def test_todays_briefing_stands_at_the_top_with_its_title() -> None:
    home = compose_home(CHERY, (), (), NOW)
    assert told(home)[:2] == [words.TODAY, "Chery"]
    assert "Cars." in told(home)
    assert home.search == words.SEARCH


def test_a_home_with_nothing_in_it_says_so_three_times() -> None:
    texts = told(compose_home("the library is empty", (), (), NOW))
    none = words.nothing_today("the library is empty")
    assert texts == [
        words.TODAY, none, words.COMING, words.NOTHING_COMING, words.TALKS, words.NO_TALKS
    ]  # fmt: skip


def test_the_coming_posts_stand_in_their_order() -> None:
    later, sooner = (Coming(name, NOW.at + timedelta(hours=h)) for name, h in (("b", 9), ("a", 2)))
    texts = told(compose_home("none", (later, sooner), (), NOW))
    assert texts[texts.index(words.COMING) + 1 :][:4] == [
        "#a", " · Mon 23 Nov, 15:00 in Berlin", "#b", " · Mon 23 Nov, 22:00 in Berlin"
    ]  # fmt: skip


def test_a_discussion_is_linked_and_has_a_name() -> None:
    talks = (Talk("Chery", "daily", NOW.at, "https://a.example/1"), Talk("", "daily", NOW.at))
    home = compose_home("none", (), talks, NOW)
    spans = [span for part in home.blocks if not isinstance(part, Note | Actions | Menu)
             for span in spans_in([part])]  # fmt: skip
    links = {span.text: span.link for span in spans}
    assert links["Chery"] == "https://a.example/1"
    assert links[words.NAMELESS] is None


def test_a_home_that_failed_can_still_be_searched() -> None:
    home = compose_broken_home()
    assert (home.search, told(home)) == (words.SEARCH, [words.BROKEN])
