"""Folders of documents: which files there are, and what is read from each."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from os.path import isdir
from pathlib import Path, PurePath
from typing import TypeAlias

from bot.library.names import id_of
from bot.store.keeping import Document, Found
from briefings.model import BriefingId
from briefings.packing import pack
from briefings.reading.reader import read
from briefings.reading.result import Unreadable

SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown", ".html", ".htm", ".adoc", ".rst"})
"""Files that are documents; others that are not hidden are a problem to tell."""

SIZE_LIMIT = 1_000_000
"""Bytes of a document; one more is read, so that the reader sees and refuses a longer one."""

IMPORTED = ""
"""The source of files that were imported from somewhere: nobody watches them."""

ORIGIN_LIMIT = 600
"""Code points of an origin: PostgreSQL's index takes 2,700 bytes.
https://www.postgresql.org/docs/current/btree.html#BTREE-BEHAVIOR"""


Stamp: TypeAlias = int
"""Made of the file's number, its size, and the nanoseconds of its last change."""


@dataclass(frozen=True, slots=True)
class File:
    """A file, the folder that it was found in, and the name that the library knows it by."""

    where: str
    source: str
    origin: str
    stamp: Stamp | None = None

    @property
    def path(self) -> Path:
        """Where the file is."""
        return Path(self.where)


def files_in(folder: Path, source: str) -> Iterator[File]:
    """The files in a folder and those inside it, by name; the folder itself where it is a file.

    Raises OSError where one cannot be listed: what it holds is not gone.
    """
    if not isdir(folder):  # noqa: PTH112 - pathlib raises where a name is too long
        yield File(str(folder), source, origin_of(folder), _stamp(folder))
        return
    for entry in _entries(str(folder)):
        yield File(entry.path, source, named(PurePath(entry.path).as_posix()), _stamp(entry))


def _entries(folder: str) -> Iterator[os.DirEntry[str]]:
    """What is not hidden, by name; folders are looked into, links to folders are passed over."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _entries(entry.path)
        elif not entry.is_dir():
            yield entry


def _stamp(entry: Path | os.DirEntry[str]) -> Stamp | None:
    try:
        found = entry.stat()
    except OSError:
        return None
    return hash((found.st_ino, found.st_size, found.st_mtime_ns))


def source_of(folder: Path) -> str:
    """The name of a watched folder: as it is written in the settings, the same on every machine."""
    return origin_of(folder)


def origin_of(path: Path) -> str:
    """The name of a path in the library."""
    return named(path.as_posix())


def named(text: str) -> str:
    """A name of any length and any bytes, as every database takes it."""
    known = text if text.isascii() else text.encode(errors="backslashreplace").decode()
    known = known.replace("\0", "")
    if len(known) <= ORIGIN_LIMIT:
        return known
    return f"{known[: ORIGIN_LIMIT - 65]}#{hashlib.sha256(known.encode()).hexdigest()}"


def slug(stem: str) -> BriefingId:
    """The name that a briefing gets from its file's name without the ending."""
    return id_of(stem, stem)


def is_document(path: str) -> bool:
    """Whether a file is of a kind that is read here."""
    return PurePath(path).suffix.lower() in SUFFIXES


def not_a_document(path: str) -> str:
    """The sentence about a file of another kind."""
    kinds = ", ".join(sorted(SUFFIXES))
    return f"{path} is not a document that is read here: save it as one of {kinds}."


def read_file(file: File, known: Container[str] = ()) -> Found | None:
    """What a file holds, or why it cannot be read; nothing where its digest is `known`."""
    try:
        with file.path.open("rb") as opened:
            content = opened.read(SIZE_LIMIT + 1)
        added = datetime.fromtimestamp(file.path.stat().st_mtime, UTC)
    except FileNotFoundError:
        problem = f"{file.path} is not there: create it, or name another folder."
        return unread(file, "", problem)
    except OSError as error:
        reason = error.strerror or "no reason given"
        problem = f"{file.path} cannot be opened ({reason}): check its name and permissions."
        return unread(file, "", problem)
    seen = digest(content)
    return None if seen in known else read_document(file, content, seen, added)


def read_document(file: File, content: bytes, seen: str, added: datetime) -> Found:
    """What the reader makes of a document."""
    try:
        briefing = read(content, file.path.name).briefing
    except Unreadable as error:
        return unread(file, seen, f"{file.path} cannot be read: {error}", added)
    document = Document(_name(file), content, briefing.title, pack(briefing))
    return Found(file.origin, file.source, seen, names_for(file), added, document)


def digest(content: bytes) -> str:
    """What tells a document's bytes from any others."""
    return hashlib.sha256(content).hexdigest()


def names_for(file: File) -> tuple[BriefingId, ...]:
    """The names that a new briefing may get, the best first; one of them is free."""
    return tuple(_names(file.path.stem, file.origin))


def _names(
    stem: str, origin: str, marks: Sequence[str] = ("", "#2", "#3", "#4")
) -> Iterable[BriefingId]:
    plain = id_of(stem, origin)
    yield plain
    for mark in marks:
        yield id_of(stem, origin + mark, {plain})


def _name(file: File) -> str:
    return file.path.name.encode(errors="backslashreplace").decode()


_NEVER = datetime.fromtimestamp(0, UTC)


def unread(file: File, seen: str, problem: str, added: datetime = _NEVER) -> Found:
    """A document that there is, and why it cannot be read."""
    told = problem.encode(errors="backslashreplace").decode()
    return Found(file.origin, file.source, seen, names_for(file), added, problem=told)
