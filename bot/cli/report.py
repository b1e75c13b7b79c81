"""`briefing-bot report`: what became of posts, as tables, bars, a picture, JSON or CSV."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import RenderableType

    from bot.reporting import ChannelReport, Report

BARS = "▁▂▃▄▅▆▇█"
LONGEST = 30
"""Characters of the longest bar."""

NOTHING = "Nothing was posted or said in these days."
HEAD = ("platform", "channel", "figure", "of", "week", "count")


@click.command()
@click.option("--channel", metavar="PLACE", help="One channel, such as slack:C0123456789.")
@click.option("--days", default=30, show_default=True, type=click.IntRange(1, 3_660))
@click.option("--json", "as_json", is_flag=True, help="Print JSON only.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV only: a row a figure.")
@click.option("--png", type=click.Path(dir_okay=False, path_type=Path), help="Write a picture.")
def report(
    channel: str | None, days: int, png: Path | None, *, as_json: bool, as_csv: bool
) -> None:
    """Show posts, readers who acted, replies by section and week, and signals.

    A reader who acted pressed a button of a post, replied or reacted. People are counted by keyed
    hashes: nobody is named, here or in the database.
    """
    from bot.clock import SystemClock
    from bot.reporting import report as reported
    from bot.settings import read_configuration

    told = asyncio.run(reported(read_configuration(), SystemClock(), days, channel))
    if png:
        from bot.cli.report_picture import draw

        draw(told, png)
    if as_json:
        click.echo(json.dumps(as_object(told), ensure_ascii=False, indent=2))
    elif as_csv:
        _print_rows(told)
    elif told.channels:
        _print(told)
    else:
        click.echo(NOTHING)


def as_object(told: Report) -> dict[str, object]:
    """A report as JSON."""
    return {
        "first": told.first.isoformat(),
        "last": told.last.isoformat(),
        "channels": [_channel(each) for each in told.channels],
    }


def _channel(each: ChannelReport) -> dict[str, object]:
    return {
        "platform": each.platform,
        "channel": each.channel,
        "posts": each.posts,
        "readers": each.readers,
        "signals": {kind.value: number for kind, number in each.signals.items()},
        "replies": [
            {"section": section, "week": week.isoformat(), "count": number}
            for (section, week), number in sorted(each.replies.items())
        ],
    }


def _print_rows(told: Report) -> None:
    import csv
    import sys

    from bot.reporting import rows

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(HEAD)
    writer.writerows(rows(told))


def _print(told: Report) -> None:
    from rich.console import Console

    console = Console()
    console.print(f"{told.first} to {told.last}, UTC", style="bold")
    console.print(_table(told))
    for each in told.channels:
        if each.replies:
            console.print(
                f"\nReplies in {each.platform} {each.channel}, a bar a week", style="bold"
            )
            console.print(_sections(each, told))


def _table(told: Report) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    table = Table("Platform", box=None)
    table.add_column("Channel", overflow="fold", min_width=20)
    for head in ("Posts", "Readers", "Replies"):
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column("Signals", overflow="fold")
    for each in told.channels:
        figures = (each.posts, each.readers, sum(each.replies.values()))
        signals = ", ".join(f"{kind} {number}" for kind, number in each.signals.items())
        table.add_row(*map(Text, (each.platform, each.channel, *map(str, figures), signals)))
    return table


def _sections(each: ChannelReport, told: Report) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    table = Table("Section", "Replies", "", "Weeks", box=None)
    most = max(each.by_section.values())
    for section, number in each.by_section.items():
        weeks = [each.replies.get((section, week), 0) for week in told.weeks]
        length = max(1, round(number / most * LONGEST))
        table.add_row(Text(section), str(number), Text("█" * length), Text(sparks(weeks)))
    return table


def sparks(numbers: list[int]) -> str:
    """Numbers as a line of small bars; nothing is a blank."""
    most = max(numbers, default=0) or 1
    return "".join(BARS[-(-each * len(BARS) // most) - 1] if each else " " for each in numbers)
