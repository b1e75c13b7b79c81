"""`briefing-bot import`: folders of any size into the library."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.library.importing import Summary

SHOWN = 20
"""Problems that are shown; `--json` has all of them."""


@click.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON only.")
def import_(paths: tuple[Path, ...], *, as_json: bool) -> None:
    """Bring the documents in PATH… into the library; go on where it was broken off."""
    summary = asyncio.run(_import(paths, quiet=as_json))
    if as_json:
        click.echo(json.dumps(told(summary), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(lines(summary)))
    sys.exit(1 if summary.problems else 0)


def told(summary: Summary) -> dict[str, object]:
    """The summary as JSON: how many files became what, and why the others did not."""
    counts = {became.name.lower(): count for became, count in sorted(summary.counts.items())}
    return {**counts, "skipped": summary.skipped, "problems": summary.problems}


def lines(summary: Summary) -> list[str]:
    """The summary for people."""
    counts = [f"{count} {became}" for became, count in sorted(summary.counts.items())]
    if summary.skipped:
        counts.append(f"{summary.skipped} skipped")
    more = len(summary.problems) - SHOWN
    rest = [f"… and {more} more: --json has them all."] if more > 0 else []
    return [f"{', '.join(counts) or 'Nothing found'}.", *summary.problems[:SHOWN], *rest]


async def _import(paths: tuple[Path, ...], *, quiet: bool) -> Summary:
    from rich.console import Console
    from rich.progress import Progress

    from bot.clock import SystemClock
    from bot.library.importing import Summary, files_to_import, import_files
    from bot.settings import read_configuration
    from bot.store.briefings import Briefings
    from bot.store.database import open_database

    own = read_configuration().own
    summary = Summary()
    files = await asyncio.to_thread(files_to_import, paths, own.briefing_folders, summary)
    async with open_database(own.database_url) as engine:
        store = Briefings(engine, SystemClock())
        with Progress(console=Console(stderr=True), disable=quiet, transient=True) as progress:
            bar = progress.add_task("Reading", total=len(files))
            async for done in import_files(store, files, summary):
                progress.update(bar, completed=done)
    return summary
