"""Bringing files into the library: read in a thread, written in batches, told batch by batch."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.library.folders import File, read_file
from bot.store.briefings import Briefings
from bot.store.keeping import Became, Found, Held, State

BATCH = 100
"""Files of a transaction: what a crash costs at most."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was looked into, what became of it, and why it could not be read."""

    file: File
    became: Became
    problem: str | None = None


async def take_files(
    store: Briefings,
    held: Mapping[str, Held],
    files: Iterable[File],
    lost: Collection[str] = (),
    *,
    by_hand: bool = False,
) -> AsyncIterator[tuple[Taken, ...]]:
    """Bring files into the library, some at a time; each batch is written before it is told.

    `held` is what the library has by its origins, `lost` are origins whose files are gone.
    """
    waiting = iter(files)
    while batch := tuple(islice(waiting, BATCH)):
        found = await asyncio.to_thread(_read_all, batch, held, by_hand=by_hand)
        new = [each for each in found if each is not None]
        became = iter(await store.take_in(new, lost, by_hand=by_hand)) if new else iter(())
        yield tuple(_taken(batch, found, became))


def _read_all(
    files: Sequence[File], held: Mapping[str, Held], *, by_hand: bool
) -> list[Found | None]:
    return [read_file(file, _known(held.get(file.origin), file, by_hand=by_hand)) for file in files]


def _known(held: Held | None, file: File, *, by_hand: bool) -> tuple[str, ...]:
    """The digest of the bytes that change nothing when they are found again."""
    if held is None or held.source != file.source:
        return ()
    is_settled = held.state is State.PRESENT or (held.state is State.REMOVED and not by_hand)
    return (held.seen,) if is_settled and (held.problem is None or not by_hand) else ()


def _taken(
    files: Sequence[File], found: Sequence[Found | None], became: Iterator[Became]
) -> Iterator[Taken]:
    for file, each in zip(files, found, strict=True):
        if each is None:
            yield Taken(file, Became.UNCHANGED)
        else:
            yield Taken(file, next(became), each.problem)
