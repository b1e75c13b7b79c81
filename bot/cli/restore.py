"""`briefing-bot restore`: a backup back in place of the database, while no bot runs."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.store.restoring import Restored

LOOKS = "Posts that were due before now are looked for in their channels before any is sent."


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
def restore(file: Path | None) -> None:
    """Put the backup FILE in place of the SQLite database; the old one is kept beside it.

    Without FILE: go on with a PostgreSQL database that pg_restore brought back.
    """
    from bot.clock import SystemClock
    from bot.settings import read_configuration
    from bot.store import restoring

    url, now = read_configuration().own.database_url, SystemClock().now()
    if file is None:
        asyncio.run(restoring.look_first(url, now))
    else:
        _tell(file, asyncio.run(restoring.restore(url, file, now)))
    click.echo(LOOKS)


def _tell(file: Path, done: Restored) -> None:
    click.echo(f"{done.file} is what {file} held (tables {done.version}).")
    if done.kept:
        click.echo(f"The database that was there is kept as {done.kept}.")
