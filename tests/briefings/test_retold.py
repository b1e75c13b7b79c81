"""Conclusions and discussions as they are read: whole where there is room, and nothing invented."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.blocks import Paragraph, plain, spans_in, text_of
from briefings.concluding import (
    LEAD,
    View,
    blocks_of_text,
    compose_conclusions,
    noting_conclusions,
    read_conclusion_form,
    words_of,
)
from briefings.manners import Manners
from briefings.message import Action, Actions, Message
from briefings.model import Briefing, BriefingId, Entry, Section
from briefings.retold import Told, compose_manners, noting_related
from briefings.talk_intents import OpenConclusions
from tests.briefings.strategies import HOSTILE
from tests.briefings.test_recap import told

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CHERY = Entry(
    BriefingId("chery"),
    Briefing("Chery", (Section(plain("What's Next?"), 2, (Paragraph(plain("…")),)),)),
    NOON,
)
SHARE = Action("Share", OpenConclusions(CHERY.id))
CARD = Message("Chery", (Paragraph(plain("…")), Actions((SHARE,))))


def view(text: str) -> View:
    return View("0" * 16, CHERY.id, text, "U1", NOON, 3, "https://slack.example/t")


def test_a_card_without_conclusions_stays_as_it_is() -> None:
    assert noting_conclusions(CARD, CHERY, ()) is CARD
    assert "Nobody has written" in told(compose_conclusions(CHERY, ()))


def test_what_was_concluded_stands_before_the_buttons_and_has_one_of_its_own() -> None:
    card = noting_conclusions(CARD, CHERY, [view("We **wait**.")])
    assert told(card).splitlines()[1:] == [
        "…",
        "What we said",
        "We  wait .",
        "U1 · Mon 23 Nov 2026 · 3 replies",
        "What we said",
        "Share",
    ]


@pytest.mark.parametrize("off", range(-3, 4))
def test_a_card_has_whole_paragraphs_of_a_conclusion_and_of_a_long_one_the_beginning(
    off: int,
) -> None:
    first = "x" * (LEAD + off)
    card = told(noting_conclusions(CARD, CHERY, [view(f"{first}\n\nThe end.")]))
    assert (first in card) is (off <= 0)
    assert "xxx" in card
    assert "The end." not in card
    assert "The end." in told(compose_conclusions(CHERY, [view(f"{first}\n\nThe end.")]))


def test_a_conclusion_with_headings_keeps_them() -> None:
    assert words_of("# Decided\n\nWe wait.\n\n## Open\n\n- Who asks?") == (
        "Decided We wait. Open Who asks?"
    )


def test_what_cannot_be_read_as_a_document_is_shown_as_it_is() -> None:
    text = "- " * 100 + "deep"
    assert "deep" in text_of(spans_in(blocks_of_text(text)))


@given(st.lists(st.sampled_from([*HOSTILE, "word", "\n\n", " "]), max_size=12).map("".join))
def test_whatever_somebody_writes_can_be_shown(text: str) -> None:
    read_conclusion_form({"text": (text,)})
    assert told(noting_conclusions(CARD, CHERY, [view(text)]))


def test_related_discussions_are_told_by_their_titles() -> None:
    talks = [
        Told(CHERY.id, title, "17.1", NOON, replies, link)
        for title, replies, link in (("Why", 1, None), ("", 2, "https://slack.example/t"))
    ]
    card = told(noting_related(CARD, talks))
    assert "Discussed before: Why (1 reply) · Briefing without a title (2 replies)" in card
    assert noting_related(CARD, []) is CARD


@pytest.mark.parametrize(
    ("manners", "said"),
    [
        (Manners(), "There are no recaps."),
        (Manners(recap="17:00"), "A recap comes at 17:00, in the thread."),
        (Manners(recap="17:00", recap_in="channel"), "A recap comes at 17:00, in the channel."),
        (Manners(recap="quiet 4h"), "A recap comes after 4 hours of quiet, in the thread."),
        (Manners(recap="quiet 90m"), "A recap comes after 90 minutes of quiet, in the thread."),
        (Manners(opens=False, signals=False), "Cards have no buttons for quiet signals."),
        (Manners(keeps_text=True, kept_days=1), "What people reply is kept for 1 day."),
    ],
)
def test_how_a_channel_discusses_is_said_in_sentences(manners: Manners, said: str) -> None:
    assert said in told(compose_manners(manners))
