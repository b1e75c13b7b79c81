"""The library at hand: what the database holds, with the search over it, kept up to date."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bot.library.following import Follower
from bot.library.holdings import Holdings
from bot.library.index import Index
from bot.library.preview import overlay
from bot.library.watching import Watcher
from bot.store.briefings import Briefings
from briefings.model import Library
from briefings.search import Results, Suggestion

LOAD_WITHIN = PATIENCE = 2.0
"""Seconds that a start waits: for the database's briefings, and then for the folders' news."""

FOLDERS_WITHIN = 60
"""Seconds that the folders' news is waited for before a post is picked without it."""

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
        self, holdings: Holdings, index: Index, follower: Follower, first: asyncio.Task[None]
    ) -> None:
        self._holdings = holdings
        self._index = index
        self._follower = follower
        self._first = first

    @property
    def revision(self) -> int:
        """The number of the last change that is on the shelf."""
        return self._holdings.revision

    @property
    def library(self) -> Library:
        """Every entry, by its id, as of now."""
        return self._holdings.entries

    @property
    def is_caught_up(self) -> bool:
        """Whether posts may be picked: the folders' news of before the start was waited for."""
        return self._first.done()

    def look(self) -> None:
        """Look at the database at once: something was written there."""
        self._follower.nudge()

    def search(self, query: str, limit: int, offset: int) -> Results:
        """A page of hits, from what can be found so far."""
        found = self._index.search(query, limit, offset)
        return found if self._follower.is_settled else replace(found, partial=True)

    def complete(self, text: str, limit: int) -> tuple[Suggestion, ...]:
        """Completions of a half-typed query."""
        return self._index.complete(text, limit)

    async def caught_up(self, within: float | None = PATIENCE) -> None:
        """Return when `is_caught_up`, or after so many seconds; raises what went wrong."""
        done, _ = await asyncio.wait({self._first}, timeout=within)
        for each in done:
            each.result()


@asynccontextmanager
async def open_live_shelf(store: Briefings, folders: Sequence[Path]) -> AsyncIterator[LiveShelf]:
    """What the database has; what takes longer than a moment, folders and others are followed."""
    holdings, index = Holdings(), await asyncio.to_thread(Index)
    follower = Follower(store, holdings, index)
    watcher = Watcher(folders, store, holdings, follower.nudge)
    load = asyncio.create_task(follower.load())
    # Watched before it is looked at: what changes in between is seen by one of the two.
    watch = asyncio.create_task(_after(load, watcher.watch))
    look = asyncio.create_task(_after(load, watcher.look))
    follow = asyncio.create_task(_after(load, follower.follow))
    first = asyncio.create_task(_catch_up(load, look, follower))
    try:
        done, _ = await asyncio.wait({load}, timeout=LOAD_WITHIN)
        for each in done:
            each.result()
        yield LiveShelf(holdings, index, follower, first)
    finally:
        watcher.stop()
        follower.stop()
        await _end((load, first, look, watch, follow))


async def _after(load: asyncio.Task[None], go_on: Callable[[], Awaitable[None]]) -> None:
    await asyncio.shield(load)
    await go_on()


async def _end(tasks: Sequence[asyncio.Task[None]]) -> None:
    """Let tasks finish what they have in hand; a connection that is cut off leaks."""
    _, late = await asyncio.wait(tasks, timeout=CLOSE_WITHIN)
    for task in late:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _catch_up(load: asyncio.Task[None], look: asyncio.Task[None], follower: Follower) -> None:
    await asyncio.shield(load)
    await asyncio.wait({look}, timeout=FOLDERS_WITHIN)
    if look.done():
        look.result()
    await follower.catch_up()


async def read_shelf(folders: Sequence[Path], store: Briefings | None = None) -> Shelf:
    """The shelf as it would be once the folders were looked at; nothing is written anywhere."""
    holdings = Holdings()
    if store is not None:
        holdings.show([each async for changes in store.changes(0) for each in changes])
    problems = await asyncio.to_thread(overlay, holdings, folders)
    told = tuple(dict.fromkeys((*holdings.problems(), *problems)))
    holdings.drop(holdings.hidden())
    index = await asyncio.to_thread(Index, holdings.entries.values())
    return Shelf(holdings.entries, index, told)
