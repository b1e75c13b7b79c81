"""What is wrong with a line or a form is told in the language that is spoken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from zoneinfo import ZoneInfo, available_timezones

import pytest

from briefings import editor_words, owner_words
from briefings.agreeing import Unfit, read_form
from briefings.assignments import read_assignment
from briefings.calendars import MOST_BREAKS, read_breaks
from briefings.daysoff import countries, parts
from briefings.drafting import LINE_LIMIT, TEXT_LIMIT, TOPICS_LIMIT, read_draft_form
from briefings.fields import FIELDS, Known
from briefings.forms import FormName
from briefings.lines import read_terms
from briefings.manners import Manners
from briefings.orders import VERBS, read_order
from briefings.phrases import DAY_NAMES, Misread
from briefings.reading.reader import MOST_SECTIONS, read
from briefings.reading.result import Unreadable
from briefings.talk_orders import read_manners
from briefings.terms import Terms
from briefings.tongue import say, speaking
from tests.foreign import FOREIGN, english_in

TODAY = date(2026, 11, 23)
PLAIN = Terms((time(9),), ZoneInfo("UTC"))
KNOWN = Known(available_timezones(), ("mobility", "energy"), ("de", "en", "zh"))
NO_TOPICS = replace(KNOWN, topics=())

ORDERS = (
    "subcribe", "x" * 2_001, "pause 2 hours", "pause 2026-11-01", "pause 5 blinks", "pin",
    "pin 2026-11-01 chery", "pin 2026-13-01 chery", "release today", "unsubscribe 9:00",
)  # fmt: skip
TERMS = (
    "25:00", "at:", "1:00,2:00,3:00,4:00,5:00,6:00,7:00", "mondy 9:00", "days:", "topics:enrgy",
    "topics:zzz", "tpics:x", "fortnightly", "+02:00", "Berln", "Europe/Xyzw", "CEST", "late:soon",
    "late:25h", "rest:1h", "rest:0d", "rest:99999d", "layout:crd", "shift:never", "holidays:Grmany",
    "holidays:Xyz", "holidays:DE-XX", "off:2026-13-01", "off:1999-01-01", "off:2026-11-31",
    "off:soon", "off:2026-12-02..2026-12-01", "off:2026-01-01..2028-01-01", "language:Klingon",
)  # fmt: skip
ASSIGNMENTS = ("edit", "approval #editors perhaps")
MANNERS = (
    "recap:soon", "recap:quiet 1m", "recap:9:00,10:00", "text:maybe", "kept:0d", "in:space",
    "txt:on", "what",
)  # fmt: skip
FILES = ("", "\0\1\2" * 99, "x" * 1_100_000, "## a\n\nb\n\n" * (MOST_SECTIONS + 1),
         "> " * 60 + "x", "a\n" * 200_000)  # fmt: skip

COMMANDS = {
    *VERBS, *FIELDS, *(each.casefold() for each in DAY_NAMES),
    *["post", "there", "skip", "hold", "send", "opens", "text", "kept", "recap", "in", "signals"],
    *["on", "off", "quiet", "thread", "channel"],
    *(word.casefold() for word in countries().values()), "card", "never", "utc", "deutsch",
}  # fmt: skip


def fault_of(read_it: Callable[[], object]) -> str:
    with speaking(FOREIGN), pytest.raises((Misread, Unreadable, Unfit)) as raised:
        read_it()
    with speaking(FOREIGN):
        return say(str(raised.value))


def left_in(told: str, typed: str) -> set[str]:
    """The words that are neither foreign, nor what somebody typed, nor a command."""
    known = {*COMMANDS, *(each.casefold() for each in english_in(typed))}
    return {word for word in english_in(told) if word.casefold() not in known}


@pytest.mark.parametrize("line", ORDERS)
def test_a_wrong_order_is_told(line: str) -> None:
    assert left_in(fault_of(lambda: read_order(line, TODAY)), line) == set()


@pytest.mark.parametrize("line", TERMS)
def test_wrong_terms_are_told(line: str) -> None:
    places = {word for zone in available_timezones() for word in english_in(zone)}
    regions = set(english_in(" ".join(parts("DE"))))
    told = fault_of(lambda: read_terms(line, PLAIN, KNOWN))
    assert left_in(told, line) - places - regions - {"mobility", "energy"} == set()


def test_a_topic_that_nothing_has_is_told() -> None:
    assert left_in(fault_of(lambda: read_terms("topics:x", PLAIN, NO_TOPICS)), "topics:x") == set()


def test_too_many_breaks_are_told() -> None:
    many = ",".join(f"20{year}-{month}-01" for year in range(30, 36) for month in range(1, 13))
    assert left_in(fault_of(lambda: read_breaks(many)), many) == set()
    assert MOST_BREAKS < 72


@pytest.mark.parametrize("line", ASSIGNMENTS)
def test_a_wrong_assignment_is_told(line: str) -> None:
    assert left_in(fault_of(lambda: read_assignment(line)), line) == set()


@pytest.mark.parametrize("line", MANNERS)
def test_a_wrong_wish_about_discussions_is_told(line: str) -> None:
    assert left_in(fault_of(lambda: read_manners(line, Manners())), line) == set()


@pytest.mark.parametrize("content", FILES, ids=range(len(FILES)))
def test_a_text_that_cannot_be_read_is_told(content: str) -> None:
    told = fault_of(lambda: read(content.encode(), "draft.md"))
    assert left_in(told, "") == set()


def test_what_is_wrong_in_a_form_is_told() -> None:
    filled = {"at": ["25:00"], "zone": ["Xyzw"]}
    told = fault_of(lambda: read_form(FormName.WHEN, filled, PLAIN, KNOWN))
    assert left_in(told, "xyzw") == set()
    with speaking(FOREIGN):
        long = {"title": ["x" * (LINE_LIMIT + 1)], "happening": ["x" * (TEXT_LIMIT + 1)]}
        faults = {
            **read_draft_form(FormName.WRITE, {**long, "topics": ["," * TOPICS_LIMIT]})[1],
            **read_draft_form(FormName.SECTIONS, {"next": ["x" * (TEXT_LIMIT + 1)]})[1],
        }
        empty = read_draft_form(FormName.WRITE, {"title": [" "]})[1]
    assert not any(english_in(each) for each in (*faults.values(), *empty.values()))


def test_what_stands_in_a_sentence_is_told_as_well() -> None:
    with speaking(FOREIGN):
        told = (
            owner_words.not_allowed("members who may manage the channel"),
            owner_words.names_no_one("一"),
            owner_words.pinned("一", TODAY, TODAY),
            owner_words.unpinned(TODAY, TODAY),
            editor_words.unreadable("It is empty: a briefing needs some text."),
            editor_words.nobody_knows("一"),
            editor_words.kept_elsewhere("一", "二"),
            editor_words.swapped("一", "二", "三"),
            editor_words.up_for("一"),
        )
    assert not any(map(english_in, told))
