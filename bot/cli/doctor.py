"""`briefing-bot doctor`: what stands in the way of the next post, and what to do about it."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from bot.errors import SettingError
from bot.findings import Finding, Level

ENV_FILE = Path(".env")
COLOURS = {Level.OK: "green", Level.WARN: "yellow", Level.RED: "red"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON only.")
def doctor(*, as_json: bool) -> None:
    """Check settings, briefings, database and platforms; exit with 1 where something is red."""
    found = _examined()
    click.echo(json.dumps(told(found), indent=2, ensure_ascii=False) if as_json else _lines(found))
    if any(finding.level is Level.RED for finding in found):
        sys.exit(1)


def told(found: Sequence[Finding]) -> list[dict[str, str]]:
    """The findings as JSON."""
    return [
        {"about": finding.about, "level": finding.level, "told": finding.told} for finding in found
    ]


def _examined() -> tuple[Finding, ...]:
    from bot.clock import SystemClock
    from bot.doctor import examine, unreadable
    from bot.logs import set_up
    from bot.settings import read_configuration

    try:
        configuration = read_configuration(ENV_FILE)
    except SettingError as error:
        return (unreadable(error),)
    own = configuration.own
    set_up(own.log_level, configuration.secrets(), own.briefing_log)
    return asyncio.run(examine(configuration, ENV_FILE, SystemClock()))


def _lines(found: Sequence[Finding]) -> str:
    width = max(len(finding.about) for finding in found)
    return "\n".join(_line(finding, width) for finding in found)


def _line(finding: Finding, width: int) -> str:
    level = click.style(f"{finding.level:<4}", fg=COLOURS[finding.level])
    return f"{level}  {finding.about:<{width}}  {finding.told}"
