"""One connection to SQLite or PostgreSQL as their own drivers give it, for whole transactions."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Protocol, TypeAlias

from sqlalchemy.engine import URL

Row: TypeAlias = Sequence[object] | Mapping[str, object]

BUSY_SECONDS = 30
"""How long a write waits for another one."""

BUSY_PAUSE, BUSY_TRIES = 0.05, 100
"""Seconds between tries to have the file to ourselves for an instant, and how many there are."""


class Driver(Protocol):
    """A connection that begins and ends its transactions by statements alone."""

    def begin(self) -> None:
        """Begin a transaction that writes."""

    def change(self, sql: str, rows: Sequence[Row]) -> int:
        """Execute a statement once a row; how many rows of the table that changed."""

    def end(self, how: str) -> None:
        """`COMMIT` or `ROLLBACK`."""

    def close(self) -> None:
        """Hang up; what was not committed is undone."""


def errors(address: URL) -> tuple[type[Exception], ...]:
    """All that the driver of this database raises."""
    if address.get_backend_name() == "sqlite":
        return sqlite3.Error, OSError
    # PostgreSQL's driver takes 9 MB: not of a bot that keeps its data in a file.
    from bot.store import postgres

    return postgres.ERRORS


def connect(address: URL) -> Driver:
    """A connection of its own; raises one of its `errors`."""
    if address.get_backend_name() == "sqlite":
        return _Sqlite(address.database or "")
    from bot.store.postgres import Postgres

    return Postgres(address)


def knock(address: URL) -> None:
    """Open the database once; raises one of its `errors`."""
    if address.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(address.database or "")) as connection:
            _let_many_read(connection)
    else:
        connect(address).close()


def _let_many_read(connection: sqlite3.Connection) -> None:
    """Turn the file to its journal for many readers, which stays so.

    Of several processes that begin with a new file at once, one may do so; SQLite does not let the
    others wait, for two that waited for each other would never end.
    https://www.sqlite.org/c3ref/busy_handler.html
    """
    for left in reversed(range(BUSY_TRIES)):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if not left or error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(BUSY_PAUSE)
        else:
            return


def prepare(connection: sqlite3.Connection) -> None:
    """SQLite's settings: readers beside one writer, and a commit that survives a power cut.

    https://www.sqlite.org/pragma.html#pragma_synchronous
    """
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")


class _Sqlite:
    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
        try:
            prepare(self._connection)
        except sqlite3.Error:
            self._connection.close()
            raise

    def begin(self) -> None:
        """Take the write lock at once, so that a transaction waits its turn, and does not fail."""
        self._connection.execute("BEGIN IMMEDIATE")

    def change(self, sql: str, rows: Sequence[Row]) -> int:
        return self._connection.executemany(sql, rows).rowcount

    def end(self, how: str) -> None:
        self._connection.execute(how)

    def close(self) -> None:
        self._connection.close()
