"""The database, SQLite or PostgreSQL: opened, brought up to date, and closed."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.errors import SettingError, StoreError
from bot.store.address import plain, read_address
from bot.store.driver import errors, knock
from bot.store.shape import STEPS, refuse_other, upgrade

BUSY_SECONDS = 30
"""How long a write waits for another one."""

CONNECT_SECONDS = 10
"""How long PostgreSQL has to answer a new connection."""

READ_ONLY = re.compile("readonly database|read-only transaction")
"""What SQLite and PostgreSQL say where nothing may be written."""

CONNECTIONS = 10
"""Connections of one process at most, besides those of the engine."""


@asynccontextmanager
async def open_database(url: str, steps: Path = STEPS) -> AsyncIterator[AsyncEngine]:
    """The database at `url`, brought to the shape to which the steps lead.

    Raises SettingError where it cannot be used, or is of a newer shape.
    """
    address = read_address(url)
    try:
        # Beforehand: a failure inside the driver's own thread would outlive the event loop, and
        # print a trace below the sentence that matters.
        await asyncio.to_thread(knock, address)
    except errors(address) as error:
        raise SettingError(_cannot(address, error)) from error
    engine = _engine(address)
    try:
        await _migrate(engine, address, steps)
        yield engine
    finally:
        await engine.dispose()


@asynccontextmanager
async def look_into(url: str) -> AsyncIterator[AsyncEngine]:
    """The database at `url` to read alone: it is not brought up to date, and writing fails.

    Raises SettingError where it cannot be read, or is of an earlier shape.
    """
    address = read_address(url)
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
            await connection.run_sync(refuse_other)
        yield engine
    except DBAPIError as error:
        raise SettingError(_cannot(address, error.orig or error)) from error
    finally:
        await engine.dispose()


def exists(url: str) -> bool:
    """Whether there is a database to look into; a look must not make one."""
    address = read_address(url)
    if address.drivername == "sqlite":
        return Path(address.database or "").is_file()
    from bot.store.postgres import has_tables

    try:
        return has_tables(plain(url))
    except errors(address) as error:
        raise SettingError(_cannot(address, error)) from error


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
        engine = create_async_engine(
            address,
            pool_size=CONNECTIONS,
            pool_pre_ping=True,  # a connection may be of a server that was restarted since
            connect_args={"connect_timeout": CONNECT_SECONDS},
        )
    else:
        engine = create_async_engine(address.set(drivername="sqlite+aiosqlite"))
        event.listen(engine.sync_engine, "connect", _prepare)
        event.listen(engine.sync_engine, "begin", _begin)
    event.listen(engine.sync_engine, "handle_error", _let_go)
    return engine


def beside(engine: AsyncEngine) -> Engine:
    """SQLite's file once more, for one thread that asks and never writes."""
    address = engine.url.set(drivername="sqlite")
    asking = create_engine(
        address,
        isolation_level="AUTOCOMMIT",
        poolclass=StaticPool,
        connect_args={"check_same_thread": False},  # closed with the event loop's engine
    )
    event.listen(asking, "connect", _prepare)
    event.listen(asking, "handle_error", _let_go)
    return asking


def _let_go(context: ExceptionContext) -> None:
    """Open every connection anew where one is for reading alone.

    What SQLite opened so stays so, also when the file may be written to again; a server of
    PostgreSQL may have handed its place on to another one.
    https://www.sqlite.org/c3ref/open.html
    """
    if READ_ONLY.search(str(context.original_exception)):
        context.is_disconnect = True


def _prepare(connection: DBAPIConnection, _record: object) -> None:
    """SQLite's settings: readers beside one writer, and a commit that survives a power cut.

    https://www.sqlite.org/pragma.html#pragma_synchronous
    """
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Take SQLite's write lock at the start, so that a transaction waits its turn, not fails.

    https://www.sqlite.org/lang_transaction.html#deferred_immediate_and_exclusive_transactions
    """
    if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
        connection.exec_driver_sql("BEGIN IMMEDIATE")


async def _migrate(engine: AsyncEngine, address: URL, steps: Path) -> None:
    try:
        async with engine.begin() as connection:
            await connection.run_sync(upgrade, steps)
    except DBAPIError as error:
        raise SettingError(_cannot(address, error.orig or error)) from error
