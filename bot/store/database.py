"""The database, SQLite or PostgreSQL: opened, brought up to date, and closed."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.errors import SettingError, StoreError

BUSY_SECONDS = 30
"""How long a write waits for another one."""

CONNECT_SECONDS = 10
"""How long PostgreSQL has to answer a new connection."""

CONNECTIONS = 10
"""Connections of one process at most, besides those of the engine."""

UPGRADING = 7_263_001
"""The advisory lock that one process at a time holds while it changes the tables' shape."""

POSTGRESQL = ("postgresql", "postgres", "postgresql+psycopg")


@asynccontextmanager
async def open_database(url: str) -> AsyncIterator[AsyncEngine]:
    """The database at `url`, at the newest shape; raises SettingError where it cannot be used."""
    address = _address(url)
    try:
        await asyncio.to_thread(_knock, address)
    except (sqlite3.Error, psycopg.Error) as error:
        raise SettingError(_cannot(address, error)) from error
    engine = _engine(address)
    try:
        await _migrate(engine, address)
        yield engine
    finally:
        await engine.dispose()


@asynccontextmanager
async def look_into(url: str) -> AsyncIterator[AsyncEngine]:
    """The database at `url` to read alone: it is not brought up to date, and writing fails.

    Raises SettingError where it cannot be read, or is of an earlier shape.
    """
    address = _address(url)
    if address.drivername == "sqlite":
        plainly = f"file:{quote(address.database or '')}"
        reading = {"mode": "ro", "uri": "true"}
        address = URL.create("sqlite+aiosqlite", database=plainly, query=reading)
        engine = create_async_engine(address)
    else:
        read_only = {"options": "-c default_transaction_read_only=on"}
        engine = create_async_engine(address, connect_args=read_only)
    try:
        async with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            await connection.run_sync(_refuse_earlier)
        yield engine
    except DBAPIError as error:
        raise SettingError(_cannot(address, error.orig or error)) from error
    finally:
        await engine.dispose()


def _refuse_earlier(connection: Connection) -> None:
    newest = ScriptDirectory(str(Path(__file__).parent / "migrations")).get_current_head()
    if MigrationContext.configure(connection).get_current_revision() != newest:
        raise SettingError(
            "The database is of another version of the bot: start `briefing-bot run` once, which"
            " brings it up to date."
        )


def exists(url: str) -> bool:
    """Whether there is a database to look into; a look must not make one."""
    address = _address(url)
    if address.drivername == "sqlite":
        return Path(address.database or "").is_file()
    try:
        with psycopg.connect(plain(url), connect_timeout=CONNECT_SECONDS) as connection:
            found = connection.execute("SELECT to_regclass('edition') IS NOT NULL").fetchone()
    except psycopg.Error as error:
        raise SettingError(_cannot(address, error)) from error
    return bool(found and found[0])


def is_shared(url: str) -> bool:
    """Whether processes on several machines may work on this database."""
    return _address(url).drivername != "sqlite"


def plain(url: str) -> str:
    """The address as PostgreSQL's own library takes it."""
    return _address(url).set(drivername="postgresql").render_as_string(hide_password=False)


@contextmanager
def speaking() -> Iterator[None]:
    """Raises StoreError where the database does not answer; rows that clash raise as they are."""
    try:
        yield
    except IntegrityError:
        raise
    except (SQLAlchemyError, OSError) as error:
        raise away(error) from error


def away(error: Exception) -> StoreError:
    """That the database does not answer, in one sentence."""
    why = " ".join(str(getattr(error, "orig", None) or error).split())
    return StoreError(
        f"The database cannot be used just now ({why[:200]}): what was begun is taken up"
        " again when it is back."
    )


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise SettingError(
            "DATABASE_URL is not the address of a database: write sqlite:///briefing-bot.db."
        ) from error
    if address.drivername in POSTGRESQL:
        return address.set(drivername="postgresql+psycopg")
    if address.drivername != "sqlite":
        raise SettingError(
            f"DATABASE_URL names {address.drivername}, and the bot keeps its data in SQLite or"
            " PostgreSQL: write sqlite:///briefing-bot.db or postgresql://user@host/name."
        )
    return address


def _knock(address: URL) -> None:
    """Open it once beforehand.

    A failure inside the driver's own thread would outlive the event loop, and print a trace
    below the sentence that matters.
    """
    if address.drivername != "sqlite":
        plainly = address.set(drivername="postgresql").render_as_string(hide_password=False)
        psycopg.connect(plainly, connect_timeout=CONNECT_SECONDS).close()
        return
    with closing(sqlite3.connect(address.database or ":memory:")) as connection:
        connection.execute("PRAGMA user_version")


def _cannot(address: URL, error: BaseException) -> str:
    why = " ".join(str(error).split())
    if address.drivername != "sqlite":
        return (
            f"The database {address.database} at {address.host or 'this machine'} cannot be used"
            f" ({why}): check DATABASE_URL, and that PostgreSQL runs there and lets the bot in."
        )
    return (
        f"The database {address.database} cannot be used ({why}): check DATABASE_URL, and that"
        " its folder exists and may be written to."
    )


def _engine(address: URL) -> AsyncEngine:
    if address.drivername != "sqlite":
        return create_async_engine(
            address,
            pool_size=CONNECTIONS,
            pool_pre_ping=True,  # a connection may be of a server that was restarted since
            connect_args={"connect_timeout": CONNECT_SECONDS},
        )
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
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({UPGRADING})")
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
