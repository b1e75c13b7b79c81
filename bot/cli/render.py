"""`briefing-bot render`: the requests that would carry a document to a channel."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from bot.platforms.port import Request
from bot.platforms.registry import ROOMS, room


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--platform", type=click.Choice(list(ROOMS)), required=True, help="Where to.")
@click.option("--channel", default="{channel}", help="The channel's id; else a placeholder.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON only.")
def render(file: Path, platform: str, channel: str, *, as_json: bool) -> None:
    """Show what FILE becomes on a platform: its requests, bodies as they are on the wire."""
    from bot.cli.documents import read_entry
    from briefings.card import compose_post

    post = compose_post(read_entry(file))
    click.echo(show(room(platform).requests(post, channel), as_json=as_json))


def show(requests: tuple[Request, ...], *, as_json: bool) -> str:
    """The requests as a JSON list, or each under a line that counts it."""
    if as_json:
        return json.dumps([asdict(each) for each in requests], ensure_ascii=False, indent=2)
    return "\n".join(
        f"{number} of {len(requests)}: {each.method} {each.path}\n"
        + json.dumps(each.body, ensure_ascii=False, indent=2)
        for number, each in enumerate(requests, 1)
    )
