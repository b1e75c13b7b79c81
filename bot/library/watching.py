"""Watching folders: what changes there is in the library within a second."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

from watchfiles import awatch

from bot.errors import StoreError
from bot.library.holdings import Holdings
from bot.library.intake import take_files
from bot.library.memory import give_back
from bot.library.sweep import Sweep
from bot.rounds import pause
from bot.store.briefings import Briefings
from bot.store.keeping import Became

log = logging.getLogger(__name__)

MANY = 1_000
"""Files of a look whose reading leaves memory behind that is worth giving back."""

QUIET, AT_MOST = 50, 400
"""Milliseconds without a change before a look, and until a look when changes do not end."""

TICK = 1_000
"""Milliseconds between looks at the folders themselves: one may come, go or be replaced."""

SWEEP_EVERY = 30
"""Ticks between looks at all files: some disks and mounts do not tell of changes."""


class Watcher:
    """Brings what folders hold into the library, now and whenever it changes."""

    def __init__(
        self,
        folders: Sequence[Path],
        store: Briefings,
        holdings: Holdings,
        written: Callable[[], None],
    ) -> None:
        """`written` is called after each batch."""
        self._folders = folders
        self._sweep = Sweep(folders)
        self._store = store
        self._holdings = holdings
        self._written = written
        self._looking = asyncio.Lock()
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        """Let `watch` and `look` end; the batch in hand is finished."""
        self._stopped.set()

    async def watch(self) -> None:
        """Look whenever something may have changed; a database that is away is waited for."""
        async for _ in changes(self._folders, self._stopped):
            try:
                await self.look()
            except StoreError as error:
                log.warning("%s", error, extra={"action": "library.away"})

    async def look(self) -> None:
        """Bring the library up to date with the folders."""
        async with self._looking:
            if not self._stopped.is_set():
                await self._look()

    async def _look(self) -> None:
        held = await asyncio.to_thread(self._holdings.by_origin)
        look = await asyncio.to_thread(self._sweep.look, held.values())
        for problem in look.problems:
            log.warning("%s", problem, extra={"action": "file.unreadable"})
        lost = look.lost
        async for batch in take_files(self._store, held, look.files, lost):
            self._sweep.note(taken.file for taken in batch)
            for taken in batch:
                if taken.became is Became.UNREADABLE:
                    log.warning("%s", taken.problem, extra={"action": "file.unreadable"})
            self._written()
            if self._stopped.is_set():
                return
        if lost and await self._store.let_go(lost):
            self._written()
        if len(look.files) > MANY:
            await asyncio.to_thread(give_back)


async def changes(folders: Sequence[Path], stopped: asyncio.Event) -> AsyncIterator[None]:
    """Yields whenever something in the folders may have changed, and now and then anyway."""
    while not stopped.is_set():
        there = [folder for folder in folders if folder.exists()]
        try:
            async for _ in _until_replaced(folders, there, stopped):
                yield
        except (OSError, RuntimeError) as error:
            log.warning(
                "The folders cannot be watched (%s): they are looked at every %s seconds.",
                error,
                SWEEP_EVERY,
                extra={"action": "folders.unwatched"},
            )
            await pause(SWEEP_EVERY, stopped)
        yield


async def _until_replaced(
    folders: Sequence[Path], there: Sequence[Path], stopped: asyncio.Event
) -> AsyncIterator[None]:
    """Changes in the folders that are there, until one comes, goes or is another."""
    known = _identities(folders)
    ticks = SWEEP_EVERY - 1  # so that what changed before this began is seen with the first tick
    if not there:
        while _identities(folders) == known and not stopped.is_set():
            await pause(TICK / 1_000, stopped)
        return
    async for found in awatch(
        *there,
        watch_filter=None,
        debounce=AT_MOST,
        step=QUIET,
        rust_timeout=TICK,
        yield_on_timeout=True,
        stop_event=stopped,
    ):
        ticks = 0 if found else ticks + 1
        if _identities(folders) != known:
            return
        if found or ticks >= SWEEP_EVERY:
            ticks = 0
            yield


def _identities(folders: Sequence[Path]) -> list[tuple[int, int] | None]:
    return [_identity(folder) for folder in folders]


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
