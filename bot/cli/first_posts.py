"""The demo's first posts: waited for, told in a line each, and judged where it leaves then."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from bot.cli.run import until_stopped
from bot.demo import Demo, open_demo
from bot.errors import BriefingBotError
from bot.store.rows import OPEN, Record, State
from briefings.schedule import Subscription, coming_editions

PATIENCE = 60
"""Seconds in which every channel has its post, or `--once` says which has not."""

LATE = f"Not every channel had its post within {PATIENCE} seconds: end the demo and start it again."


async def show_demo(*, once: bool, port: int, folder: Path | None) -> None:
    """Post, tell what went where, and stay until stopped, or leave at once.

    Raises BriefingBotError where it leaves and a channel did not get its post.
    """
    async with open_demo(port, folder) as running:
        await _show(running, once=once)


async def _show(running: Demo, *, once: bool) -> None:
    if not once:
        click.echo(f"The bot is at work: open {running.address} (Ctrl-C ends it).")
    records = await _first_posts(running)
    for record in records:
        click.echo(_line(record))
    missing = len(running.bot.subscriptions) - len(records)
    if once:
        _judge(records, missing)
        return
    if missing:
        click.echo(LATE)
    await until_stopped()


async def _first_posts(running: Demo) -> list[Record]:
    """What became of the first edition of every channel; fewer where patience ran out."""
    try:
        async with asyncio.timeout(PATIENCE):
            return [await _finished(running, each) for each in running.bot.subscriptions]
    except TimeoutError:
        return []


async def _finished(running: Demo, subscription: Subscription) -> Record:
    edition, _ = next(coming_editions(subscription, subscription.since))
    while True:
        record = await running.bot.ledger.find(edition)
        if record and record.plan.state not in OPEN:
            return record
        await asyncio.sleep(0.1)


def _line(record: Record) -> str:
    plan = record.plan
    what = f"“{plan.title}”" if plan.title else "nothing"
    why = f" ({plan.reason or plan.pick_reason})" if plan.reason or plan.pick_reason else ""
    return f"{plan.platform} channel {plan.channel}: {what} {plan.state}{why}."


def _judge(records: list[Record], missing: int) -> None:
    if missing:
        raise BriefingBotError(LATE)
    if any(record.plan.state is not State.SENT for record in records):
        raise BriefingBotError("Not every channel got its post; the lines above say why.")
