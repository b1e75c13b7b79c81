"""`briefing-bot sandbox`: a Slack and a Discord on this computer, for a bot of one's own."""

from __future__ import annotations

import asyncio

import click

from bot.cli.ports import PORT


@click.command()
@click.option("--port", type=PORT, default=8765, show_default=True, help="The page's; 0: any.")
def sandbox(*, port: int) -> None:
    """Run a Slack and a Discord on this computer, for a bot of yours."""
    from bot.logs import set_up

    set_up("WARNING", ())
    asyncio.run(_sandbox(port))


async def _sandbox(port: int) -> None:
    from bot.cli.run import until_stopped
    from bot.demo import open_sandbox

    async with open_sandbox(port) as opened:
        click.echo(f"# The page is at {opened.address}; these settings point a bot here:")
        for name, value in opened.settings().items():
            click.echo(f"{name}={value}")
        await until_stopped()
