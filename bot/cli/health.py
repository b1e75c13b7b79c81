"""`briefing-bot health`: whether the bot in this place is alive, for those who start it again."""

from __future__ import annotations

import http.client
import json
import sys

import click

SECONDS = 5.0


@click.command()
@click.option("--ready", is_flag=True, help="Also whether it can do its work just now.")
@click.option(
    "--port",
    type=click.IntRange(1, 65_535),
    envvar="BRIEFING_HEALTH_PORT",
    required=True,
    show_envvar=True,
    help="Where the bot tells how it is.",
)
def health(*, ready: bool, port: int) -> None:
    """Ask the bot on this computer how it is; exit with 1 where it is not well."""
    path = "/readyz" if ready else "/healthz"
    try:
        is_well, told = _asked(port, path)
    except (OSError, http.client.HTTPException) as error:
        is_well, told = (
            False,
            f"Nothing answers on port {port} ({str(error) or type(error).__name__}).",
        )
    click.echo(told, err=not is_well)
    sys.exit(not is_well)


def _asked(port: int, path: str) -> tuple[bool, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return _told(answer.status, answer.read())
    finally:
        connection.close()


def _told(status: int, body: bytes) -> tuple[bool, str]:
    """Whether the bot is well, and how it is in one line."""
    try:
        said = json.loads(body)
        told = " ".join([str(said["status"]), *map(str, said.get("wrong", {}).values())])
    except (ValueError, KeyError, AttributeError, TypeError):
        return False, "It is no Briefing Bot that answers there."
    return status == http.client.OK, told
