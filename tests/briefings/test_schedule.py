"""Every local day has one moment, and no edition is lost or doubled however time moves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.due import LOOK_BACK, PUNCTUAL, due
from briefings.moments import moment
from briefings.schedule import (
    EVERY_DAY,
    Edition,
    Late,
    Subscription,
    SubscriptionId,
    coming_editions,
    next_wake,
)

BERLIN = ZoneInfo("Europe/Berlin")
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def subscription(  # noqa: PLR0917
    at: time = time(9),
    zone: ZoneInfo = BERLIN,
    name: str = "slack/C0DAILY01",
    since: datetime = BEGIN,
    weekdays: frozenset[int] = EVERY_DAY,
    late: Late = Late.SEND,
    late_until: timedelta = timedelta(hours=12),
) -> Subscription:
    return Subscription(
        SubscriptionId(name),
        "slack",
        "C0DAILY01",
        at,
        zone,
        since,
        weekdays,
        late=late,
        late_until=late_until,
    )


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


# --- the moment of a local time ---


@pytest.mark.parametrize(
    ("zone", "day", "at", "expected"),
    [
        ("Europe/Berlin", date(2026, 11, 24), time(8, 30), utc(2026, 11, 24, 7, 30)),
        ("Europe/Berlin", date(2026, 3, 29), time(2, 30), utc(2026, 3, 29, 1)),
        ("Europe/Berlin", date(2026, 10, 25), time(2, 30), utc(2026, 10, 25, 0, 30)),
        ("America/New_York", date(2026, 3, 8), time(2), utc(2026, 3, 8, 7)),
        ("America/New_York", date(2026, 11, 1), time(1, 30), utc(2026, 11, 1, 5, 30)),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 10), utc(2026, 10, 3, 15, 30)),
        ("Australia/Lord_Howe", date(2026, 4, 5), time(1, 45), utc(2026, 4, 4, 14, 45)),
        ("Antarctica/Troll", date(2026, 3, 29), time(2), utc(2026, 3, 29, 1)),
        ("Africa/Casablanca", date(2026, 3, 22), time(2, 30), utc(2026, 3, 22, 2)),
        ("Europe/Dublin", date(2026, 3, 29), time(1, 30), utc(2026, 3, 29, 1)),
        ("Europe/Dublin", date(2026, 10, 25), time(1, 30), utc(2026, 10, 25, 0, 30)),
        ("Africa/Monrovia", date(1971, 6, 1), time(9), utc(1971, 6, 1, 9, 44, 30)),
        ("Africa/Monrovia", date(1972, 1, 7), time(0, 20), utc(1972, 1, 7, 0, 44, 30)),
        ("Asia/Beirut", date(2026, 3, 29), time(0), utc(2026, 3, 28, 22)),
        ("America/St_Johns", date(2010, 11, 7), time(0), utc(2010, 11, 7, 2, 30)),
        ("America/Nuuk", date(2026, 3, 28), time(23, 30), utc(2026, 3, 29, 1)),
    ],
)
def test_a_local_time_has_one_moment(zone: str, day: date, at: time, expected: datetime) -> None:
    assert moment(day, at, ZoneInfo(zone)) == expected


def test_a_repeated_time_counts_once_whatever_the_clock_says_of_it() -> None:
    day, at = date(2026, 10, 25), time(2, 30)
    assert moment(day, at.replace(fold=1), BERLIN) == moment(day, at, BERLIN)


def test_a_skipped_time_falls_on_the_change_to_the_second() -> None:
    assert moment(date(2026, 3, 29), time(2, 59, 59, 999_999), BERLIN) == utc(2026, 3, 29, 1)
    assert moment(date(2026, 3, 29), time(2, 0, 0, 1), BERLIN) == utc(2026, 3, 29, 1)


SKIPPED = {
    "Pacific/Apia": date(2011, 12, 30),
    "Pacific/Fakaofo": date(2011, 12, 30),
    "Pacific/Enderbury": date(1994, 12, 31),
    "Pacific/Kanton": date(1994, 12, 31),
    "Pacific/Kiritimati": date(1994, 12, 31),
    "Pacific/Kwajalein": date(1993, 8, 21),
    "Kwajalein": date(1993, 8, 21),
}
"""The only local days from 1975 to 2037 that a zone skipped: it moved over the date line."""

TIMES = (time(0), time(2, 30), time(9), time(23, 45))
FIRST, LAST = date(1975, 1, 1), date(2037, 12, 31)
ZONES = sorted(available_timezones() - {"localtime"})


def months() -> Iterator[date]:
    return (date(year, month, 1) for year in range(1975, 2038) for month in range(1, 13))


def days(first: date, last: date) -> Iterator[date]:
    return (first + DAY * number for number in range((last - first).days + 1))


def some_days(zone: ZoneInfo) -> list[date]:
    """The first of each half-year, and the days beside each change of the zone's offset.

    A change and its undoing within one month escape; `benchmarks/schedule/every_zone.py` looks
    at every day of every zone.
    """
    found = {day for day in months() if day.month in {1, 7}}
    for first, last in pairwise((*months(), LAST)):
        if _offset(first, zone) != _offset(last, zone):
            change = next(
                day for day in days(first, last) if _offset(day, zone) != _offset(first, zone)
            )
            found |= set(days(change - 2 * DAY, change + DAY))
    return sorted(found)


def _offset(day: date, zone: ZoneInfo) -> timedelta | None:
    return datetime.combine(day, time(12), zone).utcoffset()


def check_moments(name: str, chosen: list[date]) -> None:
    """One moment a day, in their order, but for the day that the zone skipped."""
    for at in TIMES:
        moments = {day: moment(day, at, ZoneInfo(name)) for day in chosen}
        lost = [day for day, when in moments.items() if when is None]
        assert lost == [day for day in chosen if day == SKIPPED.get(name)]
        known = [when for when in moments.values() if when is not None]
        assert all(earlier < later for earlier, later in pairwise(known))


def test_every_local_day_has_one_moment_in_every_zone() -> None:
    for name in ZONES:
        check_moments(name, some_days(ZoneInfo(name)))


WEIRD = (
    "Africa/Casablanca",
    "America/Nuuk",
    "America/St_Johns",
    "Antarctica/Casey",
    "Antarctica/Troll",
    "Asia/Gaza",
    "Australia/Lord_Howe",
    "Europe/Dublin",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Pacific/Kwajalein",
)


@pytest.mark.parametrize("name", WEIRD)
def test_every_single_day_has_one_moment_in_the_strangest_zones(name: str) -> None:
    check_moments(name, list(days(FIRST, LAST)))


@pytest.mark.parametrize("name", ["Europe/Berlin", "Australia/Lord_Howe", "America/Nuuk"])
@given(st.dates(FIRST, LAST), st.times())
def test_a_moment_shows_its_local_time_or_the_change_that_skipped_it(
    name: str, day: date, at: time
) -> None:
    zone = ZoneInfo(name)
    when = moment(day, at, zone)
    assert when is not None
    shown = when.astimezone(zone).replace(tzinfo=None)
    before = (when - timedelta(microseconds=1)).astimezone(zone).replace(tzinfo=None)
    wanted = datetime.combine(day, at)
    assert shown == wanted or before < wanted < shown


# --- what is due ---


def test_an_edition_is_due_from_its_moment_on() -> None:
    channel = subscription()
    edition = Edition(channel.id, date(2026, 11, 24))
    moment = utc(2026, 11, 24, 8)
    done = {Edition(channel.id, date(2026, 11, 24) - DAY * back) for back in range(1, 9)}
    assert not list(due([channel], moment - timedelta(microseconds=1), done.__contains__))
    (found,) = due([channel], moment, done.__contains__)
    assert (found.edition, found.moment, found.missed) == (edition, moment, False)
    assert found.subscription is channel
    assert not list(due([channel], moment, {*done, edition}.__contains__))


@pytest.mark.parametrize("off", [-1, 0, 1])
def test_a_late_edition_is_sent_for_as_long_as_its_channel_allows(off: int) -> None:
    moment, second = utc(2026, 11, 24, 8), timedelta(seconds=off)
    (sent,) = _today(
        subscription(late_until=timedelta(hours=3)), moment + timedelta(hours=3) + second
    )
    assert sent is (off > 0)
    (skipped,) = _today(subscription(late=Late.SKIP), moment + PUNCTUAL + second)
    assert skipped is (off > 0)


def _today(channel: Subscription, now: datetime) -> list[bool]:
    return [
        each.missed for each in due([channel], now, lambda each: each.day != date(2026, 11, 24))
    ]


def test_a_late_edition_is_sent_on_its_own_day_alone() -> None:
    evening = subscription(at=time(23))
    moment = utc(2026, 11, 24, 22)
    assert _today(evening, moment + timedelta(minutes=59)) == [False]
    assert _today(evening, moment + timedelta(minutes=60)) == [True]
    last = subscription(at=time(23, 58))
    assert _today(last, utc(2026, 11, 24, 23, 2)) == [False]


def test_a_day_that_the_clock_shows_again_is_not_over() -> None:
    """St. John's put its clock back at one minute past midnight, to 23:01 of the day before."""
    zone, day = ZoneInfo("America/St_Johns"), date(2010, 11, 7)
    channel = subscription(at=time(0), zone=zone, since=utc(2010, 11, 7))
    now = utc(2010, 11, 7, 2, 41)
    assert now.astimezone(zone).date() < day
    (found,) = due([channel], now, lambda _: False)
    assert (found.edition.day, found.missed) == (day, False)


def test_an_edition_whose_moment_is_on_the_next_day_is_not_lost() -> None:
    """Nuuk skips from 23:00 to midnight: the edition of 23:30 comes at 00:00."""
    channel = subscription(
        at=time(23, 30), zone=ZoneInfo("America/Nuuk"), since=utc(2026, 3, 29, 1)
    )
    (found,) = due([channel], utc(2026, 3, 29, 1, 4), lambda _: False)
    assert (found.edition.day, found.missed) == (date(2026, 3, 28), False)


def test_nothing_is_due_from_before_a_channel_subscribed() -> None:
    channel = subscription(since=utc(2026, 11, 24, 8, 1))
    assert not list(due([channel], utc(2026, 11, 24, 12), lambda _: False))
    punctual = subscription(since=utc(2026, 11, 24, 8))
    assert len(list(due([punctual], utc(2026, 11, 24, 12), lambda _: False))) == 1


def test_missed_days_are_told_and_today_is_sent() -> None:
    now = utc(2026, 11, 24, 10)
    found = list(due([subscription()], now, lambda _: False))
    assert [each.edition.day for each in found] == [date(2026, 11, 18) + DAY * n for n in range(7)]
    assert [each.missed for each in found] == [True] * 6 + [False]


def test_the_oldest_moment_comes_first_whatever_the_channel() -> None:
    zones = {"a": "America/New_York", "b": "Asia/Tokyo", "c": "Europe/Berlin", "d": "Asia/Tokyo"}
    some = [subscription(name=name, zone=ZoneInfo(zone)) for name, zone in zones.items()]
    found = due(some, utc(2026, 11, 24, 23), lambda each: each.day != date(2026, 11, 24))
    assert [each.edition.subscription for each in found] == ["b", "d", "c", "a"]


SUBSCRIPTIONS = st.builds(
    subscription,
    at=st.times().map(lambda at: at.replace(microsecond=0)),
    zone=st.sampled_from(
        ("Europe/Berlin", "America/Nuuk", "Australia/Lord_Howe", "America/St_Johns", "Asia/Gaza")
    ).map(ZoneInfo),
    since=st.timedeltas(timedelta(), timedelta(days=340)).map(BEGIN.__add__),
    weekdays=st.frozensets(st.integers(0, 6)),
    late=st.sampled_from((Late.SEND, Late.SKIP)),
    late_until=st.integers(0, 48).map(lambda hours: timedelta(hours=hours)),
)
STEPS = st.lists(st.timedeltas(-timedelta(hours=3), LOOK_BACK), min_size=1, max_size=12)


@given(SUBSCRIPTIONS, STEPS)
def test_however_time_moves_each_edition_comes_once(
    channel: Subscription, steps: list[timedelta]
) -> None:
    now = channel.since
    latest = now
    seen: list[Edition] = []
    for step in steps:
        now += step
        if now - latest > LOOK_BACK:
            now = latest + LOOK_BACK
        latest = max(latest, now)
        for each in due([channel], now, seen.__contains__):
            assert each.moment <= now
            assert each.missed or now - each.moment <= max(channel.late_until, PUNCTUAL)
            seen.append(each.edition)
    count = (latest - channel.since).days + 2
    wanted = [
        edition
        for edition, when in coming_editions(channel, channel.since, count)
        if when <= latest
    ]
    assert sorted(seen) == sorted(wanted)
    assert all(each.day.weekday() in channel.weekdays for each in seen)


# --- when to wake ---


@given(SUBSCRIPTIONS, st.timedeltas(-timedelta(days=60), timedelta(days=60)))
def test_waking_then_finds_an_edition_and_not_one_before(
    channel: Subscription, off: timedelta
) -> None:
    now = channel.since + off
    wake = next_wake([channel], now)
    if wake is None:
        assert not channel.weekdays
        return
    known = {each.edition for each in due([channel], max(now, channel.since), lambda _: False)}
    assert wake > now
    assert {each.edition for each in due([channel], wake, known.__contains__)} or wake in {
        each.moment for each in due([channel], wake, lambda _: False)
    }
    just_before = wake - timedelta(microseconds=1)
    assert not [each for each in due([channel], just_before, lambda _: False) if each.moment > now]


def test_the_earliest_of_all_channels_wakes() -> None:
    early, late = subscription(at=time(7), name="a"), subscription(at=time(8), name="b")
    assert next_wake([late, early], utc(2026, 11, 24)) == utc(2026, 11, 24, 6)
    assert next_wake([late, early], utc(2026, 11, 24, 6)) == utc(2026, 11, 24, 7)
    assert next_wake([], utc(2026, 11, 24)) is None
    assert next_wake([subscription(weekdays=frozenset())], utc(2026, 11, 24)) is None


def test_a_channel_that_begins_in_a_month_is_waited_for() -> None:
    channel = subscription(since=utc(2026, 12, 24))
    assert next_wake([channel], utc(2026, 11, 24)) == utc(2026, 12, 24, 8)


def test_a_weekly_channel_is_waited_for_over_a_day_that_its_zone_skipped() -> None:
    apia = ZoneInfo("Pacific/Apia")
    friday = subscription(zone=apia, weekdays=frozenset({4}), since=utc(2011, 1, 1))
    editions = [each.day for each, _ in coming_editions(friday, utc(2011, 12, 24), 15)]
    assert editions == [date(2012, 1, 6)]
    assert next_wake([friday], utc(2011, 12, 24)) == utc(2012, 1, 5, 19)


def test_a_fortnight_over_each_change_brings_fourteen_mornings() -> None:
    for name, start in (
        ("Europe/Berlin", utc(2026, 3, 22)),
        ("Europe/Berlin", utc(2026, 10, 18)),
        ("America/New_York", utc(2026, 3, 1, 12)),
        ("Australia/Lord_Howe", utc(2026, 9, 28)),
    ):
        zone = ZoneInfo(name)
        coming = list(coming_editions(subscription(zone=zone), start, 14))
        assert len(coming) == 14
        assert {when.astimezone(zone).time() for _, when in coming} == {time(9)}
