"""Asking feeds and pages when their time has come, each by one process at a time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from aiohttp import ClientSession

from bot.clock import Clock
from bot.errors import StoreError
from bot.feeds.apart import read_apart
from bot.feeds.asking import Answer, FeedError, ask, open_session
from bot.feeds.items import Item
from bot.feeds.walls import Opener, public_socket
from bot.library.folders import File, digest, named, names_for, unread
from bot.store.briefings import Briefings
from bot.store.feeds import Feed, Feeds
from bot.store.keeping import Document, Found

log = logging.getLogger(__name__)

LOOK_EVERY = 30
"""Seconds between looks at which feeds are due."""

READERS = 2
"""Answers that are read at once, each by a process of its own."""

CLOSE_WITHIN = 2
"""Seconds that feeds have to be written down when the bot stops."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The feeds and pages that the settings name, and how long each is left alone."""

    urls: tuple[str, ...] = ()
    every: timedelta = timedelta(minutes=30)


class Poller:
    """Brings what feeds and pages say into the library."""

    def __init__(
        self,
        wanted: Wanted,
        feeds: Feeds,
        store: Briefings,
        clock: Clock,
        written: Callable[[], None],
        opener: Opener = public_socket,
    ) -> None:
        """`opener` lets connections out; only tests hand in another one."""
        self._wanted = wanted
        self._feeds = feeds
        self._store = store
        self._clock = clock
        self._written = written
        self._opener = opener
        self._readers = asyncio.Semaphore(READERS)

    async def poll(self) -> None:
        """Ask the feeds that are due; a database that is away is waited for."""
        try:
            await self.look()
        except StoreError as error:
            log.warning("%s", error, extra={"action": "library.away"})

    async def look(self) -> None:
        """Ask the feeds that are due now."""
        async with open_session(self._opener) as session:
            due = await self._feeds.take_due(self._wanted.urls, self._wanted.every)
            await asyncio.gather(*(self._ask(session, feed) for feed in due))

    async def _ask(self, session: ClientSession, feed: Feed) -> None:
        """Whatever one feed does, the others are asked, and it is asked again."""
        try:
            answer = await ask(session, feed.url, feed.etag, feed.modified)
            if answer is not None:
                async with self._readers:
                    items = await read_apart(feed.url, answer)
                await self._take_in(feed, items)
        except FeedError as error:
            log.warning("%s", error, extra={"action": "feed.failed"})
            await self._feeds.note(feed, str(error))
        except StoreError:
            raise
        except Exception as error:
            log.exception("%s failed.", feed.url, extra={"action": "feed.failed"})
            await self._feeds.note(feed, f"{feed.url} failed ({type(error).__name__}).")
        else:
            await self._feeds.note(_answered(feed, answer), None)

    async def _take_in(self, feed: Feed, items: Sequence[Item]) -> None:
        found = [self._found(feed, item) for item in items]
        for each in found:
            if each.problem:
                log.warning("%s", each.problem, extra={"action": "feed.unreadable"})
        if found:
            await self._store.take_in(found)
            self._written()

    def _found(self, feed: Feed, item: Item) -> Found:
        file = File(item.name, feed.url, named(item.key))
        now = self._clock.now()
        if item.problem:
            return unread(file, "", item.problem, now)
        document = Document(file.path.name, item.document, item.title, item.packed)
        return Found(file.origin, feed.url, digest(item.document), names_for(file), now, document)


def _answered(feed: Feed, answer: Answer | None) -> Feed:
    return Feed(feed.url, answer.etag, answer.modified) if answer else feed
