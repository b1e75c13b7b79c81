"""Who spoke about what over the weeks, as shapes to draw. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

from bot.store.overview import Spoken

WEEKS = 12
ROWS = 8
"""People, or briefings, that have a row of their own."""

EDGE, STEP, TOP, ROW = 10, 28, 26, 52
"""The margin, a week's width, the head's height, and a row's height: as wide as a phone."""

TALL = 140
LARGEST = 12
LABEL = 44
"""Characters of a row's name, which stands above its dots."""

NAME, DOTS = 18, 35
"""Where in a row its name stands, and its dots."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A shape for one week: its middle, its size, and what it stands for."""

    x: float
    y: float
    size: float
    number: int
    told: str


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing: its size, the weeks' names with their places, the rows' names, and its marks."""

    width: int
    height: int
    weeks: Sequence[tuple[float, str]]
    rows: Sequence[tuple[float, str]]
    marks: Sequence[Mark]


def weekly(spoken: Sequence[Spoken], today: date) -> Plot:
    """A bar a week: how much was said; `size` is its height."""
    counted = Counter(_week(each.at.date()) for each in spoken)
    most = max(counted.values(), default=1)
    marks = [
        Mark(_x(at), 0, counted[week] * TALL / most, counted[week], _label(week))
        for at, week in enumerate(_weeks(today))
        if counted[week]
    ]
    return Plot(_width(), TALL + 2 * TOP, _named(today), (), marks)


def by_row(spoken: Sequence[Spoken], today: date, row_of: Callable[[Spoken], str]) -> Plot:
    """A row for each of those who, or of what, were most; a dot a week, `size` is its radius."""
    total = Counter(row_of(each) for each in spoken)
    names = [name for name, _ in total.most_common(ROWS)]
    counted = Counter((row_of(each), _week(each.at.date())) for each in spoken)
    most = max(counted.values(), default=1)
    marks = [
        Mark(_x(at), _y(row), LARGEST * sqrt(found / most), found, f"{name}, {_label(week)}")
        for row, name in enumerate(names)
        for at, week in enumerate(_weeks(today))
        if (found := counted[name, week])
    ]
    rows = [(TOP + ROW * row + NAME, _short(name)) for row, name in enumerate(names)]
    return Plot(_width(), TOP + ROW * len(names) + 8, _named(today), rows, marks)


def begins(today: date) -> date:
    """The first day that a plot shows."""
    return _weeks(today)[0]


def _weeks(today: date) -> Sequence[date]:
    last = _week(today)
    return [last - timedelta(weeks=WEEKS - 1 - number) for number in range(WEEKS)]


def _week(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def _named(today: date) -> Sequence[tuple[float, str]]:
    """Every second week by its Monday: more would not fit."""
    weeks = enumerate(_weeks(today))
    return [(_x(at), _label(week)) for at, week in weeks if (WEEKS - at) % 2]


def _label(week: date) -> str:
    return f"{week.day} {week:%b}"


def _width() -> int:
    return 2 * EDGE + WEEKS * STEP


def _x(at: int) -> float:
    return EDGE + (at + 0.5) * STEP


def _y(row: int) -> float:
    return TOP + ROW * row + DOTS


def _short(name: str) -> str:
    return name if len(name) <= LABEL else f"{name[: LABEL - 1].rstrip()}…"
