"""`briefing-bot demo`: the bot at work on a Slack and a Discord of its own."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from bot.cli.ports import PORT


@click.command()
@click.option("--once", is_flag=True, help="Post, print what went where, and leave.")
@click.option("--port", type=PORT, default=8765, show_default=True, help="The page's; 0: any.")
@click.option("--folder", type=click.Path(path_type=Path), help="Briefings other than seeds/.")
def demo(*, once: bool, port: int, folder: Path | None) -> None:
    """Try the bot on a Slack and a Discord of its own, in the browser."""
    from bot.cli.first_posts import show_demo
    from bot.logs import set_up_quietly

    set_up_quietly()
    asyncio.run(show_demo(once=once, port=0 if once else port, folder=folder))
