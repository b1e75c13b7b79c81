"""Collects every sentence the bot says, and brings the catalogues of all languages up to date.

Run it with `make words`. What is new stands in a catalogue without a translation; what changed
has its old one, marked as fuzzy; what is no longer said is gone.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TypeAlias

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from bot.tongues import CATALOGUE, LOCALE

ROOT = Path(__file__).parent.parent
FOLDERS = ("briefings", "bot")
WIDTH = 100
HEAD = """# What Briefing Bot says in {name}.
msgid ""
msgstr ""
"Language: {tag}\\n"
"Plural-Forms: {plural};\\n"
"Content-Type: text/plain; charset=utf-8\\n"

"""

Sentence: TypeAlias = str | tuple[str, str]
"""What is translated: a sentence, or one for a thing and one for many."""


def main() -> None:
    """Update the catalogues in their places."""
    told = template()
    for file in sorted(LOCALE.glob(f"*/{CATALOGUE}")):
        catalogue = read(file)
        catalogue.update(told)
        catalogue.obsolete.clear()
        write(catalogue, file)
        left = [each for each in catalogue if each.id and not is_translated(each)]
        summary = f"{file.relative_to(ROOT)}: {len(catalogue)} sentences, {len(left)} to translate"
        sys.stdout.write(f"{summary}\n")


def read(file: Path) -> Catalog:
    """The catalogue of a language."""
    with file.open("rb") as content:
        return read_po(content, locale=file.parent.parent.name)


def is_translated(message: Message) -> bool:
    """Whether a sentence has a translation of its own, in every form."""
    told = (message.string,) if isinstance(message.string, str) else message.string or ()
    return bool(told) and all(told) and not message.fuzzy


def write(catalogue: Catalog, file: Path) -> None:
    """Write a catalogue without what changes at every run, such as the hour."""
    body = BytesIO()
    write_po(body, catalogue, WIDTH, omit_header=True, ignore_obsolete=True, include_lineno=False)
    head = HEAD.format(
        name=catalogue.locale.english_name if catalogue.locale else "",
        tag=file.parent.parent.name,
        plural=catalogue.plural_forms.rstrip(";"),
    )
    file.write_text(head + body.getvalue().decode(), encoding="utf-8")


def template() -> Catalog:
    """All sentences, with the files in which they stand."""
    catalogue = Catalog(project="Briefing Bot", fuzzy=False)
    for folder in FOLDERS:
        for file in sorted((ROOT / folder).rglob("*.py")):
            place = file.relative_to(ROOT).as_posix()
            for sentence in sentences(file.read_text(encoding="utf-8")):
                catalogue.add(sentence, locations=[(place, 0)])
    return catalogue


def sentences(source: str) -> Iterator[Sentence]:
    """The sentences in a module: what is given to `mark`, `say` and `count` as it stands there."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name("mark" | "say"), args=[ast.Constant(str(text)), *_]):
                yield text
            case ast.Call(
                func=ast.Name("count"), args=[ast.Constant(str(one)), ast.Constant(str(many)), _]
            ):
                yield one, many
            case _:
                pass


if __name__ == "__main__":
    main()
