"""Corrections: when a document is edited, every copy that was posted is edited in its place."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Collection

from bot.amending import Amendment, Press
from bot.delivery.sending import Later, Stopped
from bot.errors import PostError, StoreError
from bot.store.copies import Copy
from briefings.model import BriefingId
from briefings.schedule import Edition

log = logging.getLogger(__name__)

EVERY = 1.0
"""Seconds between looks at the library's revision, which is at hand."""


class Correcting:
    """Corrects the copies on some platforms; one process at a time does it for each."""

    def __init__(self, press: Press, names: Collection[str]) -> None:
        """`names` of the platforms; they may change."""
        self._press = press
        self._names = names
        self._seen: dict[str, int] = {}

    async def look(self) -> None:
        """Correct the copies of what changed since the last time; never raises."""
        for name in tuple(self._names):
            revision = self._press.shelf.revision
            if revision in {0, self._seen.get(name)}:
                continue  # 0: the library was not read yet, and what lacks would count as done
            if name not in self._press.delivery.platforms:
                continue
            try:
                if await self._correct_all(name, revision):
                    self._seen[name] = revision
            except (StoreError, PostError, Later, Stopped) as error:
                log.warning("%s", error, extra={"action": "correction.put_off"})
            except Exception:  # the next look goes on where this one broke
                log.exception("A correction broke off.", extra={"action": "correction.failed"})

    async def _correct_all(self, name: str, until: int) -> bool:
        """Whether every copy is as its briefing was at a revision, on this platform."""
        lane = f"{name} corrections"
        if not await self._press.workers.hold(lane):
            return False
        try:
            since = await self._press.copies.begin(name, until)
            return await self._correct_since(name, since, until)
        finally:
            await self._press.workers.release(lane)

    async def _correct_since(self, name: str, revision: int, until: int) -> bool:
        copies, done = self._press.copies, True
        # The database may be ahead of the library at hand, which would be taken for corrected.
        while edited := await copies.edited(revision, until):
            for changed, briefing in edited:
                done = not await copies.is_open(name, briefing) and done
                await self._correct(name, briefing)
                if done:
                    await copies.settle(name, changed)
            revision = edited[-1][0]
        return done

    async def _correct(self, name: str, briefing: BriefingId) -> None:
        entry = self._press.shelf.library.get(briefing)
        if entry is None:
            return
        async for copy in self._copies(name, briefing):
            await Amendment(self._press, name, entry, copy).carry_out()

    async def _copies(self, name: str, briefing: BriefingId) -> AsyncIterator[Copy]:
        last: Edition | None = None
        while some := await self._press.copies.of(name, briefing, last):
            for copy in some:
                yield copy
            last = some[-1].record.plan.edition
