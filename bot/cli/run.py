"""`briefing-bot run`: the bot at work, until it is stopped."""

from __future__ import annotations

import asyncio
import gc
import signal
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.app import Bot
    from bot.settings import Configuration

ROLES = ("connect", "schedule", "deliver")


@click.command()
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice(ROLES),
    help="Do only this (several times for several); all processes share DATABASE_URL.",
)
def run(roles: tuple[str, ...]) -> None:
    """Post each day's briefing and answer, with the tokens of .env."""
    from bot import loop
    from bot.library.memory import share_one_pool
    from bot.logs import set_up
    from bot.settings import read_configuration

    share_one_pool()
    configuration = read_configuration()
    own = configuration.own
    set_up(own.log_level, configuration.secrets(), own.briefing_log)
    loop.run(_run(configuration, roles))


async def _run(configuration: Configuration, roles: tuple[str, ...]) -> None:
    from bot.app import open_bot
    from bot.page.opening import open_page
    from bot.works import ALL, Role

    wanted = frozenset(map(Role, roles)) or ALL
    async with (
        open_bot(configuration, roles=wanted) as bot,
        open_page(configuration.page, bot) as page,
    ):
        for line in describe(bot):
            click.echo(line)
        if page:
            click.echo(f"The page is at {page}: `briefing-bot page` lets you in.")
        keep_what_is_there()
        await until_stopped()


def keep_what_is_there() -> None:
    """Spare the garbage collector the library and all that stays.

    Looking through it took 80 ms each time, in which nobody was answered.
    https://docs.python.org/3/library/gc.html#gc.freeze
    """
    gc.collect()
    gc.freeze()


def describe(bot: Bot) -> list[str]:
    """What is online, how many briefings there are, and when each channel's next post is."""
    from bot.clock import SystemClock
    from briefings.schedule import coming_editions

    online = " and ".join(sorted(bot.platforms))
    lines = [f"Online on {online} with {len(bot.shelf.library)} briefings."]
    now = SystemClock().now()
    for subscription in bot.subscriptions:
        moments = (when for _, when in coming_editions(subscription, now))
        local = next((when.astimezone(subscription.zone) for when in moments), None)
        told = f"{local:%a %d %b %H:%M} ({subscription.zone})" if local else "never"
        lines.append(f"{subscription.platform} channel {subscription.channel}: next post {told}.")
    if not bot.subscriptions:
        lines.append(
            "No channel gets posts yet: write /briefings subscribe in one, or set SLACK_CHANNELS"
            " or DISCORD_CHANNELS in .env."
        )
    return lines


async def until_stopped() -> None:
    """Wait for Ctrl-C or a polite kill."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopped.set)
    await stopped.wait()
    for name in (signal.SIGINT, signal.SIGTERM):  # a second one ends it at once
        loop.remove_signal_handler(name)
