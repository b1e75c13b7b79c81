"""The database goes away or takes nothing: the bot answers meanwhile, and catches up afterwards."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.errors import StoreError
from tests.journeys.conftest import PLATFORMS, Town, words
from tests.postgres import Postgres


@pytest.mark.parametrize("kind", ["away", "read-only"])
async def test_ten_minutes_without_a_database_lose_and_double_nothing(
    town: Town, postgres: Postgres, postgres_url: str, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    fail, mend = (
        (postgres.stop, postgres.start)
        if kind == "away"
        else (lambda: read_only(postgres_url, "on"), lambda: read_only(postgres_url, "off"))
    )
    await outlast(town, postgres_url, (fail, mend), caplog)


async def test_ten_minutes_with_a_file_that_may_only_be_read_lose_and_double_nothing(
    town: Town, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "bot.db"
    outage = (lambda: may_write(file, yes=False), lambda: may_write(file, yes=True))
    await outlast(town, f"sqlite:///{file}", outage, caplog)


async def outlast(
    town: Town,
    url: str,
    outage: tuple[Callable[[], None], Callable[[], None]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Go through an outage, given by how it begins and ends, into which the hour falls."""
    hour = (town.clock.now() + timedelta(hours=1)).time().replace(microsecond=0)
    own = town.configuration.own.model_copy(update={"database_url": url, "briefing_time": hour})
    async with town.bot(replace(town.configuration, own=own)) as bot:
        try:
            await asyncio.to_thread(outage[0])
            town.clock.move(hours=1, minutes=10)
            with pytest.raises(StoreError, match="cannot be used just now"):
                await bot.scheduler.look()
            answer = await town.command("slack", "/briefing chery")
            assert "Chery" in words(answer["body"])
            await until_told(caplog, "store.away")
        finally:
            await asyncio.to_thread(outage[1])
        await until_told(caplog, "store.back")
        for platform in PLATFORMS:
            async with asyncio.timeout(60):
                while not whole(await shared(town, platform)):  # noqa: ASYNC110
                    await asyncio.sleep(0.1)
    for platform in PLATFORMS:
        (card,) = await shared(town, platform)
        told = [words(part["body"]) for part in card["thread"]["messages"]]
        assert len(told) == len(set(told)) >= 3


def whole(cards: list[dict[str, Any]]) -> bool:
    return bool(cards) and len((cards[0]["thread"] or {}).get("messages", ())) >= 3


async def shared(town: Town, platform: str) -> list[dict[str, Any]]:
    return [each for each in await town.messages(platform) if not each["only_for"]]


async def until_told(caplog: pytest.LogCaptureFixture, action: str) -> None:
    """The worker's own beat tells of it, whoever else does."""
    async with asyncio.timeout(60):
        while True:
            mine = [vars(each) for each in caplog.records if each.name == "bot.store.workers"]
            if action in [each.get("action") for each in mine]:
                return
            await asyncio.sleep(0.05)


def read_only(url: str, how: str) -> None:
    """Let every transaction of a database be for reading alone, of new connections too."""
    name = url.split("?", maxsplit=1)[0].rpartition("/")[2]
    with psycopg.connect(
        url, autocommit=True, options="-c default_transaction_read_only=off"
    ) as connection:
        connection.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = {how}')
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )


WRITING = """
import sqlite3, sys
from contextlib import closing

with closing(sqlite3.connect(sys.argv[1], timeout=30)) as connection:
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
with open(sys.argv[1], "r+b") as file:
    file.seek(18)
    file.write(bytes([int(sys.argv[2])]))
with closing(sqlite3.connect(sys.argv[1], timeout=30)) as connection:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        print(error)
"""


def may_write(file: Path, *, yes: bool) -> None:
    """Let SQLite write to a file, or not: one of a later version may be read, and no more.

    Another process does it, for a file that is closed loses the locks of its whole process.
    https://www.sqlite.org/fileformat2.html#file_format_version_numbers
    """
    given = [sys.executable, "-c", WRITING, str(file), "2" if yes else "3"]
    for _ in range(100):
        told = subprocess.run(given, capture_output=True, text=True, check=True).stdout
        if yes is not ("readonly" in told):
            return
    raise AssertionError(f"{file} could not be changed: {told}")
