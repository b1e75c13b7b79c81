"""Lines about discussions: what they ask for, how a channel discusses, and when a recap comes."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.manners import Manners, line_of_manners
from briefings.phrases import Misread
from briefings.recap_rules import Daily, Quiet, is_due, line_of_rule, read_rule
from briefings.talk_orders import Agree, FindTalks, changes_talk, read_manners, read_talk_order

USUAL = Manners()
BERLIN = ZoneInfo("Europe/Berlin")
RULES = st.none() | st.builds(Daily, st.times().map(lambda at: at.replace(second=0, microsecond=0)))
QUIETS = st.integers(10, 2_880).map(lambda minutes: Quiet(timedelta(minutes=minutes)))
MANNERS = st.builds(
    Manners,
    st.booleans(),
    st.booleans(),
    st.integers(1, 365),
    (RULES | QUIETS).map(line_of_rule),
    st.sampled_from(["thread", "channel"]),
    st.booleans(),
)


@pytest.mark.parametrize(
    ("line", "order"),
    [
        ("discussed", FindTalks("")),
        ("discussed  chery plant ", FindTalks("chery plant")),
        ("Discussions", Agree("")),
        ("discussions recap off", Agree("recap off")),
        ("discuss", None),
        ("status", None),
    ],
)
def test_a_line_says_what_it_asks_for(line: str, order: object) -> None:
    assert read_talk_order(line) == order
    assert changes_talk(line) == (order == Agree("recap off"))


@given(MANNERS, MANNERS)
def test_the_line_of_what_is_agreed_agrees_on_it_again(wanted: Manners, before: Manners) -> None:
    assert read_manners(line_of_manners(wanted), before) == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("opens off", Manners(opens=False)),
        ("text kept", Manners(keeps_text=True)),
        ("text kept 30 days", Manners(keeps_text=True, kept_days=30)),
        ("text:on kept:2 weeks", Manners(keeps_text=True, kept_days=14)),
        ("text not kept", USUAL),
        ("kept 30", Manners(kept_days=30)),
        ("recap quiet 4h", Manners(recap="quiet 4h")),
        ('recap:"quiet 90 minutes" in:channel', Manners(recap="quiet 90m", recap_in="channel")),
        ("recap 17:00 in channel", Manners(recap="17:00", recap_in="channel")),
        ("recap at 5pm", Manners(recap="17:00")),
        ("recap quiet", Manners(recap="quiet 4h")),
        ("signals:off recap:off", Manners(signals=False)),
        ("in the channel", Manners(recap_in="channel")),
    ],
)
def test_a_channel_discusses_as_people_say(words: str, wanted: Manners) -> None:
    assert read_manners(words, USUAL) == wanted


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("recpa off", "Did you mean recap?"),
        ("opens maybe", "opens:on or opens:off"),
        ("kept 900 days", "1 to 365 days"),
        ("kept soon", "no stretch of time"),
        ("recap sometimes", "recap quiet 4h"),
        ("recap 09:00,17:00", "once a day"),
        ("recap quiet 3 weeks", "10 minutes to 2 days"),
        ("in a bottle", "in:thread"),
        ("", "Write what to change"),
    ],
)
def test_what_cannot_be_is_answered_with_what_can(words: str, hint: str) -> None:
    with pytest.raises(Misread, match=hint):
        read_manners(words, USUAL)


@given(RULES | QUIETS)
def test_a_rule_is_read_from_its_line(rule: Daily | Quiet | None) -> None:
    assert read_rule(line_of_rule(rule)) == rule


def at(hour: int, minute: int = 0, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


@pytest.mark.parametrize(
    ("first", "last", "now", "due"),
    [
        (at(16), at(16, 59), at(16, 59), False),
        (at(16), at(16, 59), at(17), True),
        (at(17), at(17), at(23), False),
        (at(18, day=22), at(9), at(16), False),
        (at(16, day=22), at(9), at(9), True),
        (at(16, day=19), at(16, day=19), at(18), False),
    ],
)
def test_at_its_hour_comes_a_recap_of_what_was_said_before_it(
    first: datetime, last: datetime, now: datetime, due: bool
) -> None:
    assert is_due(Daily(time(17)), (first, last), now, BERLIN) is due
    assert not is_due(None, (first, last), now, BERLIN)


def test_a_recap_comes_once_it_was_quiet_for_long_enough() -> None:
    quiet = Quiet(timedelta(hours=4))
    assert not is_due(quiet, (at(9), at(12)), at(15, 59), BERLIN)
    assert is_due(quiet, (at(9), at(12)), at(16), BERLIN)
    assert not is_due(quiet, (at(9, day=18), at(12, day=18)), at(16), BERLIN)
