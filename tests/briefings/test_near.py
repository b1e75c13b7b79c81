"""What a channel had lately decides as its whole history does, or does not decide."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from briefings.model import BriefingId, Library
from briefings.near import NEAR, near, pick_near
from briefings.pick import History, Nothing, Pick, Pins, Reason, pick_from, shortlist
from tests.briefings.test_pick import DAY, TODAY, channel, entry, library

names = st.integers(0, 2 * NEAR).map(lambda number: BriefingId(f"b{number}"))


@st.composite
def libraries(draw: st.DrawFn) -> Library:
    size = draw(st.integers(0, 2 * NEAR))
    days = st.sampled_from([None, TODAY, TODAY + DAY, TODAY - 5 * DAY])
    return library(
        *(entry(f"b{number}", draw(days), added=TODAY - number * DAY) for number in range(size))
    )


@given(
    libraries(),
    st.dictionaries(names, st.integers(1, 300).map(lambda days: TODAY - timedelta(days))),
    st.one_of(st.just({}), names.map(lambda name: {TODAY: name})),
    st.booleans(),
)
def test_it_picks_as_the_whole_history_would_or_not_at_all(
    shelf: Library, history: History, pins: Pins, repeats: bool
) -> None:
    own = channel(repeats=repeats)
    listed = shortlist(shelf, own.topics, own.without, TODAY)
    known = {name: history[name] for name in near(listed, pins) if name in history}
    whole, found = pick_from(listed, own, history, pins), pick_near(listed, own, known, pins)
    if found is None:
        return
    if isinstance(found, Nothing) or isinstance(whole, Nothing):
        assert found == whole
        return
    assert (found.briefing, found.reason) == (whole.briefing, whole.reason)
    assert found.runner_up in {None, whole.runner_up}


def test_a_new_briefing_is_picked_however_long_the_history() -> None:
    shelf = library(*(entry(f"b{number}", added=TODAY - number * DAY) for number in range(400)))
    own = channel()
    listed = shortlist(shelf, own.topics, own.without, TODAY)
    assert len(near(listed)) == NEAR
    had: dict[BriefingId, date] = {BriefingId(f"b{number}"): TODAY for number in range(1, NEAR)}
    assert pick_near(listed, own, had) == Pick(BriefingId("b0"), Reason.NEWEST)
    had[BriefingId("b0")] = TODAY - DAY
    assert pick_near(listed, own, had) is None
