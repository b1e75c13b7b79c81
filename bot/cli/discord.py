"""`briefing-bot discord`: what a Discord server needs for the bot."""

from __future__ import annotations

import asyncio

import click

from bot.platforms.discord.invite import link


@click.group()
def discord() -> None:
    """What a Discord server needs for the bot."""


@discord.command()
@click.option(
    "--application",
    type=click.IntRange(min=1),
    metavar="ID",
    help="The application's id; asked of Discord with DISCORD_BOT_TOKEN where it is not given.",
)
def invite(application: int | None) -> None:
    """Print the link that lets the bot into a server, with exactly the permissions it uses."""
    click.echo(link(application or _asked()))


def _asked() -> int:
    from bot.platforms.discord.visit import ask_application
    from bot.settings import read_configuration

    return asyncio.run(ask_application(read_configuration().rooms["discord"]))
