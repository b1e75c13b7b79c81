"""Questions that are asked beside the asynchronous engine."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from bot.errors import StoreError
from bot.store.database import open_database
from bot.store.heard import heard
from bot.store.reading import Reading
from tests.bot.conftest import on

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return on(request.param, request, tmp_path)


async def test_a_question_sees_what_was_written_before_it(database_url: str) -> None:
    async with open_database(database_url) as database:
        reading = Reading(database)
        for number in range(3):
            row = {"platform": "slack", "key": str(number), "at": NOON}
            async with database.begin() as connection:
                await connection.execute(heard.insert(), [row])
            rows = await reading.rows(select(heard).order_by(heard.c.key))
            assert [each.key for each in rows] == [str(each) for each in range(number + 1)]
            assert rows[-1].at == NOON


async def test_many_may_ask_at_once_while_somebody_writes(database_url: str) -> None:
    async with open_database(database_url) as database:
        reading = Reading(database)
        async with database.begin() as connection:
            row = {"platform": "slack", "key": "a", "at": NOON}
            await connection.execute(heard.insert(), [row])
            count = select(func.count()).select_from(heard)
            told = await asyncio.gather(*(reading.rows(count) for _ in range(20)))
        assert {each[0][0] for each in told} == {0}


async def test_a_question_that_fails_is_a_sentence_and_the_next_one_is_answered(
    database_url: str,
) -> None:
    async with open_database(database_url) as database:
        reading = Reading(database)
        with pytest.raises(StoreError, match="cannot be used just now"):
            await reading.rows(text("SELECT * FROM nothing"))
        assert list(await reading.rows(select(heard))) == []


async def test_its_thread_ends_with_the_database(tmp_path: Path) -> None:
    async with open_database(f"sqlite:///{tmp_path / 'bot.db'}") as database:
        await Reading(database).rows(select(heard))
        asked = [each for each in threading.enumerate() if each.name.startswith("reading")]
        assert asked
    for each in asked:
        await asyncio.to_thread(each.join, 5)
        assert not each.is_alive()
