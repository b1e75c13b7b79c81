"""The commands that people type on Discord, and how Discord learns of them."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeAlias

import discord
from discord import app_commands

from bot.platforms.desk import Completion
from bot.platforms.discord import limits
from bot.platforms.discord.escape import one_line, shorten
from bot.platforms.discord.inbound import OPTION, ORDER

log = logging.getLogger(__name__)

Answer: TypeAlias = Callable[[discord.Interaction], Awaitable[None]]
Complete: TypeAlias = Callable[[str], Sequence[Completion]]

NAME = "briefing"
DESCRIPTION = "Today's briefing, or the one you look for"
ABOUT = "A few words about it; typing mistakes are fine"

OWNERS_NAME = "briefings"
OWNERS_DESCRIPTION = "When and what is posted in this channel"
OWNERS_ORDER = "subscribe, write, list, next, pause 2 weeks, resume, pin, why, status, help …"
SUGGESTED = (
    "subscribe",
    "subscribe weekdays 08:30 Europe/Berlin",
    "write",
    "list",
    "next",
    "pause 2 weeks",
    "resume",
    "unsubscribe",
    "why",
    "status",
    "watched",
    "help",
)
"""What is offered while somebody types."""

MESSAGE_NAME = "Find a briefing about this"
"""What stands in the menu of a message."""

_EVERYWHERE = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
_IN_SERVERS = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)
_BY_ALL = app_commands.AppInstallationType(guild=True, user=True)
_BY_SERVERS = app_commands.AppInstallationType(guild=True, user=False)


class Tree(app_commands.CommandTree):
    """The tree of commands; an answer that comes too late is logged, nothing else."""

    async def on_error(
        self, interaction: discord.Interaction, error: app_commands.AppCommandError, /
    ) -> None:
        """Log a command of ours that failed, or one that Discord knows and we do not."""
        log.error(
            "The interaction %s failed: %s", interaction.id, error, extra={"action": "reply.failed"}
        )


def plant(client: discord.Client, answer: Answer, complete: Complete) -> Tree:
    """The tree of commands, which brings what people ask to `answer`."""

    async def briefing(interaction: discord.Interaction, about: str | None = None) -> None:
        del about  # the reader of interactions finds it in the JSON
        await answer(interaction)

    async def suggest(_: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        return choices(complete(current))

    command: app_commands.Command[Any, ..., None] = app_commands.Command(
        name=NAME,
        description=DESCRIPTION,
        callback=app_commands.describe(about=ABOUT)(briefing),
        allowed_contexts=_EVERYWHERE,
        allowed_installs=_BY_ALL,
    )
    command.autocomplete(OPTION)(suggest)
    tree = Tree(client)
    tree.add_command(command)
    return tree


def add_owners_command(tree: Tree, answer: Answer) -> None:
    """The command about a channel's posts; what it says is one line, as everywhere."""

    async def briefings(interaction: discord.Interaction, order: str | None = None) -> None:
        del order  # the reader of interactions finds it in the JSON
        await answer(interaction)

    async def suggest(_: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        begun = current.casefold()
        fitting = [each for each in SUGGESTED if each.casefold().startswith(begun)]
        return [app_commands.Choice(name=each, value=each) for each in fitting or [current]]

    command: app_commands.Command[Any, ..., None] = app_commands.Command(
        name=OWNERS_NAME,
        description=OWNERS_DESCRIPTION,
        callback=app_commands.describe(order=OWNERS_ORDER)(briefings),
        allowed_contexts=_IN_SERVERS,
        allowed_installs=_BY_SERVERS,
    )
    command.autocomplete(ORDER)(suggest)
    tree.add_command(command)


def add_message_command(tree: Tree, answer: Answer) -> None:
    """The command in the menu of a message, which is a look-up of what the message says."""

    async def find(interaction: discord.Interaction, message: discord.Message) -> None:
        del message  # the reader of interactions finds it in the JSON
        await answer(interaction)

    tree.add_command(
        app_commands.ContextMenu(
            name=MESSAGE_NAME,
            callback=find,
            allowed_contexts=_EVERYWHERE,
            allowed_installs=_BY_ALL,
        )
    )


def choices(completions: Sequence[Completion]) -> list[app_commands.Choice[str]]:
    """As many completions as Discord shows; one whose text is too long to be sent is left out."""
    fitting = [each for each in completions if 0 < len(each.text) <= limits.CHOICE]
    return [
        app_commands.Choice(
            name=shorten(each.label, limits.CHOICE) or one_line(each.text) or NAME, value=each.text
        )
        for each in fitting[: limits.CHOICES]
    ]
