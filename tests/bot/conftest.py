"""What the tests of the shell share: a clock, a ledger on a real SQLite file, a library."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.database import open_database
from bot.store.ledger import Ledger
from bot.store.subscriptions import Subscriptions
from briefings.blocks import Paragraph, plain
from briefings.model import Briefing, BriefingId, Entry, Library, Section
from tests.fakes import MovedClock


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'bot.db'}"


def on(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new database of a kind."""
    if kind == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path / 'bot.db'}"


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[AsyncEngine]:
    async with open_database(database_url) as engine:
        yield engine


@pytest.fixture
def ledger(database: AsyncEngine, clock: MovedClock) -> Ledger:
    return Ledger(database, clock)


@pytest.fixture
def held(database: AsyncEngine, clock: MovedClock) -> Subscriptions:
    return Subscriptions(database, clock)


def entry(name: str, *headings: str, day: int = 1) -> Entry:
    sections = tuple(
        Section(plain(heading), 2, (Paragraph(plain(f"All about {heading}.")),))
        for heading in headings or ("What's Happening?", "What's Next?")
    )
    briefing = Briefing(name.replace("-", " ").title(), sections)
    return Entry(BriefingId(name), briefing, datetime(2026, 11, day, tzinfo=UTC))


@pytest.fixture
def library() -> Library:
    entries = (entry("older", day=1), entry("newer", day=2))
    return {each.id: each for each in entries}
