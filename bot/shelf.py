"""The library at hand: what the database holds, with the search over it, kept up to date."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.library.following import Follower
from bot.library.holdings import Holdings
from bot.library.index import Index
from bot.library.preview import overlay
from bot.library.watching import Watcher
from bot.store.briefings import Briefings
from briefings.model import Library
from briefings.search import Results, Suggestion

CLOSE_WITHIN = 5
"""Seconds that a batch of documents has to be written when the bot stops."""


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


class LiveShelf:
    """A shelf that follows the database and the folders."""

    def __init__(
        self,
        holdings: Holdings,
        index: Index,
        first: asyncio.Task[None],
        look: Callable[[], None],
    ) -> None:
        self._holdings = holdings
        self.look = look
        """Look at the database at once: something was written there."""
        self._index = index
        self._first = first

    @property
    def revision(self) -> int:
        """The number of the last change that is on the shelf."""
        return self._holdings.revision

    @property
    def library(self) -> Library:
        """Every entry, by its id, as of now."""
        return self._holdings.entries

    def search(self, query: str, limit: int, offset: int) -> Results:
        """A page of hits."""
        return self._index.search(query, limit, offset)

    def complete(self, text: str, limit: int) -> tuple[Suggestion, ...]:
        """Completions of a half-typed query."""
        return self._index.complete(text, limit)

    async def caught_up(self) -> None:
        """Return when the folders' news of the time before the start is on the shelf."""
        await asyncio.shield(self._first)


@asynccontextmanager
async def open_live_shelf(store: Briefings, folders: Sequence[Path]) -> AsyncIterator[LiveShelf]:
    """What the database has, at once; the folders and other processes are followed meanwhile."""
    holdings, index = Holdings(), await asyncio.to_thread(Index)
    follower = Follower(store, holdings, index)
    await follower.load()
    watcher = Watcher(folders, store, holdings, follower.nudge)
    # Watched before it is looked at: what changes in between is seen by one of the two.
    tasks = [asyncio.create_task(watcher.watch()), asyncio.create_task(follower.follow())]
    first = asyncio.create_task(_catch_up(watcher, follower))
    try:
        yield LiveShelf(holdings, index, first, follower.nudge)
    finally:
        watcher.stop()
        follower.stop()
        await _end((first, *tasks))


async def _end(tasks: Sequence[asyncio.Task[None]]) -> None:
    """Let tasks finish what they have in hand; a connection that is cut off leaks."""
    _, late = await asyncio.wait(tasks, timeout=CLOSE_WITHIN)
    for task in late:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _catch_up(watcher: Watcher, follower: Follower) -> None:
    await watcher.look()
    await follower.catch_up()


async def read_shelf(folders: Sequence[Path], store: Briefings | None = None) -> Shelf:
    """The shelf as it would be once the folders were looked at; nothing is written anywhere."""
    holdings = Holdings()
    if store is not None:
        async for changes in store.changes(0):
            holdings.show(changes)
    problems = await asyncio.to_thread(overlay, holdings, folders)
    told = tuple(dict.fromkeys((*holdings.problems(), *problems)))
    holdings.drop(holdings.hidden())
    index = await asyncio.to_thread(Index, holdings.entries.values())
    return Shelf(holdings.entries, index, told)
