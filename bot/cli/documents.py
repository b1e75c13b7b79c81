"""Documents named on the command line: read, or refused in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.clock import SystemClock
from bot.errors import FileError
from bot.library.folders import slug
from briefings.model import Entry
from briefings.reading.reader import LARGEST, read
from briefings.reading.result import Reading, Unreadable


@dataclass(frozen=True, slots=True)
class Document:
    """A file's bytes and what the reader makes of them."""

    data: bytes
    reading: Reading


def read_file(path: Path, headings: Sequence[str] = ()) -> Document:
    """The document in a file; raises FileError with a sentence that names it."""
    try:
        with path.open("rb") as opened:
            data = opened.read(LARGEST + 1)
        return Document(data, read(data, path.name, headings))
    except OSError as error:
        raise FileError(_unopened(path, error)) from error
    except Unreadable as error:
        reason = str(error)
        raise FileError(f"{path} cannot be read: {reason[0].lower()}{reason[1:]}") from error


def read_entry(path: Path) -> Entry:
    """A file as the library would hold it."""
    briefing = read_file(path).reading.briefing
    return Entry(slug(path.stem), briefing, SystemClock().now(), str(path))


def _unopened(path: Path, error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return f"{path} is not there: check its name, and the folder you are in."
        case IsADirectoryError():
            return f"{path} is a folder: name the documents in it."
        case PermissionError():
            return f"{path} may not be opened: let this user read it."
        case _:
            return f"{path} cannot be opened ({error.strerror}): check its name and its disk."
