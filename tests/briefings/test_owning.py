"""What a channel's owners are told about its posts, word for word where it matters."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from briefings import owner_words as words
from briefings.blocks import List, spans_in, text_of
from briefings.daysoff import Break, DaysOff, Region, Shift
from briefings.message import Actions, Menu, Message, Note, Part
from briefings.model import BriefingId
from briefings.owning import (
    Change,
    Now,
    Outcome,
    compose_agreed,
    compose_help,
    compose_list,
    compose_missed,
    compose_next,
    compose_status,
    compose_why,
    compose_wrong,
    noting_late,
)
from briefings.pick import Lack, Nothing, Pick, Reason
from briefings.schedule import NEVER, Late
from briefings.terms import Terms

BERLIN = ZoneInfo("Europe/Berlin")
NOW = Now(datetime(2026, 11, 23, 12, tzinfo=UTC), BERLIN)
DUE = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
TERMS = Terms((time(8, 30),), BERLIN, frozenset(range(5)))
RICH = replace(
    TERMS,
    times=(time(16), time(8, 30)),
    weekdays=frozenset({0, 2}),
    topics=frozenset({"mobility", "energy"}),
    without=frozenset({"sports"}),
    off=DaysOff(Region("DE", "BY"), (Break(date(2026, 12, 24), date(2027, 1, 1)),), Shift.BEFORE),
    late=Late.NEXT,
    repeats=False,
)


def said(message: Message) -> str:
    """Every word of a message."""
    return " ".join([message.title, *map(_said, message.blocks)])


def _said(part: Part) -> str:
    match part:
        case Actions(actions):
            return " ".join(action.label for action in actions)
        case Menu(placeholder):
            return placeholder
        case Note(spans):
            return text_of(spans)
        case _:
            return text_of(spans_in([part]))


def test_what_was_agreed_is_told_with_its_first_post() -> None:
    told = said(compose_agreed(TERMS, DUE, NOW))
    assert "On weekdays at 08:30 in Berlin (Europe/Berlin)." in told
    assert "From tomorrow, Tue 24 Nov, 08:30 in Berlin." in told
    assert "A late post is still sent for 12 hours, on its own day." in told
    assert words.CHANGE in told


def test_every_term_has_its_words() -> None:
    told = said(compose_agreed(RICH, None, NOW))
    assert "On Mon and Wed at 08:30 and 16:00 in Berlin" in told
    assert "with energy or mobility, without sports." in told
    assert "A late post goes with the next one." in told
    assert "No briefing comes twice." in told
    assert "the public holidays of DE-BY and 2026-12-24..2027-01-01" in told
    assert "comes on the working day before" in told
    assert "From" not in told


@pytest.mark.parametrize(
    ("late", "until", "told"),
    [
        (Late.SKIP, timedelta(hours=12), "A late post is left out."),
        (Late.SEND, timedelta(minutes=90), "sent for 90 minutes"),
    ],
)
def test_the_rule_for_late_posts_is_told(late: Late, until: timedelta, told: str) -> None:
    assert told in said(compose_agreed(replace(TERMS, late=late, late_until=until), None, NOW))


@pytest.mark.parametrize(
    ("until", "told"),
    [
        (NEVER, "Paused until somebody writes /briefings resume."),
        (datetime(2026, 12, 6, 23, tzinfo=UTC), "Paused until Mon 7 Dec."),
        (datetime(2027, 1, 3, 23, tzinfo=UTC), "Paused until Mon 4 Jan 2027."),
    ],
)
def test_a_pause_is_told_with_its_end(until: datetime, told: str) -> None:
    assert told in said(compose_agreed(replace(TERMS, paused_until=until), None, NOW))


def test_a_pause_that_is_over_is_not_told() -> None:
    over = replace(TERMS, paused_until=NOW.at)
    assert "Paused" not in said(compose_agreed(over, None, NOW))


def test_a_list_shows_the_line_and_who_changed_it() -> None:
    changes = [Change(NOW.at, "U1", "subscribe", "daily 09:00"), Change(NOW.at, "U2", "end", None)]
    told = said(compose_list(TERMS, DUE, changes, NOW, declared=False))
    assert "/briefings subscribe weekdays 08:30 Europe/Berlin" in told
    assert "Mon 23 Nov, 13:00 in Berlin: set by U1: daily 09:00" in told
    assert "end by U2" in told
    assert words.MORE_SETTINGS in told


def test_declared_posts_offer_no_change() -> None:
    told = said(compose_list(TERMS, DUE, (), NOW, declared=True))
    assert words.DECLARED in told
    assert words.MORE_SETTINGS not in told


def test_the_coming_posts_are_in_the_readers_time() -> None:
    reader = Now(NOW.at, ZoneInfo("America/New_York"))
    assert "Tue 24 Nov, 02:30 in New York" in said(compose_next([DUE], reader))
    assert words.NO_NEXT in said(compose_next([], reader))


def test_a_coming_post_tells_its_moment_to_platforms_that_draw_one() -> None:
    [lines] = compose_next([DUE], NOW).blocks
    assert isinstance(lines, List)
    assert [span.at for span in spans_in([lines])] == [DUE]


def test_a_status_tells_what_went_out_what_did_not_and_why() -> None:
    outcomes = [Outcome(DUE, "Chery", "sent", None), Outcome(DUE, None, "skipped", "no time")]
    told = said(compose_status(outcomes, DUE, NOW))
    assert "Tue 24 Nov, 08:30 in Berlin: “Chery” sent." in told
    assert "skipped (no time)." in told
    assert "Next: Tue 24 Nov, 08:30 in Berlin." in told
    quiet = said(compose_status((), None, NOW))
    assert words.NOTHING_YET in quiet
    assert words.NO_NEXT in quiet


def test_why_names_the_reason_and_the_runner_up() -> None:
    one, other = BriefingId("one"), BriefingId("other")
    told = said(
        compose_why(Pick(one, Reason.NEWEST, other), {one: "First", other: "Second"}, (), NOW)
    )
    assert "First: it is the newest not yet posted here." in told
    assert "“Second” would have come" in told
    assert "Without it" not in said(compose_why(Pick(one, Reason.DATED), {}, (), NOW))
    assert Lack.EMPTY in said(compose_why(Nothing(Lack.EMPTY), {}, (), NOW))


def test_what_is_missed_or_late_is_told_with_its_cause() -> None:
    one = said(compose_missed([DUE], "the bot was not running", NOW))
    assert "The post of Tue 24 Nov, 08:30 in Berlin did not come: the bot was not running." in one
    assert "2 posts did not come" in said(compose_missed([DUE, DUE], "it slept", NOW))
    late = noting_late(compose_help(), DUE, "it slept", NOW)
    assert "Late: it was due Tue 24 Nov, 08:30 in Berlin, but it slept." in said(late)


def test_what_was_wrong_comes_back_to_be_corrected() -> None:
    told = said(compose_wrong("That is no time.", "/briefings subscribe 25:00"))
    assert "That is no time." in told
    assert "/briefings subscribe 25:00" in told
    assert said(compose_wrong("No.")) == f"{words.WRONG_TITLE} No."


def test_posts_of_every_day_are_told_so() -> None:
    always = replace(TERMS, weekdays=frozenset(range(7)), zone=ZoneInfo("UTC"))
    assert "Every day at 08:30 in UTC." in said(compose_agreed(always, None, NOW))


def test_sentences_name_who_what_and_when() -> None:
    day, today = date(2026, 12, 1), NOW.today
    assert words.not_allowed("the owners") == "A channel's posts are changed by the owners."
    assert words.pinned("Chery", day, today).startswith("“Chery” comes here on Tue 1 Dec, ")
    assert words.unpinned(day, today) == "Nothing is pinned to Tue 1 Dec any more."
    assert words.names_no_one("x").startswith("“x” fits no briefing, or several: ")
