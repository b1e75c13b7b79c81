"""The plots: everything that was said is drawn, inside the drawing, in the week it was said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.page.plots import ROWS, WEEKS, begins, by_row, weekly
from bot.store.overview import Spoken

TODAY = date(2026, 11, 23)
FIRST = datetime.combine(begins(TODAY), datetime.min.time(), UTC)
MINUTES = WEEKS * 7 * 24 * 60


def spoken(person: str, after: int) -> Spoken:
    return Spoken(("slack", "C1"), person, "Title", FIRST + timedelta(minutes=after))


said = st.lists(
    st.builds(spoken, st.sampled_from("abcdefghijkl"), st.integers(0, MINUTES - 1)), max_size=60
)


@given(said)
def test_all_that_was_said_is_counted(told: list[Spoken]) -> None:
    assert sum(each.number for each in weekly(told, TODAY).marks) == len(told)
    plot = by_row(told, TODAY, lambda each: each.person)
    counted = sum(each.number for each in plot.marks)
    people = {each.person for each in told}
    assert (counted == len(told)) == (len(people) <= ROWS)


@given(said)
def test_every_mark_is_inside_its_drawing(told: list[Spoken]) -> None:
    plot = by_row(told, TODAY, lambda each: each.person)
    for mark in plot.marks:
        assert mark.size <= mark.x <= plot.width - mark.size
        assert mark.size <= mark.y <= plot.height - mark.size
    bars = weekly(told, TODAY)
    assert all(each.size < bars.height for each in bars.marks)


def test_a_week_begins_on_its_monday() -> None:
    assert begins(TODAY) == date(2026, 9, 7)
    (mark,) = weekly([spoken("a", MINUTES - 1)], TODAY).marks
    assert mark.told == "23 Nov"
