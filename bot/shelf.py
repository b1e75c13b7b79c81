"""The library at hand: read from folders, with the search over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.library.folders import read_folders
from bot.library.index import Index
from briefings.model import Library
from briefings.search import Results, Suggestion


@dataclass(frozen=True, slots=True)
class Shelf:
    """All entries and their index; `problems` are the files that could not be read."""

    library: Library
    index: Index
    problems: tuple[str, ...] = ()

    def search(self, query: str, limit: int, offset: int) -> Results:
        """A page of hits."""
        return self.index.search(query, limit, offset)

    def complete(self, text: str, limit: int) -> tuple[Suggestion, ...]:
        """Completions of a half-typed query."""
        return self.index.complete(text, limit)


async def read_shelf(folders: Sequence[Path]) -> Shelf:
    """The shelf with all that the folders hold."""
    folded = await read_folders(folders)
    return Shelf(folded.library, Index(folded.library.values()), folded.problems)
