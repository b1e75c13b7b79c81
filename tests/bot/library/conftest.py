"""A library on both databases, and folders that change."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.shelf import LiveShelf, open_live_shelf
from bot.store.briefings import Briefings
from bot.store.database import open_database

WITHIN = 10.0
"""Seconds that a change may take here: machines that run tests are busy."""


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database."""
    if request.param == "postgresql":
        yield request.getfixturevalue("postgres_url")
    else:
        yield f"sqlite:///{tmp_path / 'library.db'}"


@dataclass
class House:
    """One database and any number of processes on it."""

    url: str
    folder: Path
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def store(self) -> Briefings:
        return Briefings(
            await self.stack.enter_async_context(open_database(self.url)), SystemClock()
        )

    async def shelf(self, *folders: Path) -> LiveShelf:
        """A process of its own on the database, which watches the folders."""
        opened = open_live_shelf(await self.store(), folders)
        shelf = await self.stack.enter_async_context(opened)
        await shelf.caught_up()
        return shelf

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path


@pytest.fixture
async def house(url: str, tmp_path: Path) -> AsyncIterator[House]:
    folder = tmp_path / "folder"
    folder.mkdir()
    made = House(url, folder)
    async with made.stack:
        yield made


def document(title: str, words: str = "Something happens, at last and at length.") -> str:
    """A small document."""
    return f"# {title}\n\n## What's Happening?\n\n{words}\n"


def found(shelf: LiveShelf, query: str) -> list[str]:
    """The ids that a query finds on a shelf."""
    return [hit.id for hit in shelf.search(query, 10, 0).hits]


async def until(true: Callable[[], bool]) -> None:
    """Let the watchers work until something is so."""
    async with asyncio.timeout(WITHIN):
        while not true():  # noqa: ASYNC110 (what is waited for happens on the disk)
            await asyncio.sleep(0.01)
