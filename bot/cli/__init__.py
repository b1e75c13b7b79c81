"""The one command `briefing-bot` and its verbs, each imported when it is called."""

from __future__ import annotations

import sys
from keyword import iskeyword
from pkgutil import resolve_name

import click

COMMANDS = {
    "demo": "Try the bot on a Slack and a Discord of its own, in the browser.",
    "run": "Post each day's briefing and answer, with the tokens of .env.",
    "post": "Post a briefing to a channel now.",
    "schedule": "Show the coming posts of every channel.",
    "status": "Show what went out, what did not, and why.",
    "report": "Show who read and answered: figures, bars, a picture, JSON or CSV.",
    "parked": "Show the posts that nobody could find out about, and release them.",
    "page": "Print a link into the page of the running bot.",
    "read": "Show what is recognised in documents.",
    "render": "Show what a document becomes on Slack or Discord.",
    "lookup": "Look a briefing up, as /briefing does.",
    "topics": "List the library's topics.",
    "import": "Bring documents into the library.",
    "library": "List, show and remove what the library holds.",
    "sandbox": "Run a Slack and a Discord on this computer, for a bot of yours.",
    "slack": "Print what a Slack app must be for the bot.",
    "discord": "Print the link that lets the bot into a Discord server.",
    "health": "Ask whether the bot on this computer is alive.",
    "backup": "Copy the SQLite database into a file, while the bot runs.",
    "restore": "Put a backup in place of the database, while no bot runs.",
    "doctor": "Check everything that a post needs, and say what to do.",
}


class Verbs(click.Group):
    """The verbs in the order above; `--help` imports none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = resolve_name(f"bot.cli.{name}:{name}")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="briefing-bot")
def briefing_bot() -> None:
    """Post the day's briefing to Slack and Discord, answer /briefing, hold the discussion."""


def main() -> None:
    """Run a verb; an error that people can mend is one sentence on standard error, exit code 1."""
    from bot.errors import BriefingBotError

    try:
        briefing_bot()
    except BriefingBotError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
