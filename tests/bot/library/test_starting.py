"""A start with a library that takes long to read: answers at once, and posts when it is whole."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.clock import SystemClock
from bot.errors import StoreError
from bot.library.folders import File, digest, read_document
from bot.shelf import LiveShelf, open_live_shelf
from bot.store.briefings import CHUNK, Briefings, Changed
from bot.store.database import open_database
from tests.bot.library.conftest import document, found, until

MANY = CHUNK + 100


class Slow(Briefings):
    """A database that gives what comes after the first chunk when it is told to."""

    def __init__(self, engine: AsyncEngine) -> None:
        super().__init__(engine, SystemClock())
        self.go_on = asyncio.Event()

    async def changes(self, since: int) -> AsyncIterator[tuple[Changed, ...]]:
        async for some in super().changes(since):
            yield some
            await self.go_on.wait()


class Failing(Briefings):
    """A database that goes away once, after the first chunk."""

    def __init__(self, engine: AsyncEngine) -> None:
        super().__init__(engine, SystemClock())
        self.failed = False

    async def changes(self, since: int) -> AsyncIterator[tuple[Changed, ...]]:
        async for some in super().changes(since):
            yield some
            if not self.failed:
                self.failed = True
                raise StoreError("The database went away.")


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """A library whose briefings all came in with one change."""
    async with open_database(f"sqlite:///{tmp_path / 'library.db'}") as opened:
        added = datetime(2026, 11, 20, tzinfo=UTC)
        made = []
        for number in range(MANY):
            content = document(f"Story {number}").encode()
            file = File(f"{number:04}.md", "", f"{number:04}.md")
            made.append(read_document(file, content, digest(content), added))
        await Briefings(opened, SystemClock()).take_in(made)
        yield opened


async def test_answers_come_from_what_was_read_and_say_that_there_is_more(
    engine: AsyncEngine,
) -> None:
    store = Slow(engine)
    async with open_live_shelf(store, ()) as shelf:
        assert found(shelf, "story 3") == ["0003"]
        assert shelf.search("story 3", 1, 0).partial
        assert (len(shelf.library), shelf.revision, shelf.is_caught_up) == (CHUNK, 0, False)
        store.go_on.set()
        await shelf.caught_up(None)
        await until(lambda: not shelf.search("story 3", 1, 0).partial)
        assert _is_whole(shelf, range(MANY))
        assert shelf.is_caught_up
        assert shelf.revision == await store.revision()


async def test_a_database_that_goes_away_in_the_middle_of_a_change_costs_nothing(
    engine: AsyncEngine,
) -> None:
    async with open_live_shelf(Failing(engine), ()) as shelf:
        await shelf.caught_up(None)
        assert _is_whole(shelf, range(MANY))


async def test_a_bot_that_is_stopped_while_it_reads_takes_nothing_out(
    engine: AsyncEngine, tmp_path: Path
) -> None:
    store = Slow(engine)
    async with open_live_shelf(store, (tmp_path / "folder",)):
        asyncio.get_running_loop().call_later(0.1, store.go_on.set)
    assert all(each.state == "present" for each in (await store.held()).values())


def _is_whole(shelf: LiveShelf, numbers: Sequence[int]) -> bool:
    return sorted(shelf.library) == [f"{number:04}" for number in numbers]
