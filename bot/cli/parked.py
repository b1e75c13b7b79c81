"""`briefing-bot parked`: the posts that nobody could find out about, and their release by hand."""

from __future__ import annotations

import asyncio
from datetime import datetime

import click

from bot.errors import SettingError

VERDICTS = ("post", "there", "skip")


@click.command()
@click.argument("subscription", required=False)
@click.argument("day", required=False, type=click.DateTime(["%Y-%m-%d"]))
@click.option(
    "--as",
    "verdict",
    type=click.Choice(VERDICTS),
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
    from bot.cli.releases import as_rows, find_parked, told
    from bot.settings import read_configuration

    if subscription is not None:
        click.echo(_released(subscription, day, verdict, message))
        return
    records = asyncio.run(find_parked(read_configuration()))
    click.echo(as_rows(records) if as_json else told(records))


def _released(
    subscription: str, day: datetime | None, verdict: str | None, message: str | None
) -> str:
    from bot.cli.releases import release
    from bot.settings import read_configuration
    from briefings.schedule import Edition, SubscriptionId

    if day is None or verdict is None:
        raise SettingError("Name the subscription, the day and --as post, --as there or --as skip.")
    edition = Edition(SubscriptionId(subscription), day.date())
    return asyncio.run(release(read_configuration(), edition, verdict, message))
