"""Keeping entries and index as the database has them, whoever changed it."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from bot.errors import StoreError
from bot.library.folders import File, read_document
from bot.library.holdings import Holdings
from bot.library.index import Index
from bot.library.memory import give_back
from bot.store.briefings import Briefings, Changed
from briefings.model import BriefingId
from briefings.packing import FORM

log = logging.getLogger(__name__)

LOOK_EVERY = 0.3
"""Seconds between looks at the library's revision: one row, by its key."""

INDEXED_FIRST, INDEXED_AT_ONCE = 500, 1_000
"""Entries that are put into the index together, at first and then: changes come in between."""

TIDY_AFTER = 30
"""Looks after the last batch until tantivy has merged it with the others."""


class Follower:
    """The one that changes the holdings and the index, from the database alone."""

    def __init__(self, store: Briefings, holdings: Holdings, index: Index) -> None:
        self._store = store
        self._holdings = holdings
        self._index = index
        self._waiting: deque[BriefingId] = deque()
        self._nudged = asyncio.Event()
        self._at_work = asyncio.Lock()
        self._is_stopped = False
        self._is_loaded = False
        self._tidy_in = 0

    @property
    def is_settled(self) -> bool:
        """Whether all that the database had at the start can be found."""
        return self._is_loaded and not self._waiting

    async def load(self) -> None:
        """Take over all that the database has; a database that is away is waited for.

        Some of it can be found at once, the rest is put into the index by `follow`.
        """
        while not (self._is_loaded or self._is_stopped):
            try:
                await self._load()
            except StoreError as error:
                log.warning("%s", error, extra={"action": "library.away"})
                await self._wait()

    def nudge(self) -> None:
        """Look at once: something was written."""
        self._nudged.set()

    def stop(self) -> None:
        """Let `follow` end; what it is doing is finished."""
        self._is_stopped = True
        self.nudge()

    async def follow(self) -> None:
        """Take over every change from now on; a database that is away is waited for."""
        is_away = False
        while not self._is_stopped:
            try:
                await self.catch_up()
                is_away = False
            except StoreError as error:
                if not is_away:
                    log.warning("%s", error, extra={"action": "library.away"})
                is_away = True
            await self._index_some()
            if not self._waiting:
                await self._wait()
                await self._tidy()

    async def catch_up(self) -> None:
        """Take over what changed since the last time.

        The revision counts up at the end alone: where the database goes away in between, the
        rest of a revision is asked for again.
        """
        async with self._at_work:
            revision = self._holdings.revision
            if self._is_stopped or await self._store.revision() == revision:
                return
            async for changes in self._store.changes(revision):
                await self._take_over(await self._renewed(changes))
                revision = changes[-1].held.revision
            self._holdings.revision = revision

    async def _load(self) -> None:
        """Each time as much as there was before is shown together: it is copied twice in all."""
        revision, read = 0, list[Changed]()
        async for changes in self._store.changes(0):
            read += await self._renewed(changes)
            revision = changes[-1].held.revision
            if len(read) >= len(self._holdings.entries):
                await self._show_first(read)
                read = []
            if self._is_stopped:
                return
        await self._show_first(read)
        self._holdings.drop(await asyncio.to_thread(self._holdings.hidden))
        self._waiting.extend(await asyncio.to_thread(self._newest_first))
        self._holdings.revision = revision
        await self._index_some(INDEXED_FIRST)
        self._is_loaded = True

    async def _show_first(self, read: Sequence[Changed]) -> None:
        """Let some of what was read be found meanwhile."""
        shown = await asyncio.to_thread(self._holdings.show, read)
        if some := shown[-INDEXED_FIRST:]:
            await asyncio.to_thread(self._index.update, *some)

    async def _take_over(self, changes: Sequence[Changed]) -> None:
        """Entries before the index, and out of the index before the entries: hits have entries."""
        shown = self._holdings.show(changes)
        if shown:
            await asyncio.to_thread(self._index.update, *shown)
        if hidden := self._holdings.hidden([each.held.id for each in changes]):
            await asyncio.to_thread(self._index.remove, *hidden)
            self._holdings.drop(hidden)

    def _newest_first(self) -> list[BriefingId]:
        entries = sorted(self._holdings.entries.values(), key=lambda entry: entry.added)
        return [entry.id for entry in reversed(entries)]

    async def _index_some(self, most: int = INDEXED_AT_ONCE) -> None:
        async with self._at_work:
            if not self._waiting:
                return
            names = [self._waiting.popleft() for _ in range(min(most, len(self._waiting)))]
            entries = self._holdings.entries
            there = [entries[name] for name in names if name in entries]
            await asyncio.to_thread(self._index.update, *there)
            await asyncio.to_thread(give_back)
            self._tidy_in = TIDY_AFTER

    async def _tidy(self) -> None:
        """Give back what tantivy's own merging left behind, once it has rested."""
        if self._tidy_in:
            self._tidy_in -= 1
            if not self._tidy_in:
                await asyncio.to_thread(give_back)

    async def _wait(self) -> None:
        # Not `wait_for`: before Python 3.12 it may swallow the cancellation that ends this loop.
        # https://github.com/python/cpython/issues/86296
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_EVERY):
                await self._nudged.wait()
        self._nudged.clear()

    async def _renewed(self, changes: Sequence[Changed]) -> list[Changed]:
        """The changes, each as today's reader reads it."""
        return [
            each if each.form == FORM or not each.held.version else await self._read_anew(each)
            for each in changes
        ]

    async def _read_anew(self, change: Changed) -> Changed:
        held = change.held
        version = await self._store.document(held.id, held.version)
        if version is None:
            return change
        file = File(version.name, held.source, held.origin)
        found = await asyncio.to_thread(
            read_document, file, version.document, held.digest, held.added_at
        )
        if found.document is None:
            return change
        await self._store.renew(held.id, held.version, found.document.packed)
        return replace(change, packed=found.document.packed, form=FORM)
