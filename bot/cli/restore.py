"""`briefing-bot restore`: a backup back in place of the SQLite database, while no bot runs."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def restore(file: Path) -> None:
    """Put the backup FILE in place of the SQLite database; the old one is kept beside it."""
    from bot.clock import SystemClock
    from bot.settings import read_configuration
    from bot.store.restoring import restore as bring_back

    url = read_configuration().own.database_url
    done = asyncio.run(bring_back(url, file, SystemClock().now()))
    click.echo(f"{done.file} is what {file} held (tables {done.version}).")
    if done.kept:
        click.echo(f"The database that was there is kept as {done.kept}.")
    click.echo(
        "Posts that were due before now are looked for in their channels before any is sent."
    )
