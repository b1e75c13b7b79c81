"""`briefing-bot lookup`: what `/briefing` would answer, in the terminal."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import click

from briefings.blocks import text_of
from briefings.model import Entry
from briefings.search import Choice, Decision, Hit, Miss, Results, Winner, decide
from briefings.words import EMPTY_LIBRARY

if TYPE_CHECKING:
    from bot.shelf import Shelf


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON only.")
def lookup(words: tuple[str, ...], *, as_json: bool) -> None:
    """Look a briefing up by WORDS, as /briefing does."""
    from bot.looking_in import open_shelf
    from bot.settings import read_configuration
    from briefings.choosing import PAGE

    shelf = asyncio.run(open_shelf(read_configuration()))
    results = shelf.search(" ".join(words), PAGE, 0)
    answer = told(results, shelf)
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(lines(results, shelf)))


def told(results: Results, shelf: Shelf) -> dict[str, object]:
    """The answer as JSON: `answer` is `briefing`, `choice` or `none`."""
    decision = decide(results)
    found = _found(decision, shelf)
    return {
        "query": results.query,
        "answer": "briefing" if found else "choice" if results.hits else "none",
        "briefing": _brief(found) if found else None,
        "hits": [_hit(hit) for hit in results.hits],
        "total": results.total,
        "nearest": list(results.nearest),
    }


def lines(results: Results, shelf: Shelf) -> list[str]:
    """The answer for people."""
    match decide(results):
        case Winner(briefing):
            return [f"{shelf.library[briefing].briefing.title}  ({briefing})"]
        case Choice(hits):
            return [f"{hit.title}  ({hit.id})\n    {text_of(hit.excerpt)}" for hit in hits]
        case Miss(()) if not shelf.library:
            return [EMPTY_LIBRARY]
        case Miss(()):
            return [f"No briefing about “{results.query}”."]
        case Miss(nearest):
            return [f"No briefing about “{results.query}”. Did you mean: {', '.join(nearest)}?"]


def _found(decision: Decision, shelf: Shelf) -> Entry | None:
    return shelf.library[decision.id] if isinstance(decision, Winner) else None


def _brief(entry: Entry) -> dict[str, object]:
    date = entry.briefing.date
    return {
        "id": entry.id,
        "title": entry.briefing.title,
        "date": date.isoformat() if date else None,
        "topics": list(entry.briefing.topics),
        "file": entry.file,
    }


def _hit(hit: Hit) -> dict[str, object]:
    return {
        "id": hit.id,
        "title": hit.title,
        "score": round(hit.score, 4),
        "kind": hit.kind.value,
        "excerpt": text_of(hit.excerpt),
    }
