"""`briefing-bot slack`: what a Slack workspace needs for the bot."""

from __future__ import annotations

import json
from collections.abc import Mapping

import click

from bot.platforms.slack.manifest import PATH
from bot.platforms.slack.manifest import manifest as app_manifest

WHERE = "Paste it at https://api.slack.com/apps: Create New App, From a manifest."


@click.group()
def slack() -> None:
    """What a Slack workspace needs for the bot."""


@slack.command()
@click.option("--json", "form", flag_value="json", default="json", help="As JSON (the default).")
@click.option("--yaml", "form", flag_value="yaml", help="As YAML.")
@click.option("--url", default="", help="The bot's public https address, for HTTP, not sockets.")
@click.option("--many", is_flag=True, help="For many workspaces, which install it by a link.")
def manifest(form: str, url: str, *, many: bool) -> None:
    """Print the app manifest: everything that the Slack app must be, to be pasted once."""
    if url and not url.startswith("https://"):
        raise click.BadParameter("Slack posts to https addresses alone.", param_hint="--url")
    if many and not url:
        raise click.BadParameter("Many workspaces need the bot's address.", param_hint="--url")
    wanted = app_manifest(f"{url.rstrip('/')}{PATH}" if url else "", many=many)
    click.echo(_yaml(wanted) if form == "yaml" else json.dumps(wanted, indent=2))
    click.echo(WHERE, err=True)


def _yaml(wanted: Mapping[str, object]) -> str:
    import yaml

    return yaml.safe_dump(dict(wanted), sort_keys=False, allow_unicode=True).rstrip()
