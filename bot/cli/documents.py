"""Documents named on the command line: read, or refused in one sentence."""

from __future__ import annotations

from pathlib import Path

from bot.clock import SystemClock
from bot.errors import FileError
from bot.library.folders import slug
from briefings.model import Entry
from briefings.reading.reader import read
from briefings.reading.result import Reading, Unreadable


def read_file(path: Path) -> Reading:
    """What the reader makes of a file; raises FileError with a sentence that names it."""
    try:
        return read(path.read_bytes(), path.name)
    except (OSError, Unreadable) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise FileError(f"{path} cannot be read: {reason}") from error


def read_entry(path: Path) -> Entry:
    """A file as the library would hold it."""
    briefing = read_file(path).briefing
    return Entry(slug(path.stem), briefing, SystemClock().now(), str(path))
