"""`briefing-bot parked`: the posts that nobody could find out about, and their release by hand."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime

import click

from bot.clock import SystemClock
from bot.errors import SettingError
from bot.settings import Configuration, read_configuration
from bot.store.database import exists, open_database
from bot.store.releasing import Releasing, Verdict
from bot.store.rows import Record
from briefings.schedule import Edition, SubscriptionId

VERDICTS = {"post": Verdict.POST, "there": Verdict.THERE, "skip": Verdict.SKIP}


@click.command()
@click.argument("subscription", required=False)
@click.argument("day", required=False, type=click.DateTime(["%Y-%m-%d"]))
@click.option(
    "--as",
    "verdict",
    type=click.Choice(list(VERDICTS)),
    help="What you found in the channel: post it, it is there, or skip it.",
)
@click.option("--message", help="The id of the card, where --as there needs it.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON only.")
def parked(
    subscription: str | None,
    day: datetime | None,
    verdict: str | None,
    message: str | None,
    *,
    as_json: bool,
) -> None:
    """Show parked posts, or release one: SUBSCRIPTION DAY --as post|there|skip."""
    configuration = read_configuration()
    if subscription is None:
        records = asyncio.run(_parked(configuration))
        click.echo(_json(records) if as_json else _told(records))
        return
    if day is None or verdict is None:
        raise SettingError("Name the subscription, the day and --as post, --as there or --as skip.")
    edition = Edition(SubscriptionId(subscription), day.date())
    click.echo(asyncio.run(_release(configuration, edition, VERDICTS[verdict], message)))


async def _parked(configuration: Configuration) -> tuple[Record, ...]:
    url = configuration.own.database_url
    if not exists(url):
        return ()
    async with open_database(url) as database:
        return await Releasing(database, SystemClock()).parked()


async def _release(
    configuration: Configuration, edition: Edition, verdict: Verdict, message: str | None
) -> str:
    async with open_database(configuration.own.database_url) as database:
        ledger = Releasing(database, SystemClock())
        record = await ledger.find(edition)
        if record is None:
            named = f"{edition.subscription} has no edition of {edition.day}"
            raise SettingError(f"{named}: see `briefing-bot parked`.")
        await ledger.release(record, verdict, message)
    return f"“{record.plan.title}” is released ({verdict}): a running bot goes on with it."


def _told(records: tuple[Record, ...]) -> str:
    if not records:
        return "Nothing is parked."
    lines = []
    for record in records:
        edition = record.plan.edition
        lines.append(f"{edition.subscription} {edition.day}: “{record.plan.title}”")
        lines.append(f"  {record.plan.reason}")
    lines.append(
        "Look into the channel, then: briefing-bot parked SUBSCRIPTION DAY --as post|there|skip"
    )
    return "\n".join(lines)


def _json(records: tuple[Record, ...]) -> str:
    return json.dumps([_row(record) for record in records], indent=2, ensure_ascii=False)


def _row(record: Record) -> dict[str, object]:
    plan = record.plan
    return {
        "subscription": plan.edition.subscription,
        "day": plan.edition.day.isoformat(),
        "platform": plan.platform,
        "channel": plan.channel,
        "title": plan.title,
        "reason": plan.reason,
    }
