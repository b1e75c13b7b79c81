"""`briefing-bot slack`: what a Slack workspace needs for the bot."""

from __future__ import annotations

import json

import click

from bot.platforms.slack.manifest import manifest as app_manifest

WHERE = "Paste it at https://api.slack.com/apps: Create New App, From a manifest."


@click.group()
def slack() -> None:
    """What a Slack workspace needs for the bot."""


@slack.command()
@click.option("--json", "form", flag_value="json", default="json", help="As JSON (the default).")
@click.option("--yaml", "form", flag_value="yaml", help="As YAML.")
def manifest(form: str) -> None:
    """Print the app manifest: everything that the Slack app must be, to be pasted once."""
    click.echo(_yaml() if form == "yaml" else json.dumps(app_manifest(), indent=2))
    click.echo(WHERE, err=True)


def _yaml() -> str:
    import yaml

    return yaml.safe_dump(app_manifest(), sort_keys=False, allow_unicode=True).rstrip()
