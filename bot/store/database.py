"""The database: opened, brought up to date, and closed."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.errors import SettingError

BUSY_SECONDS = 30
"""How long a write waits for another one."""


@asynccontextmanager
async def open_database(url: str) -> AsyncIterator[AsyncEngine]:
    """The database at `url`, at the newest shape; raises SettingError where it cannot be used."""
    address = _address(url)
    try:
        await asyncio.to_thread(_knock, address)
    except sqlite3.Error as error:
        raise SettingError(_cannot(address, error)) from error
    engine = _engine(address)
    try:
        await _migrate(engine, address)
        yield engine
    finally:
        await engine.dispose()


def exists(url: str) -> bool:
    """Whether there is a database to look into; a look must not make one."""
    return Path(_address(url).database or "").is_file()


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise SettingError(
            "DATABASE_URL is not the address of a database: write sqlite:///briefing-bot.db."
        ) from error
    if address.drivername != "sqlite":
        raise SettingError(
            f"DATABASE_URL names {address.drivername}, and this version keeps its data in SQLite:"
            " write sqlite:///briefing-bot.db."
        )
    return address


def _knock(address: URL) -> None:
    """Open the file once beforehand.

    A failure inside the driver's own thread would outlive the event loop, and print a trace
    below the sentence that matters.
    """
    with closing(sqlite3.connect(address.database or ":memory:")) as connection:
        connection.execute("PRAGMA user_version")


def _cannot(address: URL, error: BaseException) -> str:
    return (
        f"The database {address.database} cannot be used ({error}): check DATABASE_URL, and that"
        " its folder exists and may be written to."
    )


def _engine(address: URL) -> AsyncEngine:
    engine = create_async_engine(address.set(drivername="sqlite+aiosqlite"))
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _prepare(connection: DBAPIConnection, _record: object) -> None:
    """SQLite's settings: readers beside one writer, and a commit that survives a power cut.

    https://www.sqlite.org/pragma.html#pragma_synchronous
    """
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Take SQLite's write lock at the start, so that a transaction waits its turn, not fails.

    https://www.sqlite.org/lang_transaction.html#deferred_immediate_and_exclusive_transactions
    """
    if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
        connection.exec_driver_sql("BEGIN IMMEDIATE")


async def _migrate(engine: AsyncEngine, address: URL) -> None:
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_upgrade)
    except DBAPIError as error:
        raise SettingError(_cannot(address, error.orig or error)) from error


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
