"""`briefing-bot status`: what went out, what did not, and why."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.table import Table

    from bot.store.rows import Record

NOTHING = "Nothing was due yet."
HELD = "What is parked or refused waits for somebody: see `briefing-bot parked`."


@click.command()
@click.option("--last", default=20, show_default=True, type=click.IntRange(1, 10_000))
@click.option("--json", "as_json", is_flag=True, help="Print JSON only.")
def status(last: int, *, as_json: bool) -> None:
    """Show what became of the newest posts of every channel."""
    from bot.agenda import outcomes, progress
    from bot.clock import SystemClock
    from bot.settings import read_configuration

    configuration, clock = read_configuration(), SystemClock()
    records = asyncio.run(outcomes(configuration, clock, last))
    if as_json:
        click.echo(json.dumps([told(each) for each in records], ensure_ascii=False, indent=2))
        return
    if records:
        _print(records)
        if any(each.plan.state.value in ("parked", "refused") for each in records):
            click.echo(HELD)
    else:
        click.echo(NOTHING)
    for each in asyncio.run(progress(configuration, clock)):
        read = f"{each.read} of {each.threads} threads"
        click.echo(f"Discussions on {each.platform} are being read again: {read} so far.")


def _print(records: tuple[Record, ...]) -> None:
    from rich.console import Console

    Console().print(_table(records))


def told(record: Record) -> dict[str, object]:
    """An edition as JSON."""
    plan = record.plan
    return {
        "day": str(plan.edition.day),
        "due": plan.due_at.isoformat(),
        "platform": plan.platform,
        "channel": plan.channel,
        "state": plan.state.value,
        "briefing": plan.briefing,
        "title": plan.title,
        "picked": plan.pick_reason,
        "runner_up": plan.runner_up,
        "reason": plan.reason,
        "late": plan.late_reason,
    }


def _table(records: tuple[Record, ...]) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table("Due (UTC)", "Platform", "Channel", "State", "Briefing", "Why", box=None)
    for record in records:
        plan = record.plan
        late = f"late: {plan.late_reason}" if plan.late_reason else None
        why = "; ".join(each for each in (plan.reason, late) if each) or plan.pick_reason or ""
        due = f"{plan.due_at:%a %d %b %H:%M}"
        said = (due, plan.platform, plan.channel, plan.state.value, plan.title or "", why)
        table.add_row(*map(Text, said))  # rich would take [words] of a title for its markup
    return table
