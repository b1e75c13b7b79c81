"""`briefing-bot topics`: the library's topics, and how many briefings each has."""

from __future__ import annotations

import asyncio
import json

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON only.")
def topics(*, as_json: bool) -> None:
    """List the topics, those with the most briefings first."""
    from bot.looking_in import open_shelf
    from bot.settings import read_configuration
    from briefings.browsing import topics_of

    shelf = asyncio.run(open_shelf(read_configuration()))
    found = topics_of(shelf.library)
    if as_json:
        rows = [{"topic": name, "briefings": count} for name, count in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        lines = [f"{name}  {count}" for name, count in found]
        click.echo("\n".join(lines) or "No briefing has a topic.")
