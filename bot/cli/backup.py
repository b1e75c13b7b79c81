"""`briefing-bot backup`: a copy of the SQLite database, while the bot goes on."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--replace", is_flag=True, help="Put it in place of a FILE that is there.")
def backup(file: Path, *, replace: bool) -> None:
    """Copy the SQLite database into FILE, checked, while the bot runs."""
    from bot.settings import read_configuration
    from bot.store.backup import back_up

    made = back_up(read_configuration().own.database_url, file, replace=replace)
    click.echo(f"{made.file} holds it all: {made.size:,} bytes, tables {made.version}, checked.")
