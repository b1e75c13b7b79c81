"""`briefing-bot page`: a link that lets whoever runs the bot into its page."""

from __future__ import annotations

import asyncio

import click

from bot.errors import SettingError


@click.command()
@click.option("--end", is_flag=True, help="Sign everybody out, and let no link work any more.")
def page(*, end: bool) -> None:
    """Print a link into the page: it works once, within ten minutes, for every channel."""
    click.echo(asyncio.run(_end() if end else _link()))


async def _link() -> str:
    from bot.clock import SystemClock
    from bot.inviting import address_of, link_to
    from bot.settings import read_configuration
    from bot.store.database import open_database
    from bot.store.visits import Visits

    configuration = read_configuration()
    address = address_of(configuration.page)
    if not address:
        raise SettingError("There is no page: set BRIEFING_PAGE_PORT, and start the bot again.")
    async with open_database(configuration.own.database_url) as database:
        return link_to(address, await Visits(database, SystemClock()).invite("operator", None))


async def _end() -> str:
    from bot.clock import SystemClock
    from bot.settings import read_configuration
    from bot.store.database import open_database
    from bot.store.visits import Visits

    async with open_database(read_configuration().own.database_url) as database:
        ended = await Visits(database, SystemClock()).end_all()
    return f"Signed out: {ended}. Every link that nobody used is worth nothing now."
