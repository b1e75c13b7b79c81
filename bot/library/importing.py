"""Importing files by hand: which ones, under which names, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.library.folders import IMPORTED, File, files_in, is_document, not_a_document, source_of
from bot.library.intake import Taken, take_files
from bot.store.briefings import Briefings
from bot.store.keeping import Became, Held, State


@dataclass(slots=True)
class Summary:
    """What an import came to: how many files became what, and a sentence for each left out."""

    counts: Counter[Became] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    skipped: int = 0

    def skip(self, why: str) -> None:
        """Leave a file out."""
        self.skipped += 1
        self.problems.append(why)

    def add(self, taken: Iterable[Taken]) -> None:
        """Count what became of some files."""
        for each in taken:
            self.counts[each.became] += 1
            if each.problem:
                self.problems.append(each.problem)


def files_to_import(
    paths: Sequence[Path], folders: Sequence[Path], summary: Summary
) -> tuple[File, ...]:
    """The documents among the paths; what is none is told to the summary.

    A file in a watched folder keeps the name that it has there; others go by their whole path.
    """
    found: dict[str, File] = {}
    for path in paths:
        try:
            path.lstat()
            files = tuple(_named(path, folders))
        except OSError as error:
            summary.skip(f"{path} cannot be opened ({error.strerror}): check its name.")
            continue
        for file in files:
            if is_document(file.where):
                found[file.origin] = file
            else:
                summary.skip(not_a_document(file.where))
    return tuple(found.values())


async def import_files(
    store: Briefings, files: Sequence[File], summary: Summary
) -> AsyncIterator[int]:
    """Import the files; yields how many were looked into so far. What is done stays done."""
    held = await store.held()
    done = 0
    async for taken in take_files(store, held, files, _lost(held.values()), by_hand=True):
        summary.add(taken)
        done += len(taken)
        yield done


def _named(path: Path, folders: Sequence[Path]) -> Iterator[File]:
    whole = path.resolve()
    for folder in folders:
        around = folder.resolve()
        if whole.is_relative_to(around):
            yield from files_in(folder / whole.relative_to(around), source_of(folder))
            return
    yield from files_in(whole, IMPORTED)


def _lost(held: Iterable[Held]) -> frozenset[str]:
    """Imported files that are no longer there: found elsewhere, they are only renamed."""
    return frozenset(
        each.origin
        for each in held
        if each.source == IMPORTED
        and each.state is State.PRESENT
        and not Path(each.origin).exists()
    )
