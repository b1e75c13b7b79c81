"""`briefing-bot read`: what the reader recognises in documents, for a person or a program."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.errors import FileError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from bot.cli.documents import Document
    from briefings.reading.result import Reading


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--json", "as_json", is_flag=True, help="Print one object a file, in a list.")
@click.option("--strict", is_flag=True, help="Exit with 1 where the reader was unsure of anything.")
@click.option("--heading", "headings", multiple=True, metavar="TEXT", help="TEXT is a heading.")
def read(files: Sequence[str], *, as_json: bool, strict: bool, headings: Sequence[str]) -> None:
    """Show what is recognised in documents, side by side with their lines."""
    from rich.console import Console

    from bot.cli.documents import read_file

    failed = False
    objects = []
    for file in files:
        try:
            document = read_file(Path(file), headings)
        except FileError as error:
            click.echo(str(error), err=True)
            failed = True
            continue
        failed |= strict and bool(document.reading.warnings)
        objects.append(_object(file, document.reading))
        if not as_json:
            Console().print(*_shown(file, document), sep="\n")
    if as_json:
        click.echo(json.dumps(objects, ensure_ascii=False, indent=2))
    sys.exit(1 if failed else 0)


def _object(file: str, reading: Reading) -> dict[str, object]:
    from briefings.writing import text_of_section

    briefing = reading.briefing
    return {
        "file": file,
        "title": briefing.title,
        "title_from": briefing.title_from.value,
        "date": briefing.date.isoformat() if briefing.date else None,
        "topics": list(briefing.topics),
        "sections": [
            {"heading": each.name, "level": each.level, "text": text_of_section(each)}
            for each in briefing.sections
        ],
        "warnings": [{"line": each.line, "text": each.text} for each in reading.warnings],
    }


def _shown(file: str, document: Document) -> list[RenderableType]:
    """A file's particulars and a table: its lines at the left, what they are at the right."""
    from rich.table import Table
    from rich.text import Text

    from bot.library.beside import rows

    briefing = document.reading.briefing
    about = [
        f"{file}: {briefing.title or 'without a title'}",
        f"title from {briefing.title_from.value}",
        f"date {briefing.date or 'not stated'}",
        f"topics {', '.join(briefing.topics) or 'none'}",
    ]
    table = Table(expand=True)
    table.add_column("Line", justify="right", min_width=4)
    table.add_column("Source", no_wrap=True, ratio=3)
    table.add_column("Recognised", overflow="fold", ratio=2)
    for each in rows(document.data, document.reading):
        said = "\n".join((*each.sections, *(f"! {doubt}" for doubt in each.doubts)))
        table.add_row(str(each.line or ""), Text(each.source), Text(said))
    return [Text(" · ".join(about), style="bold"), table]
