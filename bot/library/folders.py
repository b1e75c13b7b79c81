"""Folders of documents, read into a library; what cannot be read is said, not thrown."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from os.path import exists, isdir
from pathlib import Path

from bot.library.names import id_of
from briefings.model import BriefingId, Entry, Library
from briefings.reading.reader import read
from briefings.reading.result import Reading, Remark, Unreadable

SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown", ".html", ".htm", ".adoc", ".rst"})
"""Files that are documents; others that are not hidden are a problem to tell."""

SIZE_LIMIT = 1_000_000
"""Bytes of a document; one more is read, so that the reader sees and refuses a longer one."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the folders hold: the library, a sentence for each problem, the reader's remarks."""

    library: Library = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    remarks: Mapping[BriefingId, tuple[Remark, ...]] = field(default_factory=dict)


async def read_folders(folders: Iterable[Path], headings: Sequence[str] = ()) -> Holdings:
    """What the folders, and those inside them, hold; single files may stand among them.

    A document that cannot be read is a problem and does not stop the others.
    """
    return await asyncio.to_thread(_holdings, tuple(folders), headings)


def slug(stem: str) -> BriefingId:
    """The name that a briefing gets from its file's name without the ending."""
    return id_of(stem, stem)


def _holdings(folders: Sequence[Path], headings: Sequence[str]) -> Holdings:
    library: dict[BriefingId, Entry] = {}
    remarks: dict[BriefingId, tuple[Remark, ...]] = {}
    problems: list[str] = []
    for folder in folders:
        for path in _files(folder):
            try:
                reading, added = _read(path, headings)
            except _Problem as problem:
                problems.append(str(problem))
                continue
            name = id_of(path.stem, path.as_posix(), library)
            library[name] = Entry(name, reading.briefing, added, str(path))
            remarks[name] = reading.warnings
    return Holdings(library, tuple(problems), remarks)


class _Problem(Exception):
    """One sentence that names a file and says what to do."""


def _files(folder: Path) -> Iterator[Path]:
    """The files in a folder by name; the folder itself where it is a file, or not there."""
    if not isdir(folder):  # noqa: PTH112 - pathlib raises where a name is too long
        yield folder
        return
    for path in sorted(folder.rglob("*")):
        is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not is_hidden and not path.is_dir():
            yield path


def _read(path: Path, headings: Sequence[str]) -> tuple[Reading, datetime]:
    if exists(path) and path.suffix.lower() not in SUFFIXES:  # noqa: PTH110 - as above
        kinds = ", ".join(sorted(SUFFIXES))
        raise _Problem(f"{path} is not a document that is read here: save it as one of {kinds}.")
    try:
        with path.open("rb") as file:
            content = file.read(SIZE_LIMIT + 1)
        added = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        return read(content, path.name, headings), added
    except FileNotFoundError:
        raise _Problem(f"{path} is not there: create it, or name another folder.") from None
    except OSError as error:
        reason = error.strerror or "no reason given"
        sentence = f"{path} cannot be opened ({reason}): check its name and permissions."
        raise _Problem(sentence) from error
    except Unreadable as error:
        raise _Problem(f"{path} cannot be read: {error}") from error
