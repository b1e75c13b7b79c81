"""The commands that people type on Discord, and how Discord learns of them."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeAlias

import discord
from discord import app_commands
from discord.http import HTTPClient

from bot.platforms.discord import limits
from bot.platforms.discord.escape import one_line, shorten
from bot.platforms.discord.inbound import OPTION, ORDER
from bot.platforms.port import Completion

log = logging.getLogger(__name__)

Answer: TypeAlias = Callable[[discord.Interaction], Awaitable[None]]
Complete: TypeAlias = Callable[[str], Sequence[Completion]]

NAME = "briefing"
DESCRIPTION = "Today's briefing, or the one you look for"
ABOUT = "A few words about it; typing mistakes are fine"

OWNERS_NAME = "briefings"
OWNERS_DESCRIPTION = "When and what is posted in this channel"
OWNERS_ORDER = "subscribe, list, next, pause 2 weeks, resume, pin, why, status, help …"
SUGGESTED = (
    "subscribe",
    "subscribe weekdays 08:30 Europe/Berlin",
    "list",
    "next",
    "pause 2 weeks",
    "resume",
    "unsubscribe",
    "why",
    "status",
    "help",
)
"""What is offered while somebody types."""

_COMPARED = ("type", "name", "description", "options", "nsfw", "default_member_permissions")


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
        name=NAME, description=DESCRIPTION, callback=app_commands.describe(about=ABOUT)(briefing)
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
    )
    command.autocomplete(ORDER)(suggest)
    tree.add_command(command)


def choices(completions: Sequence[Completion]) -> list[app_commands.Choice[str]]:
    """As many completions as Discord shows; one whose text is too long to be sent is left out."""
    fitting = [each for each in completions if 0 < len(each.text) <= limits.CHOICE]
    return [
        app_commands.Choice(
            name=shorten(each.label, limits.CHOICE) or one_line(each.text) or NAME, value=each.text
        )
        for each in fitting[: limits.CHOICES]
    ]


async def announce(tree: Tree, http: HTTPClient, application: int) -> bool:
    """Tell Discord about the commands where it knows others; whether that was needed.

    Announcing at each start earned a lock-out: https://github.com/DisnakeDev/disnake/issues/1498
    """
    known = await http.get_global_commands(application)
    if not differ([each.to_dict(tree) for each in tree.get_commands()], known):
        return False
    await tree.sync()
    return True


def differ(ours: Sequence[Mapping[str, Any]], known: Sequence[Mapping[str, Any]]) -> bool:
    """Whether two lists of commands are not the same, whatever Discord adds to its own."""
    return sorted(map(_compared, ours), key=repr) != sorted(map(_compared, known), key=repr)


def _compared(command: Mapping[str, Any]) -> dict[str, Any]:
    """What counts of a command or option; absent, null, false and empty are the same."""
    kept = {name: command.get(name) for name in (*_COMPARED, "required", "autocomplete")}
    kept["type"] = command.get("type", 1)
    kept["options"] = [_compared(option) for option in command.get("options") or ()]
    return {name: value for name, value in kept.items() if value}
