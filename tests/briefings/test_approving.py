"""Approval: when editors are asked, what becomes of what they say, and the lines for it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from briefings import editor_words as words
from briefings.approving import (
    Approval,
    Decision,
    Rule,
    Silence,
    asks_at,
    compose_ask,
    compose_decision,
    compose_rule,
    unsent,
)
from briefings.assignments import Ask, Assignment, Edit, Trust, Write, read_assignment
from briefings.blocks import plain
from briefings.card import compose_post
from briefings.intents import Decide, Verdict
from briefings.message import Actions, Message
from briefings.model import Briefing, BriefingId, Entry, Section
from briefings.orders import LINE_LIMIT
from briefings.owning import Now
from briefings.phrases import Misread
from briefings.schedule import Edition, Layout, SubscriptionId
from briefings.tokens import TOKEN_LIMIT, decode, encode

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
DUE = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
NAME = "0123456789abcdef"
HOLD = Rule("C2", "#editors", Silence.HOLD)
SEND = Rule("C2", "#editors", Silence.SEND)
EDITION = Edition(SubscriptionId("slack/C1"), date(2026, 11, 24))


def approval(rule: Rule, verdict: Verdict | None = None) -> Approval:
    at = datetime(2026, 11, 23, 16, 2, tzinfo=UTC)
    decision = Decision(verdict, "U1", at) if verdict else None
    return Approval(NAME, EDITION, "C1", DUE, BriefingId("tram"), "print", 3, rule, decision)


@pytest.mark.parametrize(
    ("due", "zone", "asked"),
    [
        ("2026-11-24T07:30", BERLIN, "2026-11-23T16:00"),
        ("2026-11-24T22:00", BERLIN, "2026-11-23T16:00"),
        ("2026-11-24T23:30", BERLIN, "2026-11-24T16:00"),  # 00:30 of the next local day
        ("2026-11-24T13:30", NEW_YORK, "2026-11-23T22:00"),
        ("2026-10-25T07:30", BERLIN, "2026-10-24T15:00"),  # the clocks change in between
    ],
)
def test_editors_are_asked_on_the_evening_before_where_the_channel_is(
    due: str, zone: ZoneInfo, asked: str
) -> None:
    def moment(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)

    assert asks_at(moment(due), zone) == moment(asked)
    assert moment(due) - asks_at(moment(due), zone) >= timedelta(hours=1)


@pytest.mark.parametrize(
    ("rule", "up", "printed", "held"),
    [
        (None, None, "print", None),
        (None, approval(HOLD, Verdict.HOLD), "print", None),
        (HOLD, None, "print", words.UNASKED),
        (SEND, None, "print", None),
        (HOLD, approval(HOLD), "print", words.SILENT),
        (SEND, approval(SEND), "print", None),
        (HOLD, approval(HOLD, Verdict.APPROVE), "print", None),
        (SEND, approval(SEND, Verdict.APPROVE), "print", None),
        (HOLD, approval(HOLD, Verdict.APPROVE), "changed", words.CHANGED),
        (SEND, approval(SEND, Verdict.APPROVE), "changed", None),
        (HOLD, approval(HOLD, Verdict.HOLD), "changed", "held by U1, Mon 23 Nov, 17:02 in Berlin"),
        (SEND, approval(SEND, Verdict.HOLD), "print", "held by U1, Mon 23 Nov, 17:02 in Berlin"),
    ],
)
def test_what_becomes_of_an_edition_at_its_hour(
    rule: Rule | None, up: Approval | None, printed: str, held: str | None
) -> None:
    assert unsent(rule, up, printed, BERLIN) == held


@pytest.mark.parametrize("layout", Layout)
def test_the_editors_see_the_very_messages_under_what_they_are_asked(layout: Layout) -> None:
    section = Section(plain("What?"), 2, ())
    told = Entry(BriefingId("tram"), Briefing("Tram 7", (section, section)), DUE)
    post = compose_ask(approval(HOLD), told, layout, "#daily", Now(DUE, BERLIN))
    exact = compose_post(told, layout)
    assert post.parts == (exact.card, *exact.parts)
    (buttons,) = [each for each in post.card.blocks if isinstance(each, Actions)]
    decides = [each.intent for each in buttons.actions]
    assert decides == [
        Decide(verdict, NAME, 3)
        for verdict in (Verdict.APPROVE, Verdict.EDIT, Verdict.SWAP, Verdict.HOLD)
    ]
    assert all(decode(encode(each)) == each for each in decides)
    assert max(len(encode(each)) for each in decides) <= TOKEN_LIMIT


def test_a_decision_is_told_with_who_and_when() -> None:
    up = approval(HOLD, Verdict.APPROVE)
    said = repr(compose_decision(up, "Tram 7", "#daily", BERLIN))
    assert "“Tram 7” for #daily, Tue 24 Nov, 08:30 in Berlin" in said
    assert "approved by U1, Mon 23 Nov, 17:02 in Berlin" in said
    with pytest.raises(ValueError, match="Nothing was decided"):
        compose_decision(approval(HOLD), "Tram 7", "#daily", BERLIN)


@pytest.mark.parametrize(
    ("rule", "said"), [(None, "nobody's approval"), (HOLD, "is held"), (SEND, "goes out")]
)
def test_a_channel_is_told_what_silence_means(rule: Rule | None, said: str) -> None:
    message: Message = compose_rule(rule)
    assert said in repr(message)


@pytest.mark.parametrize(
    ("line", "means"),
    [
        ("write", Write()),
        ("new", Write()),
        ("Write:", Write()),
        ("edit tram 7", Edit("tram 7")),
        ("approval", Ask("", Silence.HOLD)),
        ("approval off", Trust()),
        ("approval none", Trust()),
        ("approval #editors", Ask("editors", Silence.HOLD)),
        ("approval #editors send", Ask("editors", Silence.SEND)),
        ("approval C012AB silence:HOLD", Ask("C012AB", Silence.HOLD)),
        ("approval <#C012AB|editors> send", Ask("C012AB", Silence.SEND)),
        ("approval <#123456789012345678>", Ask("123456789012345678", Silence.HOLD)),
        ("list", None),
        ("", None),
        ("writes", None),
    ],
)
def test_lines_about_writing_and_approving_are_read(line: str, means: Assignment | None) -> None:
    assert read_assignment(line) == means
    assert read_assignment(f"  {line} ") == means


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("edit", "edit chery"),
        ("approval #editors hld", "Did you mean hold?"),
        ("approval #editors hold now", "what silence means"),
        ("approval #editors" + " x" * LINE_LIMIT, "what silence means"),
    ],
)
def test_a_wrong_line_is_answered_with_a_right_one(line: str, says: str) -> None:
    with pytest.raises(Misread, match=says.replace("?", r"\?")):
        read_assignment(line)


def test_a_text_that_cannot_be_read_is_told_with_its_reason() -> None:
    assert words.unreadable("It is empty.") == "This cannot be read as a briefing: It is empty."
