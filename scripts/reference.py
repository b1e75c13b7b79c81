"""Writes the pages of `docs/reference/` from the code itself; `make reference` calls it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import click
from sqlalchemy import Table

from bot.cli import COMMANDS, briefing_bot
from bot.clock import SystemClock
from bot.metrics import Metrics
from bot.settings import all_settings
from bot.store.tables import metadata
from briefings.fields import FIELDS
from briefings.owner_words import HELP
from scripts.env_example import shown

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "docs" / "reference"
STORE = ROOT / "bot" / "store"
MADE = "<!-- Written by scripts/reference.py from the code: run `make reference`. -->"


class NoBudgets:
    """Nobody sends anything here."""

    def budgets(self) -> Iterator[tuple[str, int, float]]:
        """None."""
        yield from ()


def main() -> None:
    """Write every page."""
    PAGES.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (PAGES / name).write_text(text, encoding="utf-8")


def pages() -> Mapping[str, str]:
    """The text of every page, by the name of its file."""
    made = {
        "settings.md": _settings(),
        "commands.md": _commands(),
        "chat.md": _chat(),
        "tables.md": _tables(),
        "metrics.md": _metrics(),
    }
    return {name: "\n".join([MADE, "", *lines]).rstrip() + "\n" for name, lines in made.items()}


def _settings() -> Iterator[str]:
    yield "# Settings"
    yield ""
    yield "Settings are read from the environment and, below it, from `.env` in the folder in which"
    yield "the bot is started. An unknown one is refused, with the nearest that exists."
    yield ""
    yield "| variable | default | what it means |"
    yield "|---|---|---|"
    for name, description, default in all_settings():
        value = shown(default)
        yield f"| `{name}` | {f'`{value}`' if value else ''} | {_cell(description)} |"


def _commands() -> Iterator[str]:
    yield "# Commands"
    yield ""
    yield "Each exits with 0 where it worked, 1 where something can be mended (one sentence on"
    yield "standard error says what), 2 where it was typed wrongly."
    for name in COMMANDS:
        context = click.Context(briefing_bot, info_name="briefing-bot")
        command = briefing_bot.get_command(context, name)
        if command is not None:
            yield from _command(command, context, name)


def _command(command: click.Command, above: click.Context, name: str) -> Iterator[str]:
    context = click.Context(command, info_name=name, parent=above)
    usage = " ".join(command.collect_usage_pieces(context))
    yield ""
    yield f"## {context.command_path}"
    yield ""
    yield f"`{context.command_path} {usage}`".replace(" [OPTIONS]", "")
    yield ""
    yield " ".join((command.help or "").split())
    options = [each for each in command.params if isinstance(each, click.Option)]
    if options:
        yield ""
        yield "| option | what it does |"
        yield "|---|---|"
    for each in options:
        told = each.get_help_record(context)
        if told:
            yield f"| `{_cell(told[0])}` | {_cell(' '.join(told[1].split()))} |"
    if isinstance(command, click.Group):
        for inner, one in command.commands.items():
            yield from _command(one, context, inner)


def _chat() -> Iterator[str]:
    yield "# What people type in Slack and Discord"
    yield ""
    yield "`/briefing` shows today's briefing, `/briefing chery` finds any other; a mention of the"
    yield "bot with the same words does so in a thread. Answers are private until somebody presses"
    yield "*Share*."
    yield ""
    yield "`/briefings` is for whoever may manage the channel:"
    yield ""
    yield "| line | what it does |"
    yield "|---|---|"
    for line, what in HELP:
        yield f"| `{_cell(line)}` | {_cell(what)} |"
    yield ""
    yield "The words of `subscribe` may stand in any order. Those with a colon are:"
    yield f"{', '.join(f'`{name}:`' for name in FIELDS)}."


def _tables() -> Iterator[str]:
    yield "# Tables"
    yield ""
    yield "The same in SQLite and PostgreSQL. They are the bot's own: read them as you like, and"
    yield "let the bot alone write to them. Moments are in UTC."
    said = _said_of_tables()
    for table in sorted(metadata.tables.values(), key=lambda each: each.name):
        yield ""
        yield f"## {table.name}"
        yield ""
        if table.name in said:
            yield said[table.name]
            yield ""
        yield "| column | type | |"
        yield "|---|---|---|"
        yield from _columns(table)


def _columns(table: Table) -> Iterator[str]:
    for column in table.columns:
        notes = ["key"] if column.primary_key else []
        notes += ["may be empty"] if column.nullable else []
        notes += [f"→ {each.target_fullname}" for each in column.foreign_keys]
        kind = type(column.type).__name__.lower()
        yield f"| `{column.name}` | {kind} | {', '.join(notes)} |"


def _said_of_tables() -> Mapping[str, str]:
    """What the code says below each table; the modules are brought in on the way."""
    found: dict[str, str] = {}
    for file in sorted(STORE.glob("*.py")):
        source = file.read_text(encoding="utf-8")
        if "Table(" in source:
            import_module(f"bot.store.{file.stem}")
            body = ast.parse(source).body
            for one, following in pairwise(body):
                if (name := _table_of(one)) and (text := _text_of(following)):
                    found[name] = " ".join(text.split())
    return found


def _table_of(node: ast.stmt) -> str | None:
    match node:
        case ast.Assign(
            value=ast.Call(func=ast.Name(id="Table"), args=[ast.Constant(value=name), *_])
        ):
            return str(name)
        case _:
            return None


def _text_of(node: ast.stmt) -> str | None:
    match node:
        case ast.Expr(value=ast.Constant(value=str(text))):
            return text
        case _:
            return None


def _metrics() -> Iterator[str]:
    yield "# Metrics"
    yield ""
    yield "At `/metrics` of `BRIEFING_HEALTH_PORT`, as Prometheus reads them. `/healthz` says"
    yield "whether the process lives, `/readyz` whether it can work just now, and what is wrong"
    yield "if not."
    yield ""
    yield "| metric | kind | what it counts |"
    yield "|---|---|---|"
    metrics = Metrics(SystemClock())
    metrics.watch(NoBudgets())
    for family in metrics.registry.collect():
        name = f"{family.name}_total" if family.type == "counter" else family.name
        yield f"| `{name}` | {family.type} | {_cell(family.documentation)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    main()
