"""`briefing-bot library`: what the library holds, one briefing's versions, and taking one out."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import click

from bot.errors import BriefingBotError

if TYPE_CHECKING:
    from bot.store.briefings import Briefings, Version
    from bot.store.keeping import Held

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON only.")


@click.group()
def library() -> None:
    """List, show and remove what the library holds."""


@library.command("list")
@click.option("--all", "with_all", is_flag=True, help="Show what is gone or removed as well.")
@as_json
def list_(*, with_all: bool, as_json: bool) -> None:
    """List the briefings, and what could not be read."""
    found = asyncio.run(_list(with_all=with_all))
    if as_json:
        _print([told(each) for each in found])
    else:
        click.echo("\n".join(line(each) for each in found) or "The library is empty.")


@library.command()
@click.argument("briefing")
@click.option("--version", type=int, help="Print that version's document.")
@as_json
def show(briefing: str, *, version: int | None, as_json: bool) -> None:
    """Show BRIEFING: where it comes from, its versions, and the newest document."""
    held, versions = asyncio.run(_show(briefing))
    wanted = version or held.version
    chosen = next((each for each in versions if each.number == wanted), None)
    if version is not None and chosen is None:
        raise BriefingBotError(f"{briefing} has no version {version}: it has {len(versions)}.")
    if as_json:
        _print({**told(held), "versions": [_told_version(each) for each in versions]})
        return
    click.echo(line(held))
    for each in versions:
        click.echo(f"  version {each.number}, read {each.read_at:%Y-%m-%d %H:%M} UTC")
    click.echo(f"\n{chosen.document.decode(errors='replace')}" if chosen else "")


@library.command()
@click.argument("briefings", nargs=-1, required=True, metavar="BRIEFING…")
@as_json
def remove(briefings: tuple[str, ...], *, as_json: bool) -> None:
    """Take BRIEFING… out of the library; its file stays, and `import` brings it back."""
    count = asyncio.run(_remove(briefings))
    if as_json:
        _print({"removed": count})
    else:
        click.echo(f"{count} removed. `briefing-bot import` with the file brings one back.")


def told(held: Held) -> dict[str, object]:
    """A briefing of the library as JSON."""
    return {
        "id": held.id,
        "title": held.title,
        "file": held.origin,
        "state": held.state.value if held.version or held.problem is None else "unreadable",
        "version": held.version,
        "problem": held.problem,
        "added": held.added_at.isoformat(),
        "changed": held.changed_at.isoformat(),
    }


def line(held: Held) -> str:
    """A briefing of the library in a line, and a second one where something is wrong."""
    state = "" if held.state == "present" else f"  ({held.state})"
    problem = f"\n    {held.problem}" if held.problem else ""
    return f"{held.id}  {held.title or 'without a title'}  [{held.origin}]{state}{problem}"


def _told_version(version: Version) -> dict[str, object]:
    text = version.document.decode(errors="replace")
    return {"number": version.number, "read": version.read_at.isoformat(), "document": text}


def _print(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


@asynccontextmanager
async def _open() -> AsyncIterator[Briefings]:
    """The library; one that is looked at for the first time is empty, and not made."""
    from bot.clock import SystemClock
    from bot.settings import read_configuration
    from bot.store.briefings import Briefings
    from bot.store.database import exists, open_database

    url = read_configuration().own.database_url
    if not exists(url):
        raise BriefingBotError("There is no library yet: `briefing-bot run` or `import` makes it.")
    async with open_database(url) as engine:
        yield Briefings(engine, SystemClock())


async def _list(*, with_all: bool) -> list[Held]:
    async with _open() as store:
        held = (await store.held()).values()
        return [each for each in held if with_all or each.state == "present"]


async def _show(briefing: str) -> tuple[Held, Sequence[Version]]:
    async with _open() as store:
        held = await _find(store, briefing)
        return held, await store.versions(held.id)


async def _remove(briefings: Sequence[str]) -> int:
    async with _open() as store:
        return await store.remove([(await _find(store, each)).id for each in briefings])


async def _find(store: Briefings, briefing: str) -> Held:
    held = await store.find(briefing)
    if held is None:
        raise BriefingBotError(
            f"The library has no briefing {briefing}: `briefing-bot library list` names all."
        )
    return held
