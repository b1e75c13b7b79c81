"""`briefing-bot post`: a briefing to a channel now."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import click

from bot.errors import BriefingBotError

if TYPE_CHECKING:
    from bot.posting import Order
    from bot.settings import Configuration


@click.command()
@click.argument("channel")
@click.argument("briefing", nargs=-1)
@click.option("--dry-run", is_flag=True, help="Print the requests and send nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON only.")
def post(channel: str, briefing: tuple[str, ...], *, dry_run: bool, as_json: bool) -> None:
    """Post to CHANNEL (slack:C0123456789) now: BRIEFING, or else what is due there today."""
    from bot.logs import set_up
    from bot.settings import read_configuration

    configuration = read_configuration()
    own = configuration.own
    set_up(own.log_level, configuration.secrets(), own.briefing_log)
    click.echo(asyncio.run(_post(configuration, channel, briefing, (dry_run, as_json))))


async def _post(
    configuration: Configuration, channel: str, words: tuple[str, ...], flags: tuple[bool, bool]
) -> str:
    from bot.cli.render import show
    from bot.clock import SystemClock
    from bot.posting import take_order

    dry_run, as_json = flags
    order = await take_order(configuration, SystemClock(), channel, " ".join(words) or None)
    if dry_run:
        return show(order.requests(), as_json=as_json)
    return await _send(configuration, order, as_json=as_json)


async def _send(configuration: Configuration, order: Order, *, as_json: bool) -> str:
    from bot.cli.status import told
    from bot.clock import SystemClock
    from bot.posting import post as post_now
    from bot.store.rows import State

    record = await post_now(configuration, SystemClock(), order)
    plan = record.plan
    if plan.state is not State.SENT:
        raise BriefingBotError(f"“{plan.title}” is {plan.state}: {plan.reason}")
    if as_json:
        return json.dumps(told(record), ensure_ascii=False, indent=2)
    return f"“{plan.title}” went to {plan.platform} channel {plan.channel} ({plan.pick_reason})."
