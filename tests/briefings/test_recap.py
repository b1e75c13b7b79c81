"""A recap tells what was said, in numbers that are right, and nothing else."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.blocks import Paragraph, plain, spans_in, text_of
from briefings.message import Actions, Menu, Message, Note
from briefings.model import Briefing, Section
from briefings.recap import Remark, asks, is_worth_it, recap
from briefings.recapping import DRAFT_LIMIT, NAMED, Talk, compose_draft, compose_recap, spans_of
from briefings.talk_intents import Conclude

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NAME = "0123456789abcdef"
CHERY = Briefing(
    "Chery",
    tuple(
        Section(plain(name), 2, (Paragraph(plain("…")),))
        for name in ("What's Happening?", "What's Next?")
    ),
)


def said(number: int, person: str = "U1", text: str | None = None, **more: object) -> Remark:
    return Remark(f"m{number}", person, NOON + timedelta(minutes=number), text=text, **more)  # type: ignore[arg-type]


def talk(**addresses: str) -> Talk:
    return Talk(NAME, "Chery", CHERY, addresses)


def told(message: Message) -> str:
    """All words of a message, in their order."""
    lines = [message.title]
    for part in message.blocks:
        match part:
            case Note(spans):
                lines.append(text_of(spans))
            case Actions(actions):
                lines += [each.label for each in actions]
            case Menu(placeholder):
                lines.append(placeholder)
            case _:
                lines.append(" ".join(span.text for span in spans_in([part])))
    return "\n".join(lines)


REMARKS = st.lists(
    st.builds(
        Remark,
        st.uuids().map(str),
        st.sampled_from(["U1", "U2", "U3"]),
        st.just(NOON),
        st.none() | st.integers(0, 3),
        st.none() | st.sampled_from(["Yes.", "Why?", "No idea", "Really?", "“So?”"]),
        st.lists(st.sampled_from(["https://a.example", "https://b.example/x"])).map(tuple),
        st.integers(0, 4),
    ),
    max_size=30,
)


@given(REMARKS)
def test_whatever_a_recap_tells_was_said(remarks: list[Remark]) -> None:
    found = recap(remarks)
    assert found.replies == len(remarks)
    assert set(found.people) == {each.person for each in remarks}
    assert set(found.quotes) | set(found.questions) <= set(remarks)
    about = Counter(each.section for each in remarks)
    assert all(about[section] == count for section, count in found.sections)
    assert set(found.links) <= {link for each in remarks for link in each.links}
    assert all(each.signs > 0 for each in found.quotes)
    shown = {each.message for each in found.quotes}
    most = min((each.signs for each in found.quotes), default=0)
    assert all(each.signs <= most for each in remarks if found.quotes and each.message not in shown)


@given(REMARKS)
def test_nobody_else_answered_an_open_question(remarks: list[Remark]) -> None:
    order = {each.message: number for number, each in enumerate(remarks)}
    for asked in recap(remarks).questions:
        later = remarks[order[asked.message] + 1 :]
        answers = [
            each
            for each in later
            if each.person != asked.person
            and (asked.section is None or each.section in {asked.section, None})
            and not asks(each.text or "")
        ]
        assert answers == []


def test_a_question_stays_open_until_somebody_else_says_something_about_it() -> None:
    first = said(1, "U1", "When does it start?")
    alone = said(2, "U1", "I could not find it.")
    second = said(3, "U2", "And where?")
    assert recap([first, alone, second]).questions == (first, second)
    assert recap([first, alone, second, said(4, "U3", "On Monday.")]).questions == ()


def test_what_is_said_about_another_part_answers_nothing() -> None:
    asked = said(1, "U1", "When?", section=1)
    assert recap([asked, said(2, "U2", "Nice.", section=0)]).questions == (asked,)
    assert recap([asked, said(2, "U2", "Nice.", section=1)]).questions == ()


@pytest.mark.parametrize(
    ("text", "is_question"),
    [
        ("Why?", True),
        ("He asked “why?”", True),
        ("为什么？", True),
        ("لماذا؟", True),
        ("Why? Because.", False),
        ("see https://example.org/?", False),
        ("", False),
        ("?", True),
    ],
)
def test_what_a_question_is(text: str, is_question: bool) -> None:
    assert asks(text) is is_question


def test_a_word_to_oneself_needs_no_recap() -> None:
    assert not is_worth_it([])
    assert not is_worth_it([said(1), said(2)])
    assert is_worth_it([said(1), said(2, "U2")])


def test_a_recap_reads_from_people_to_what_is_open() -> None:
    remarks = [
        said(1, "U1", "They sell <@U2> 500 cars.", section=1, signs=5),
        said(2, "U2", "Where?", section=1, links=("https://www.example.org/cars/",)),
    ]
    message = compose_recap(recap(remarks), talk(m1="https://slack.example/m1"))
    assert told(message).split("\n") == [
        "Recap: Chery",
        "2 replies from 2 people:  U1 ,  U2",
        "What drew the talk: What's Next? (2)",
        "Most reactions",
        "They sell  U2  500 cars.",
        "U1 · 5 reactions · see it",
        "Still open",
        "Where?  ·  U2",
        "Links people shared",
        "example.org/cars",
        "Write what we said",
    ]
    (actions,) = [part for part in message.blocks if isinstance(part, Actions)]
    assert actions.actions[0].intent == Conclude(NAME)


def test_people_are_named_by_their_ids_for_the_platform_to_draw() -> None:
    message = compose_recap(recap([said(1, "U1"), said(2, "U2")]), talk())
    (first, *_) = message.blocks
    assert isinstance(first, Paragraph)
    assert [span.person for span in first.spans if span.person] == ["U1", "U2"]


def test_a_crowd_is_not_named_one_by_one() -> None:
    remarks = [said(number, f"U{number}") for number in range(NAMED + 3)]
    assert "and 3 more" in told(compose_recap(recap(remarks), talk()))


def test_without_words_there_are_links_and_numbers() -> None:
    remarks = [said(1, "U1", section=0, signs=1), said(2, "U2")]
    message = told(compose_recap(recap(remarks), talk(m1="https://slack.example/m1")))
    assert "U1 · 1 reaction · see it" in message
    assert "Still open" not in message
    assert compose_draft(recap(remarks)) == ""


def test_a_section_that_left_the_briefing_is_not_named() -> None:
    remarks = [said(1, "U1", section=7), said(2, "U2", section=7)]
    assert "drew" not in told(compose_recap(recap(remarks), talk()))
    assert "drew" not in told(compose_recap(recap(remarks), Talk(NAME, "Chery", None, {})))


def test_a_long_reply_is_quoted_in_short() -> None:
    assert len(text_of(spans_of("word " * 400))) <= 300


def test_a_draft_begins_with_what_was_said() -> None:
    remarks = [
        said(1, "U1", "Tell <@U2>: they sell\n500 cars.", signs=2),
        said(2, "U2", "Where?"),
    ]
    assert compose_draft(recap(remarks)) == (
        "- Tell @…: they sell 500 cars.\n\nStill open:\n\n- Where?"
    )


def test_a_draft_leaves_room_to_write() -> None:
    remarks = [
        said(number, f"U{number}", f"{'very ' * 90}{number}?", signs=9) for number in range(9)
    ]
    assert 0 < len(compose_draft(recap(remarks))) <= DRAFT_LIMIT
