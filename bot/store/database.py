"""The database: opened, brought up to date, and closed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.errors import SettingError

BUSY_SECONDS = 30
"""How long a write waits for another one."""

_DRIVERS = {"sqlite": "sqlite+aiosqlite"}


@asynccontextmanager
async def open_database(url: str) -> AsyncIterator[AsyncEngine]:
    """The database at `url`, at the newest shape; raises SettingError where it cannot be used."""
    engine = _engine(url)
    try:
        await _migrate(engine, url)
        yield engine
    finally:
        await engine.dispose()


def _engine(url: str) -> AsyncEngine:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise SettingError(
            "DATABASE_URL is not the address of a database: write sqlite:///briefing-bot.db."
        ) from error
    if parsed.drivername not in _DRIVERS:
        raise SettingError(
            f"DATABASE_URL names “{parsed.drivername}”: this version keeps its data in sqlite:///…"
        )
    engine = create_async_engine(parsed.set(drivername=_DRIVERS[parsed.drivername]))
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


async def _migrate(engine: AsyncEngine, url: str) -> None:
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_upgrade)
    except DBAPIError as error:
        name = make_url(url).render_as_string(hide_password=True)
        raise SettingError(
            f"The database {name} cannot be opened ({error.orig}): check DATABASE_URL and that its"
            " folder exists and may be written to."
        ) from error


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
