"""Tokens carry intents there and back, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefings.followups import Compare, Fate, Kind, Settle, Signal, Watch
from briefings.intents import (
    Decide,
    Intent,
    MoreResults,
    OpenBriefing,
    OpenDraft,
    OpenForm,
    OpenSection,
    Rewrite,
    SaveDraft,
    Verdict,
)
from briefings.model import BriefingId
from briefings.talk_intents import Conclude, OpenConclusions, PostRecap
from briefings.tokens import TOKEN_LIMIT, can_carry, decode, encode
from tests.briefings.strategies import INTENTS


@given(INTENTS)
def test_a_token_fits_and_means_what_was_encoded(intent: Intent) -> None:
    token = encode(intent)
    assert 0 < len(token) <= TOKEN_LIMIT
    assert decode(token) == intent


@given(st.text() | st.from_regex(r"b1:[a-z]{0,8}:.{0,99}", fullmatch=True))
@example("")
@example("b1:more:0:")
@example("b1:section:01:chery")
@example("b1:section:٣:chery")
@example("b1:open:chery\n")
@example("b1:open:" + "x" * 41)
@example("b2:open:chery")
@example("b1:form:when:at=|at|at=:|=")
@example("b1:form:" + "x" * 20 + ":at=" + "x" * 80)
def test_any_text_can_be_decoded_and_only_a_token_of_ours_means_something(text: str) -> None:
    intent = decode(text)
    assert intent is None or encode(intent) == text


@pytest.mark.parametrize("off", [-3, -2, -1, 0, 1, 2, 3])
def test_a_query_that_fills_the_token_is_the_longest(off: int) -> None:
    intent = MoreResults("q" * (TOKEN_LIMIT - len("b1:more:7:") + off), 7)
    if off <= 0:
        assert decode(encode(intent)) == intent
    else:
        with pytest.raises(ValueError, match="100 characters"):
            encode(intent)


@pytest.mark.parametrize(
    "intent",
    [
        OpenBriefing(BriefingId("Not A Name")),
        OpenSection(BriefingId("chery"), -1),
        OpenSection(BriefingId("chery"), 10_000),
        MoreResults("", 0),
    ],
)
def test_what_no_press_could_bring_back_is_not_encoded(intent: Intent) -> None:
    with pytest.raises(ValueError, match="No token can carry"):
        encode(intent)


def test_tokens_stay_the_same_over_years() -> None:
    chery = BriefingId("chery-2025")
    assert encode(OpenBriefing(chery)) == "b1:open:chery-2025"
    assert encode(OpenSection(chery, 3)) == "b1:section:3:chery-2025"
    assert encode(MoreResults("chery", 1)) == "b1:more:1:chery"
    name = "0123456789abcdef"
    assert encode(Rewrite(chery)) == "b1:rewrite:chery-2025"
    assert encode(OpenDraft(name, 1)) == f"b1:draft:1:{name}"
    assert encode(SaveDraft(name)) == f"b1:save:{name}"
    assert encode(Watch(chery, 2)) == "b1:watch:2::chery-2025"
    assert encode(Watch(chery, 2, "01234567")) == "b1:watch:2:01234567:chery-2025"
    assert encode(Settle(Fate.LATER, name, 1)) == f"b1:due:later:1:{name}"
    assert encode(Signal(Kind.KNEW, chery)) == "b1:signal:knew:chery-2025"
    assert encode(Compare(chery, 1, 3)) == "b1:changed:1:3:chery-2025"
    assert encode(Decide(Verdict.HOLD, name, 2)) == f"b1:ask:hold:2:{name}"
    assert encode(Conclude(name)) == f"b1:conclude:{name}"
    assert encode(PostRecap(name)) == f"b1:recap:{name}"
    assert encode(OpenConclusions(chery)) == "b1:concluded:chery-2025"


@given(st.lists(st.tuples(st.from_regex("[a-z]{1,9}", fullmatch=True), st.text(max_size=60))))
def test_what_was_filled_in_comes_back_whole_or_is_not_carried(
    fields: list[tuple[str, str]],
) -> None:
    intent = OpenForm("when", tuple(fields))
    if can_carry(intent):
        assert decode(encode(intent)) == intent
        assert len(encode(intent)) <= TOKEN_LIMIT


def test_a_button_carries_what_was_filled_in() -> None:
    intent = OpenForm("when", (("zone", "Europe/Berln"), ("at", "25:00 | 9=1"), ("topics", "")))
    assert encode(intent) == "b1:form:when:zone=Europe/Berln|at=25:00 | 9=1|topics="
    assert decode(encode(intent)) == intent
    assert not can_carry(OpenForm("when", (("zone", "x|at=9"),)))
    assert not can_carry(OpenForm("when", (("zone", "x" * 99),)))


@pytest.mark.parametrize("form", ["when", "more", "write"])
def test_a_button_opens_its_form(form: str) -> None:
    assert decode(encode(OpenForm(form))) == OpenForm(form)
