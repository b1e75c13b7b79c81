"""What is due where days are off, where a channel rests, and where a post goes with the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.daysoff import Break, DaysOff, Region, Shift, is_off, is_posting_day
from briefings.due import LOOK_BACK, Verdict, reckon
from briefings.schedule import (
    NEVER,
    Late,
    Subscription,
    SubscriptionId,
    coming_editions,
    next_moment,
)

BERLIN = ZoneInfo("Europe/Berlin")
BEGIN = datetime(2026, 11, 1, tzinfo=UTC)
DAILY = Subscription(SubscriptionId("slack/C1"), "slack", "C1", time(9), BERLIN, BEGIN)
DAY = timedelta(days=1)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


def days(subscription: Subscription, start: datetime, count: int) -> list[date]:
    return [edition.day for edition, _ in coming_editions(subscription, start, count)]


@pytest.mark.parametrize(
    ("shift", "expected"),
    [(Shift.SKIP, []), (Shift.BEFORE, [24]), (Shift.AFTER, [28])],
)
def test_christmas_day_of_a_weekly_channel_follows_the_rule(
    shift: Shift, expected: list[int]
) -> None:
    fridays = replace(DAILY, weekdays=frozenset({4}), off=DaysOff(Region("DE"), shift=shift))
    assert [day.day for day in days(fridays, utc(2026, 12, 20), 9)] == expected


def test_a_moved_post_that_meets_another_is_one_with_it() -> None:
    weekdays = frozenset(range(5))
    moved = replace(DAILY, weekdays=weekdays, off=DaysOff(Region("DE"), shift=Shift.BEFORE))
    found = days(moved, utc(2026, 12, 21), 7)
    assert [day.day for day in found] == [21, 22, 23, 24]


def test_own_days_off_and_the_weekend_of_the_place_are_no_working_days() -> None:
    closed = Break(date(2026, 12, 24), date(2027, 1, 1))
    after = DaysOff(Region("DE"), (closed,), Shift.AFTER)
    fridays = replace(DAILY, weekdays=frozenset({4}), off=after)
    assert days(fridays, utc(2026, 12, 20), 16) == [date(2027, 1, 4)]
    cairo = replace(fridays, off=DaysOff(Region("EG"), (closed,), Shift.AFTER))
    assert days(cairo, utc(2026, 12, 20), 16) == [date(2027, 1, 3)]
    nowhere = replace(fridays, off=DaysOff(None, (closed,), Shift.AFTER))
    assert days(nowhere, utc(2026, 12, 20), 16) == [date(2027, 1, 4)]


OFF = st.builds(
    DaysOff,
    st.sampled_from([None, Region("DE", "BY"), Region("US"), Region("EG")]),
    st.lists(
        st.builds(
            lambda day, length: Break(day, day + length * DAY),
            st.dates(date(2026, 1, 1), date(2027, 12, 31)),
            st.integers(0, 20),
        ),
        max_size=3,
    ).map(tuple),
    st.sampled_from(Shift),
)


@given(OFF, st.frozensets(st.integers(0, 6)), st.dates(date(2026, 2, 1), date(2027, 11, 30)))
def test_nothing_falls_on_a_day_off_and_nothing_is_lost_but_by_the_rule(
    off: DaysOff, weekdays: frozenset[int], day: date
) -> None:
    if is_posting_day(day, weekdays, off):
        assert not is_off(day, off)
    elif day.weekday() in weekdays:
        assert is_off(day, off)
        if off.shift is Shift.SKIP:
            return
        step = DAY if off.shift is Shift.AFTER else -DAY
        near = [day + step * number for number in range(1, 61)]
        assert any(is_posting_day(each, weekdays, off) for each in near)


def test_a_pause_has_no_editions_and_ends_at_its_hour() -> None:
    paused = replace(DAILY, paused_until=utc(2026, 12, 1))
    assert next_moment(paused, utc(2026, 11, 24)) == utc(2026, 12, 1, 8)
    assert next_moment(replace(DAILY, paused_until=NEVER), utc(2026, 11, 24)) is None
    long = replace(DAILY, paused_until=utc(2029, 1, 1))
    assert next_moment(long, utc(2026, 11, 24)) == utc(2029, 1, 1, 8)
    assert not reckon(paused, utc(2026, 11, 20), utc(2026, 11, 24)).due


WITH_NEXT = replace(DAILY, late=Late.NEXT)
HOUR = utc(2026, 11, 24, 8)


def test_what_goes_with_the_next_waits_for_it() -> None:
    waits = reckon(WITH_NEXT, HOUR, HOUR + timedelta(hours=2))
    assert (waits.due, waits.cursor, waits.look_at) == ((), HOUR, HOUR + DAY)
    (late, own) = reckon(WITH_NEXT, HOUR, HOUR + DAY).due
    assert [each.verdict for each in (late, own)] == [Verdict.SEND_LATE, Verdict.SEND]
    assert late.expires_at is None


def test_of_several_the_newest_goes_with_the_next() -> None:
    reckoned = reckon(WITH_NEXT, HOUR, HOUR + 3 * DAY)
    verdicts = [each.verdict for each in reckoned.due]
    assert verdicts == [Verdict.SKIP, Verdict.SKIP, Verdict.SEND_LATE, Verdict.SEND]
    assert reckoned.cursor == reckoned.look_at == HOUR + 4 * DAY


@given(
    st.sampled_from(Late),
    st.lists(st.timedeltas(timedelta(), LOOK_BACK), min_size=1, max_size=10),
    st.integers(0, 30),
)
def test_however_time_moves_the_clock_of_a_subscription_settles_each_edition_once(
    late: Late, steps: list[timedelta], hours: int
) -> None:
    channel = replace(DAILY, late=late, late_until=timedelta(hours=hours))
    now, cursor, seen = BEGIN, next_moment(DAILY, BEGIN), []
    for step in steps:
        now += step
        assert cursor is not None
        reckoned = reckon(channel, cursor, now)
        seen += [each.edition.day for each in reckoned.due]
        cursor = reckoned.cursor
        assert reckoned.look_at is None or reckoned.look_at > now
    assert len(set(seen)) == len(seen)
    wanted = [edition.day for edition, when in coming_editions(channel, BEGIN, 90) if when <= now]
    waiting = 1 if late is Late.NEXT else 0
    if max(steps) <= LOOK_BACK - DAY:
        assert wanted[: len(seen)] == seen
        assert len(wanted) - len(seen) <= waiting


@given(st.sampled_from(Late), st.integers(0, 48), st.times())
def test_what_may_be_sent_late_does_not_expire_before_it_is_late(
    late: Late, hours: int, at: time
) -> None:
    at = at.replace(microsecond=0)
    channel = replace(DAILY, at=at, late=late, late_until=timedelta(hours=hours))
    when = next_moment(channel, BEGIN)
    assert when is not None
    (due,) = reckon(channel, when, when).due
    assert due.expires_at is None or due.expires_at >= when + timedelta(minutes=5)
