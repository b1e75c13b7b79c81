"""A report as a picture: for each channel, replies by section and week."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import FileError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from bot.reporting import ChannelReport, Report

WIDTH, HEIGHT = 9.0, 2.8
"""Inches of a channel's plot."""

SECTIONS = 6
"""Sections that are told apart; the others are one."""

MISSING = "A picture needs matplotlib: install it with `pip install 'briefing-bot[report]'`."


def draw(told: Report, file: Path) -> None:
    """Write the picture; raises FileError where that cannot be."""
    try:
        from matplotlib.figure import Figure
    except ModuleNotFoundError:
        raise FileError(MISSING) from None
    count = max(1, len(told.channels))
    figure = Figure(figsize=(WIDTH, HEIGHT * count), layout="constrained")
    plots = figure.subplots(count, squeeze=False)
    for axes, each in zip(plots[:, 0], told.channels, strict=False):
        _plot(axes, each, told)
    try:
        figure.savefig(file, format="png", dpi=150)
    except OSError as error:
        raise FileError(f"{file} cannot be written ({error}).") from None


def _plot(axes: Axes, each: ChannelReport, told: Report) -> None:
    from matplotlib.ticker import MaxNLocator

    weeks = [f"{week:%d %b}" for week in told.weeks]
    below = [0] * len(weeks)
    axes.bar(weeks, below)  # the weeks stand below a plot without replies, too
    for section, numbers in _sections(each, told).items():
        axes.bar(weeks, numbers, bottom=below, label=_plain(section))
        below = [done + more for done, more in zip(below, numbers, strict=True)]
    axes.set_title(
        f"{each.platform} {each.channel}: {each.posts} posts, {each.readers} readers who acted",
        loc="left", fontsize="medium",
    )  # fmt: skip
    axes.set_ylabel("replies")
    axes.set_ylim(0, max(1, *below))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    if each.replies:
        axes.legend(fontsize="small", loc="center left", bbox_to_anchor=(1.0, 0.5))


def _sections(each: ChannelReport, told: Report) -> dict[str, list[int]]:
    """The replies a week of the most discussed sections, and of all others together."""
    names = list(each.by_section)
    found: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        label = name if place < SECTIONS else "others"
        numbers = [each.replies.get((name, week), 0) for week in told.weeks]
        before = found.get(label, [0] * len(numbers))
        found[label] = [a + b for a, b in zip(before, numbers, strict=True)]
    return found


def _plain(text: str) -> str:
    """A heading for a label: a dollar would begin a formula, an underscore hide the label."""
    return text.replace("$", r"\$").lstrip("_") or " "
