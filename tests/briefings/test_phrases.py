"""What people type about a channel's posts, and what is answered where it is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.agreeing import Unfit, compose_form, read_form, refilled
from briefings.calendars import read_breaks, read_date, read_iso, read_region, read_stretch
from briefings.daysoff import Break, DaysOff, Region, Shift, merged
from briefings.fields import Known
from briefings.forms import AGREED, ChoiceField, FormName, TextField
from briefings.lines import read_terms
from briefings.orders import (
    Pause,
    Pin,
    Resume,
    Show,
    Subscribe,
    Unsubscribe,
    is_shown,
    read_order,
)
from briefings.owner_words import from_when
from briefings.phrases import (
    Misread,
    read_days,
    read_times,
    read_topics,
)
from briefings.schedule import Late, Layout
from briefings.terms import Terms, line_of, subscriptions, terms_of
from briefings.zones import read_zone, zone_named

ZONES = available_timezones()
KNOWN = Known(ZONES, ("mobility", "public health", "energy"))
TUESDAY = date(2026, 11, 24)
ODD_DAYS = [str(date(2026, 1, 1) + timedelta(days=2 * number)) for number in range(60)]
PLAIN = Terms((time(9),), ZoneInfo("UTC"))


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("08:30", [time(8, 30)]),
        ("8.30", [time(8, 30)]),
        ("4pm, 8am", [time(8), time(16)]),
        ("12am,12pm", [time(0), time(12)]),
        ("noon, midnight", [time(0), time(12)]),
        ("23:59:59", [time(23, 59, 59)]),
    ],
)
def test_times_are_read_as_people_write_them(text: str, times: list[time]) -> None:
    assert list(read_times(text)) == times


@pytest.mark.parametrize(
    "text", ["24:00", "8:60", "13pm", "0am", "nine", "", "08:30:60", "09:00+02:00"]
)
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(Misread, match="08:30"):
        read_times(text)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("weekdays", {0, 1, 2, 3, 4}),
        ("Daily", set(range(7))),
        ("weekends", {5, 6}),
        ("mon,WED", {0, 2}),
        ("fri-mon", {4, 5, 6, 0}),
        ("Thursday", {3}),
        ("mondays", {0}),
        ("weekend", {5, 6}),
    ],
)
def test_days_are_read_as_people_write_them(text: str, days: set[int]) -> None:
    assert read_days(text) == days


@pytest.mark.parametrize(
    ("read", "offer"),
    [
        (lambda: read_zone("Europe/Berln", ZONES), "Did you mean Europe/Berlin?"),
        (lambda: read_zone("New York Cty", ZONES), "Did you mean America/New_York?"),
        (lambda: read_days("mondy"), "Did you mean Monday?"),
        (lambda: read_topics("mobilty", KNOWN.topics), "Did you mean mobility?"),
        (lambda: read_topics("x", ()), "No briefing in the library has a topic"),
        (lambda: read_region("Germny"), "Did you mean DE?"),
        (lambda: read_region("DE-XX"), "BY"),
        (lambda: read_iso("2026-02-30"), "Did you mean 2026-02-28?"),
        (lambda: read_iso("2026-13-01"), "01 to 12"),
        (lambda: read_iso("30.2.2026"), "write it as 2026-11-24"),
        (lambda: read_breaks("2027-01-01..2026-12-24"), "ends before it begins"),
        (lambda: read_breaks("2026-01-01..2027-01-03"), "longer than a year"),
        (lambda: read_breaks(",".join(ODD_DAYS[:51])), "at most 50 breaks"),
        (lambda: read_iso("1999-12-31"), "a year from 2000 to 2200"),
        (lambda: read_iso("2201-01-01"), "a year from 2000 to 2200"),
        (lambda: read_times(" , "), "A time is missing"),
        (lambda: read_times("1:00,2:00,3:00,4:00,5:00,6:00,7:00"), "at most 6 times"),
        (lambda: read_days(""), "No day is left"),
        (lambda: read_stretch("soon"), "2 weeks"),
        (lambda: read_stretch("0 days"), "too short or too long"),
        (lambda: read_stretch("3661 days"), "too short or too long"),
        (lambda: read_order("list" + 1_997 * " ", TUESDAY), "more than 2000 characters"),
        (lambda: read_order("pin", TUESDAY), "Write a day"),
        (lambda: read_order("subscrbe", TUESDAY), "Did you mean subscribe?"),
        (lambda: read_order("pause 3h", TUESDAY), "whole days"),
        (lambda: read_order("pause until 2026-11-24", TUESDAY), "later day than today"),
        (lambda: read_order("pin 2026-11-23 x", TUESDAY), "is over"),
        (lambda: read_terms("layout:crd", PLAIN, KNOWN), "Did you mean card?"),
        (lambda: read_terms("tpics:x", PLAIN, KNOWN), "Did you mean topics?"),
        (lambda: read_terms("late:25h", PLAIN, KNOWN), "24h"),
        (lambda: read_terms("mondy 08:30", PLAIN, KNOWN), "“mondy” is no day: "),
        (lambda: read_terms("weekdys", PLAIN, KNOWN), "Did you mean weekdays?"),
        (lambda: read_terms("fortnightly", PLAIN, KNOWN), "no day, no time and no time zone"),
        (lambda: read_terms("Berln", PLAIN, KNOWN), "Did you mean Europe/Berlin?"),
        (lambda: read_terms("Europe/Xyzw", PLAIN, KNOWN), "is no time zone"),
        (lambda: read_terms("late:soon", PLAIN, KNOWN), "late:soon is not known"),
        (lambda: read_terms("rest:1h", PLAIN, KNOWN), "whole days"),
    ],
)
def test_what_is_wrong_is_answered_with_what_is_allowed_or_near(read: object, offer: str) -> None:
    assert callable(read)
    with pytest.raises(Misread) as wrong:
        read()
    assert offer in str(wrong.value)


def test_a_zone_goes_by_its_city_and_a_country_by_its_name() -> None:
    assert read_zone("berlin", ZONES).key == "Europe/Berlin"
    assert read_zone("EUROPE/berlin", ZONES).key == "Europe/Berlin"
    assert read_region("united states") == Region("US")
    assert read_region("de-by") == Region("DE", "BY")


@pytest.mark.parametrize(
    ("line", "order"),
    [
        ("", Show("help")),
        ("LIST", Show("list")),
        ("subscribe", Subscribe("")),
        ("subscribe 08:30 topics:mobility", Subscribe("08:30 topics:mobility")),
        ("pause", Pause(None)),
        ("pause 2 weeks", Pause(date(2026, 12, 8))),
        ("pause until friday", Pause(date(2026, 11, 27))),
        ("resume", Resume()),
        ("unsubscribe", Unsubscribe()),
        ("pin tomorrow chery summit", Pin(date(2026, 11, 25), "chery summit")),
        ("pin chery summit", Pin(TUESDAY, "chery summit")),
        ("pin 2026-12-01", Pin(date(2026, 12, 1), "")),
    ],
)
def test_a_line_is_an_order(line: str, order: object) -> None:
    assert read_order(line, TUESDAY) == order


def test_the_same_weekday_is_the_one_in_a_week() -> None:
    assert read_date("tuesday", TUESDAY) == date(2026, 12, 1)


TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
TERMS = st.builds(
    Terms,
    st.lists(TIMES, min_size=1, max_size=6, unique=True).map(sorted).map(tuple),
    st.sampled_from(["Europe/Berlin", "UTC", "America/Argentina/Ushuaia"]).map(ZoneInfo),
    st.frozensets(st.integers(0, 6), min_size=1),
    st.frozensets(st.sampled_from(list(KNOWN.topics))),
    st.frozensets(st.sampled_from(list(KNOWN.topics))),
    st.builds(
        DaysOff,
        st.sampled_from([None, Region("DE"), Region("US", "CA")]),
        st.lists(st.dates(date(2026, 1, 1), date(2030, 1, 1)), max_size=3).map(
            lambda days: merged(Break(each, each) for each in days)
        ),
        st.sampled_from(Shift),
    ),
    st.integers(1, 3_000).map(lambda days: timedelta(days=days)),
    layout=st.sampled_from(Layout),
    late=st.just(Late.SEND),
    late_until=st.integers(1, 1_440).map(lambda minutes: timedelta(minutes=minutes)),
)


@given(TERMS)
def test_what_the_bot_says_of_terms_can_be_typed_again(terms: Terms) -> None:
    nobodys = Terms((time(1),), ZoneInfo("Asia/Tokyo"), frozenset({2}))
    assert read_terms(line_of(terms), nobodys, KNOWN) == terms


@given(TERMS)
def test_terms_are_one_subscription_a_time_and_come_back_of_them(terms: Terms) -> None:
    began = datetime(2026, 1, 1, tzinfo=UTC)
    made = subscriptions(terms, "slack", "C1", lambda _: began)
    assert len({each.id for each in made}) == len(terms.times)
    assert terms_of(made) == terms


@given(TERMS, st.sampled_from(AGREED))
def test_a_form_that_is_sent_as_it_was_opened_changes_nothing(terms: Terms, name: FormName) -> None:
    form = compose_form(name, terms)
    assert len(form.fields) <= 5
    assert len(form.title) <= 24
    filled = {
        field.name: field.chosen if hasattr(field, "chosen") else (field.value,)
        for field in form.fields
    }
    if name is FormName.WHEN and terms.topics & terms.without:
        return
    assert read_form(name, filled, terms, KNOWN) == terms


@pytest.mark.parametrize("name", [FormName.WRITE, FormName.SECTIONS])
def test_a_form_about_a_draft_has_no_terms(name: FormName) -> None:
    with pytest.raises(ValueError, match="not about a channel"):
        compose_form(name, PLAIN)


def test_every_wrong_field_of_a_form_is_told() -> None:
    filled = {"at": ["25:00"], "zone": ["Europe/Berln"], "days": ["mon"]}
    with pytest.raises(Unfit) as unfit:
        read_form(FormName.WHEN, filled, PLAIN, KNOWN)
    assert set(unfit.value.faults) == {"at", "zone"}


@pytest.mark.parametrize(
    ("form", "filled", "line"),
    [
        (
            FormName.WHEN,
            {"at": ["25:00, 9:00"], "zone": ["Europe/Berln"], "days": ["mon"]},
            "mon 25:00, 9:00 Europe/Berln layout:thread late:12h rest:90d language:en",
        ),
        (
            FormName.WHEN,
            {"at": ["8:30"], "topics": ["enrgy, not moblity, not law"], "layout": ["card"]},
            (
                "daily 08:30 UTC topics:enrgy not:moblity,law layout:card late:12h rest:90d"
                " language:en"
            ),
        ),
        (
            FormName.MORE,
            {"holidays": ["Grmany"], "off": ["2026-13-01, 1 May"], "rest": ["30d"]},
            (
                'daily 09:00 UTC holidays:Grmany off:"2026-13-01, 1 May" layout:thread late:12h'
                " rest:30d language:en"
            ),
        ),
    ],
)
def test_a_form_with_mistakes_becomes_the_line_that_was_meant(
    form: FormName, filled: dict[str, list[str]], line: str
) -> None:
    with pytest.raises(Unfit) as unfit:
        read_form(form, filled, PLAIN, KNOWN)
    assert unfit.value.typed == line
    with pytest.raises(Misread):
        read_terms(line, PLAIN, KNOWN)


def test_a_form_with_mistakes_is_opened_again_as_it_was_filled_in() -> None:
    filled = {"at": ["25:00"], "zone": ["Europe/Paris"], "days": ["mon", "tue"], "topics": [""]}
    with pytest.raises(Unfit) as unfit:
        read_form(FormName.WHEN, filled, PLAIN, KNOWN)
    again = unfit.value.again
    assert again.typed[0] == ("at", "25:00")
    assert set(again.typed[1:]) == {("zone", "Europe/Paris"), ("days", "mon,tue")}
    form = refilled(compose_form(FormName.WHEN, PLAIN), again.typed)
    told = {each.name: each for each in form.fields}
    assert isinstance(told["at"], TextField)
    assert told["at"].value == "25:00"
    assert isinstance(told["days"], ChoiceField)
    assert told["days"].chosen == ("mon", "tue")


def test_of_more_than_a_button_holds_what_is_wrong_comes_first() -> None:
    filled = {"at": ["9:00" + ", 9:00" * 99], "zone": ["Europe/Berln"], "days": ["mon"]}
    with pytest.raises(Unfit) as unfit:
        read_form(FormName.WHEN, filled, PLAIN, KNOWN)
    assert unfit.value.again.typed == (("zone", "Europe/Berln"), ("days", "mon"))
    hostile = refilled(compose_form(FormName.WHEN, PLAIN), [("days", "sun,nonsense"), ("x", "y")])
    chosen = [each.chosen for each in hostile.fields if isinstance(each, ChoiceField)]
    assert chosen[0] == ("sun",)


@pytest.mark.parametrize("word", ["forever", "Never", "always"])
def test_a_briefing_may_rest_for_ever(word: str) -> None:
    terms = read_terms(f"rest:{word}", PLAIN, KNOWN)
    assert not terms.repeats
    assert line_of(terms).endswith("rest:forever language:en")


@pytest.mark.parametrize(
    ("line", "shown"),
    [("", True), ("LIST", True), ("next: ", True), ("pause", False), ("subscribe list", False)],
)
def test_a_line_that_asks_to_be_told_something_is_known(line: str, *, shown: bool) -> None:
    assert is_shown(line) == shown
    assert isinstance(read_order(line, TUESDAY), Show) == shown


@pytest.mark.parametrize("late", list(Late))
def test_a_rule_for_late_posts_is_read_and_told(late: Late) -> None:
    line = "12h" if late is Late.SEND else late.value
    begun = replace(PLAIN, late=Late.SKIP if late is not Late.SKIP else Late.NEXT)
    assert read_terms(f"late:{late.value}", begun, KNOWN).late is late
    assert f"late:{line} " in line_of(replace(PLAIN, late=late))


def test_what_stands_at_the_limits_is_taken() -> None:
    assert len(read_breaks(",".join(ODD_DAYS[:50]))) == 50
    assert len(read_breaks("2026-01-01..2027-01-02")) == 1
    assert len(read_times("1:00,2:00,3:00,4:00,5:00,6:00")) == 6
    assert read_stretch("3660 days") == timedelta(days=3_660)
    assert read_order("list" + 1_996 * " ", TUESDAY) == Show("list")


def test_seconds_are_not_told() -> None:
    assert line_of(replace(PLAIN, times=(time(8, 30, 15),))).startswith("daily 08:30 UTC ")


@pytest.mark.parametrize(
    ("named", "zone"),
    [("Etc/UTC", "UTC"), ("Zulu", "UTC"), ("UTC", "UTC"), ("Europe/Berlin", "Europe/Berlin")],
)
def test_a_zone_of_a_platform_has_its_usual_name(named: str, zone: str) -> None:
    assert zone_named(named, {"UTC", "Europe/Berlin"}) == ZoneInfo(zone)


def test_a_zone_that_nobody_knows_is_none() -> None:
    assert zone_named("Europe/Atlantis", {"UTC"}) is None


def test_a_confirmation_says_it_in_plain_words() -> None:
    first, now = datetime(2026, 11, 24, 7, 30, tzinfo=UTC), datetime(2026, 11, 23, 12, tzinfo=UTC)
    told = from_when(first, now, ZoneInfo("Europe/Berlin"))
    assert told == "From tomorrow, Tue 24 Nov, 08:30 in Berlin."


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("mon wed 8:30", "mon,wed 08:30"),
        ("mon, wed and fri 8:30", "mon,wed,fri 08:30"),
        ("weekdays and saturday", "mon,tue,wed,thu,fri,sat 09:00"),
        ("every day 9:00 16:00", "daily 09:00,16:00"),
        ("9:00 , 16:00", "daily 09:00,16:00"),
        ("at 8", "daily 08:00"),
        ("4:30 pm", "daily 16:30"),
        ("every weekday noon", "weekdays 12:00"),
    ],
)
def test_days_and_times_of_a_line_count_all_together(line: str, meant: str) -> None:
    assert line_of(read_terms(line, PLAIN, KNOWN)).startswith(f"{meant} UTC ")


@pytest.mark.parametrize("line", ["new york 8:30", "08:30 in New York", "8:30 america / new york"])
def test_a_zone_of_several_words_needs_no_underscore(line: str) -> None:
    terms = read_terms(line, PLAIN, KNOWN)
    assert (terms.zone.key, terms.times) == ("America/New_York", (time(8, 30),))


def test_a_list_may_have_blanks_and_what_is_quoted_stays() -> None:
    terms = read_terms("topics: mobility, energy", PLAIN, KNOWN)
    assert terms.topics == {"mobility", "energy"}
    known = Known(ZONES, ("new york", "a / b"))
    terms = read_terms('topics:"New York, a / b"', PLAIN, known)
    assert terms.topics == {"new york", "a / b"}
    assert read_terms("mon", PLAIN, Known((), ())).weekdays == {0}


@pytest.mark.parametrize("zone", ["GMT+2", "UTC+2", "+02:00", "utc-5"])
def test_an_offset_is_no_zone_and_its_sign_is_not_turned_around(zone: str) -> None:
    with pytest.raises(Misread, match="summer time"):
        read_terms(f"9:00 {zone}", PLAIN, KNOWN)


def test_a_short_name_is_not_taken_for_a_zone_far_away() -> None:
    with pytest.raises(Misread) as told:
        read_zone("XEST", ZONES)
    assert "Did you mean" not in str(told.value)


@pytest.mark.parametrize("line", ["unsubscribe 08:30", "unsubscribe mondays"])
def test_unsubscribing_from_one_time_does_not_end_them_all(line: str) -> None:
    with pytest.raises(Misread, match="all posts of the channel"):
        read_order(line, TUESDAY)


@pytest.mark.parametrize(
    ("line", "order"),
    [
        ("pause forever", Pause(None)),
        ("pause for a week", Pause(date(2026, 12, 1))),
        ("pause 2 wks", Pause(date(2026, 12, 8))),
        ("pause until next week", Pause(date(2026, 11, 30))),
        ("pause next friday", Pause(date(2026, 11, 27))),
        ("unsubscribe all", Unsubscribe()),
        ("subscribe: 9:00", Subscribe("9:00")),
    ],
)
def test_an_order_is_read_as_people_say_it(line: str, order: object) -> None:
    assert read_order(line, TUESDAY) == order


@pytest.mark.parametrize("line", ["pause until 31.02.", "pin 31.02. chery", "pin 2026-02-31 chery"])
def test_a_date_that_is_written_wrongly_is_not_taken_for_words(line: str) -> None:
    with pytest.raises(Misread, match="is no date"):
        read_order(line, TUESDAY)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("0830", "08:30"),
        ("1600 mon", "16:00"),
        ("8h", "08:00"),
        ("8h30", "08:30"),
        ("8:30 tz:Europe/Berlin", "Europe/Berlin"),
        ("8:30 rest:90 days", "rest:90d"),
        ("8:30 late:3 hours", "late:3h"),
    ],
)
def test_a_line_is_read_as_people_elsewhere_write_it(line: str, said: str) -> None:
    assert said in line_of(read_terms(line, PLAIN, KNOWN)).split() + [
        f"{each:%H:%M}" for each in read_terms(line, PLAIN, KNOWN).times
    ]


@pytest.mark.parametrize(
    ("word", "zone"),
    [
        ("PST", "America/Los_Angeles"),
        ("cest", "Europe/Berlin"),
        ("EST", "America/New_York"),
        ("MST", "America/Denver"),
    ],
)
def test_half_a_years_time_is_answered_with_the_zone_that_was_meant(word: str, zone: str) -> None:
    for line in (f"8:30 {word}", f"8:30 tz:{word}"):
        with pytest.raises(Misread, match=f"Did you mean {zone}"):
            read_terms(line, PLAIN, KNOWN)


@pytest.mark.parametrize("text", ["2460", "2400", "830pm1", "25h"])
def test_digits_that_are_no_time_are_refused(text: str) -> None:
    with pytest.raises(Misread, match="08:30"):
        read_times(text)


def test_a_pause_that_is_neither_stretch_nor_day_is_told_how_to_write_both() -> None:
    with pytest.raises(Misread, match="2 weeks, 3 days, or 2026-12-24"):
        read_order("pause until 24 dec", TUESDAY)
