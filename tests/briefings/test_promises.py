"""Which lines promise something, and for which day; doubtful ones promise nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.blocks import Block, Item, List, Paragraph, Quote, Table, plain
from briefings.model import Briefing, BriefingId, Entry, Section
from briefings.promise_days import LAST, day_in
from briefings.promise_stretches import SOON
from briefings.promises import LONGEST, promises
from briefings.reading.dates import MONTHS
from briefings.sentences import sentences

MONDAY = date(2026, 11, 23)

TOLD = (
    ("The vote is on 12 December.", "2026-12-12"),
    ("The vote is on December 12th.", "2026-12-12"),
    ("The rules apply from 1 January 2027.", "2027-01-01"),
    ("The rules apply from 2027-01-01.", "2027-01-01"),
    ("Version 3.14.2 on 5 May 2027.", "2027-05-05"),
    ("Parliament votes next Tuesday.", "2026-12-01"),
    ("Results are expected on Thursday.", "2026-11-26"),
    ("Comments are open until Friday.", "2026-11-27"),
    ("The talks resume tomorrow.", "2026-11-24"),
    ("A review follows in two weeks.", "2026-12-07"),
    ("Review in 3 days", "2026-11-26"),
    ("The board decides within a month.", "2026-12-23"),
    ("The report comes next week.", "2026-12-04"),
    ("The report comes next month.", "2026-12-31"),
    ("The report comes next quarter.", "2027-03-31"),
    ("The report comes next year.", "2027-12-31"),
    ("A decision will come by the end of March.", "2027-03-31"),
    ("In early March the board meets.", "2027-03-10"),
    ("mid-March talks are planned", "2027-03-20"),
    ("Late February 2027 will show.", "2027-02-28"),
    ("The factory opens in Q1 2027.", "2027-03-31"),
    ("The factory opens in the first quarter of 2027.", "2027-03-31"),
    ("The factory opens in Q3.", "2027-09-30"),
    ("The second half of 2027 will show.", "2027-12-31"),
    ("By 2030 it wants to be neutral.", "2030-12-31"),
    ("More is to come later this year.", "2026-12-31"),
    ("It will meet on December 12, 2026, and vote on 14 January.", "2027-01-14"),
    ("By 12 December, on the way to 2030, it will be done.", "2026-12-12"),
    ("Der Bundestag entscheidet am 12. Dezember.", "2026-12-12"),
    ("Das Gesetz tritt am 1.1.2027 in Kraft.", "2027-01-01"),
    ("Die Frist endet am 15.12.", "2026-12-15"),
    ("Bis Ende März soll der Bericht vorliegen.", "2027-03-31"),
    ("Nächste Woche wird entschieden.", "2026-12-04"),
    ("In zwei Wochen geht es weiter.", "2026-12-07"),
    ("峰会将于12月12日举行。", "2026-12-12"),
    ("峰会将于2026年12月12日举行。", "2026-12-12"),
    ("下周二公布结果", "2026-12-01"),
    ("下个月公布结果", "2026-12-31"),
    ("2027年第一季度投产", "2027-03-31"),
)
UNTOLD = (
    "Nothing is said of a day.",
    "Sales doubled in two weeks.",
    "The company said on Tuesday that it will wait.",
    "The company reported a loss in March.",
    "The contract signed in March will be renewed.",
    "He was born on 4 July and will speak.",
    "It may 3 times fail.",
    "You may 12 months later ask.",
    "The army will march 12 miles.",
    "The 2030 target stays.",
    "It happened on 20 November.",
    "On October 3 it was over.",
    "The ceasefire has held since 12 December",
    "It was decided on 12 October 2026.",
    "Chapter 12.12.1 is next.",
    "By 2099 all will be well.",
    "It will cost 12 million.",
    "Shares rose 12% in Q1.",
    "The fair opens in October.",
    "It waits until may be.",
    "He said tomorrow was his day.",
)


@pytest.mark.parametrize(("line", "day"), TOLD)
def test_a_line_tells_its_day(line: str, day: str) -> None:
    assert day_in(line, MONDAY) == date.fromisoformat(day)


@pytest.mark.parametrize("line", UNTOLD)
def test_a_doubtful_line_tells_no_day(line: str) -> None:
    assert day_in(line, MONDAY) is None


DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))
ENGLISH = [name.capitalize() for name in MONTHS if name.isascii() and len(name) > 4]


@given(DAYS, st.integers(-3, SOON.days + 3))
def test_a_day_without_its_year_is_the_next_one_and_not_far_off(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    found = day_in(f"The vote is on {day.day} {day:%B}.", today)
    assert found == (day if 0 < ahead <= SOON.days else None)


@given(
    DAYS, st.integers(-3, LAST.days + 3), st.sampled_from(["%Y-%m-%d", "%-d %B %Y", "%B %-d, %Y"])
)
def test_a_day_with_its_year_is_that_day(today: date, ahead: int, form: str) -> None:
    day = today + timedelta(days=ahead)
    found = day_in(f"The vote is on {day.strftime(form)}.", today)
    assert found == (day if 0 < ahead <= LAST.days else None)


@given(DAYS, st.sampled_from(["in two weeks", "next week", "next Tuesday", "in Q2", "by Friday"]))
def test_a_relative_day_lies_ahead(today: date, told: str) -> None:
    found = day_in(f"The vote is {told}.", today)
    assert found is not None
    assert today < found <= today + timedelta(days=366)


@given(st.text(max_size=200), DAYS)
def test_whatever_a_line_says_it_is_read_and_its_day_lies_ahead(line: str, today: date) -> None:
    found = day_in(line, today)
    assert found is None or today < found <= today + LAST


@given(
    st.lists(
        st.sampled_from(["Mr. Li", "came.", "The U.S.", "is", "glad!", "On Dec. 5.", "会议。"])
    )
)
def test_the_sentences_together_are_the_text(pieces: list[str]) -> None:
    text = " ".join(pieces)
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


def test_a_full_stop_inside_a_sentence_does_not_end_it() -> None:
    told = (
        "Mr. Smith left. The U.S. Senate votes on Dec. 12. He said “No.” It ends in 2027. So it is."
    )
    assert list(sentences(told)) == [
        "Mr. Smith left.",
        "The U.S. Senate votes on Dec. 12. He said “No.”",
        "It ends in 2027.",
        "So it is.",
    ]


def test_a_text_that_ends_in_an_abbreviation_is_a_sentence() -> None:
    assert list(sentences("It is by Mr.")) == ["It is by Mr."]


def entry(heading: str, *blocks: Block, day: date | None = MONDAY) -> Entry:
    sections = (
        Section(plain("What's Happening?"), 2, (Paragraph(plain("It is due on 1 December.")),)),
        Section(plain(heading), 2, blocks),
    )
    briefing = Briefing("A tale", sections, date=day)
    return Entry(BriefingId("tale"), briefing, datetime(2026, 11, 23, tzinfo=UTC))


NEXT = Paragraph(plain("It began. The vote is on 12 December. Nobody knows more."))


@pytest.mark.parametrize("heading", ["What’s next?", "WHAT TO WATCH", "Ausblick", "下一步"])
def test_the_lines_of_a_section_that_looks_ahead_are_promises(heading: str) -> None:
    (found,) = promises(entry(heading, NEXT), 1)
    assert (found.section, found.line) == (1, "The vote is on 12 December.")
    assert found.due == date(2026, 12, 12)
    assert len(found.name) == 8


def test_other_sections_promise_nothing_and_there_may_be_no_such_section() -> None:
    told = entry("What's Next?", NEXT)
    assert promises(told, 0) == ()
    assert promises(told, 7) == ()
    assert promises(entry("Background", NEXT), 1) == ()


def test_items_and_rows_are_lines_and_words_of_others_are_none() -> None:
    items = List((Item((Paragraph(plain("Vote on 12 December")),)), Item((NEXT,))))
    row = (plain("1 January 2027"), plain("The rules apply"))
    table = Table((plain("When"), plain("What")), (row,))
    found = promises(entry("What's Next?", items, table, Quote((NEXT,))), 1)
    assert [each.line for each in found] == [
        "Vote on 12 December",
        "The vote is on 12 December.",
        "1 January 2027 · The rules apply",
    ]


def test_without_a_date_of_its_own_a_briefing_counts_from_when_it_came() -> None:
    (found,) = promises(entry("What's Next?", Paragraph(plain("Review in 3 days")), day=None), 1)
    assert found.due == date(2026, 11, 26)


@pytest.mark.parametrize("off", [-3, -2, -1, 0, 1, 2, 3])
def test_a_story_is_no_line(off: int) -> None:
    line = "Due on 12 December: ".ljust(LONGEST + off, "x")
    assert bool(promises(entry("What's Next?", Paragraph(plain(line))), 1)) is (off <= 0)


def test_the_same_line_is_one_promise() -> None:
    assert len(promises(entry("What's Next?", NEXT, NEXT), 1)) == 1
