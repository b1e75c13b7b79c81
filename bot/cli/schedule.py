"""`briefing-bot schedule`: the coming posts of every channel."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from typing import TYPE_CHECKING

import click

from bot.errors import SettingError

if TYPE_CHECKING:
    from rich.table import Table

    from bot.agenda import Coming

NOTHING = (
    "No post is to come: set SLACK_CHANNELS or DISCORD_CHANNELS, or write /briefings subscribe."
)


@click.command()
@click.option("--from", "first", help="The first day: 2026-11-24, tomorrow, friday. [default: now]")
@click.option("--days", default=7, show_default=True, type=click.IntRange(1, 3_660))
@click.option("--json", "as_json", is_flag=True, help="Print JSON only.")
def schedule(first: str | None, days: int, *, as_json: bool) -> None:
    """Show the coming posts of every channel; nothing is sent or written."""
    coming = asyncio.run(_coming(first, days))
    if as_json:
        click.echo(json.dumps([told(each) for each in coming], ensure_ascii=False, indent=2))
    elif coming:
        _print(coming)
    else:
        click.echo(NOTHING)


async def _coming(first: str | None, days: int) -> tuple[Coming, ...]:
    from bot.agenda import agenda
    from bot.clock import SystemClock
    from bot.settings import read_configuration

    clock = SystemClock()
    day = _day(first, clock.now().date()) if first else None
    return await agenda(read_configuration(), clock, day, days)


def _print(coming: tuple[Coming, ...]) -> None:
    from rich.console import Console

    Console().print(_table(coming))


def told(coming: Coming) -> dict[str, object]:
    """A coming post as JSON: its moment in UTC, its local time, its channel and its edition."""
    subscription = coming.subscription
    return {
        "at": coming.moment.isoformat(),
        "local": coming.moment.astimezone(subscription.zone).isoformat(),
        "zone": subscription.zone.key,
        "day": str(coming.edition.day),
        "platform": subscription.platform,
        "channel": subscription.channel,
        "subscription": subscription.id,
        "layout": subscription.layout.value,
        "topics": sorted(subscription.topics),
        "without": sorted(subscription.without),
    }


def _table(coming: tuple[Coming, ...]) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table("Local time", "Zone", "UTC", "Platform", "Channel", "Topics", box=None)
    for each in coming:
        subscription = each.subscription
        local = each.moment.astimezone(subscription.zone)
        said = (
            f"{local:%a %d %b %Y %H:%M}",
            subscription.zone.key,
            f"{each.moment:%H:%M}",
            subscription.platform,
            subscription.channel,
            ", ".join(sorted(subscription.topics)) or "all",
        )
        table.add_row(*map(Text, said))  # rich would take [words] of a topic for its markup
    return table


def _day(text: str, today: date) -> date:
    from briefings.calendars import read_date
    from briefings.phrases import Misread

    try:
        return read_date(text, today)
    except Misread as wrong:
        raise SettingError(f"--from is wrong: {wrong}") from None
