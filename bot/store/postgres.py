"""One connection to PostgreSQL as its own driver gives it; imported only where it is used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import psycopg
from sqlalchemy.engine import URL

Row: TypeAlias = Sequence[object] | Mapping[str, object]

ERRORS = (psycopg.Error, OSError)
"""All that the driver raises."""

CONNECT_SECONDS = 10
"""How long PostgreSQL has to answer a new connection."""


class Postgres:
    """A connection that begins and ends its transactions by statements alone."""

    def __init__(self, address: URL) -> None:
        plainly = address.set(drivername="postgresql").render_as_string(hide_password=False)
        self._connection = psycopg.connect(
            plainly, autocommit=True, connect_timeout=CONNECT_SECONDS
        )

    def begin(self) -> None:
        """Begin a transaction that writes."""
        self._connection.execute("BEGIN")

    def change(self, sql: str, rows: Sequence[Row]) -> int:
        """Execute a statement once a row; how many rows of the table that changed."""
        with self._connection.cursor() as cursor:
            cursor.executemany(sql, rows)
            return cursor.rowcount

    def end(self, how: str) -> None:
        """`COMMIT` or `ROLLBACK`."""
        self._connection.execute("COMMIT" if how == "COMMIT" else "ROLLBACK")

    def close(self) -> None:
        """Hang up; what was not committed is undone."""
        self._connection.close()


def has_tables(url: str) -> bool:
    """Whether the bot's tables are in the database at a plain address."""
    with psycopg.connect(url, connect_timeout=CONNECT_SECONDS) as connection:
        found = connection.execute("SELECT to_regclass('edition') IS NOT NULL").fetchone()
    return bool(found and found[0])
