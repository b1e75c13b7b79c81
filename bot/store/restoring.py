"""Brings a backup back in place of the database: only while no bot runs, and the old one is kept.

What went out after the backup was made is not in it. So nothing that was due before the restore
is sent on trust: each such message is looked for in its channel first, as after a crash.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import SettingError, StoreError
from bot.store import tables
from bot.store.address import is_shared
from bot.store.backup import check, copy_to, reading, sqlite_file
from bot.store.burial import free_orphans
from bot.store.database import open_database
from bot.store.inbox import inbox
from bot.store.printing import DOUBTED
from bot.store.states import OPEN, State

PATIENCE = 2.0
"""Seconds to wait for a command that is just ending."""

AT_WORK = (
    "A bot has {file} open: stop every process of it, then restore. (`briefing-bot backup` may run"
    " beside a bot; this may not.)"
)
OTHERS = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
"""https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ACTIVITY-VIEW"""

DOUBT = "the database was restored from a backup"

_edition, _message = tables.edition.c, tables.message.c


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back: the version that the backup had, and where the old database is."""

    file: Path
    version: str
    kept: Path | None


async def restore(url: str, file: Path, now: datetime) -> Restored:
    """Put what is in `file` in place of the database at `url`.

    Raises FileError where the backup is damaged, newer, or not ours; SettingError where the
    database is PostgreSQL; StoreError where a bot has it open. In each case all is as it was.
    """
    database = sqlite_file(url)
    version = check(file)
    fresh = database.with_name(f"{database.name}.fresh")
    try:
        copy_to(file, fresh)
        await _doubt(f"sqlite:///{fresh}", now)
        kept = _replace(database, fresh, now)
    except OSError as error:
        raise SettingError(
            f"{database} cannot be written ({error.strerror}): check DATABASE_URL and its folder."
        ) from error
    finally:
        for left in ("", "-wal", "-shm"):
            fresh.with_name(f"{fresh.name}{left}").unlink(missing_ok=True)
    return Restored(database, version, kept)


async def look_first(url: str, now: datetime) -> None:
    """Let nothing be sent on trust from a PostgreSQL that its own tools brought back.

    Raises SettingError where the database is a file, StoreError where a bot is connected to it.
    """
    if not is_shared(url):
        raise SettingError("DATABASE_URL is a file: say which backup is to take its place.")
    await _doubt(url, now)


async def _doubt(url: str, now: datetime) -> None:
    """Bring the database up to date; what was due before is to be looked for, not sent."""
    async with open_database(url) as engine, engine.begin() as connection:
        if is_shared(url) and (await connection.exec_driver_sql(OTHERS)).scalar():
            raise StoreError(AT_WORK.format(file="the database"))
        await connection.execute(delete(tables.worker))
        await connection.execute(update(tables.lane).values(owner=None))
        await connection.execute(delete(inbox))  # nobody knows which were answered meanwhile
        await free_orphans(connection, now)
        await _doubt_messages(connection, now)
        await connection.execute(delete(tables.secret).where(tables.secret.c.name == DOUBTED))
        row = {"name": DOUBTED, "value": now.isoformat().encode()}
        await connection.execute(tables.secret.insert().values(row))


async def _doubt_messages(connection: AsyncConnection, now: datetime) -> None:
    mine = (_edition.subscription == _message.subscription, _edition.day == _message.day)
    due_at = select(_edition.due_at).where(*mine).scalar_subquery()
    open_ = exists().where(*mine, _edition.state.in_(OPEN), _edition.due_at <= now)
    unsure = (State.PLANNED, State.DELAYED, State.SENDING, State.UNKNOWN)
    values = {
        "state": State.UNKNOWN,
        "first_tried_at": func.coalesce(_message.first_tried_at, due_at),
        "reason": DOUBT,
        "looks": 0,
    }
    query = update(tables.message).where(_message.state.in_(unsure), open_).values(values)
    await connection.execute(query)


def _replace(database: Path, fresh: Path, now: datetime) -> Path | None:
    """The old database's new name, with the fresh copy in its place."""
    if not database.exists():
        fresh.replace(database)
        return None
    kept = database.with_name(f"{database.stem}-before-{now:%Y%m%dT%H%M%SZ}.db")
    try:
        with closing(sqlite3.connect(database, timeout=PATIENCE, isolation_level=None)) as held:
            _hold(held, database)
            with closing(sqlite3.connect(kept)) as aside:
                held.backup(aside)
            with closing(reading(fresh)) as source:
                source.backup(held)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:  # what is there is no database any more: nobody can have it open
        for left in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                database.with_name(f"{database.name}{left}").rename(f"{kept}{left}")
        fresh.replace(database)
    return kept


def _hold(held: sqlite3.Connection, database: Path) -> None:
    """Lock everybody else out for good; it fails where anybody has the database open.

    A file cannot leave the mode of a running bot (WAL) while anyone else is connected to it.
    https://www.sqlite.org/wal.html#persistence_of_wal_mode
    """
    try:
        (mode,) = held.execute("PRAGMA journal_mode=DELETE").fetchone()
        held.execute("PRAGMA locking_mode=EXCLUSIVE")
        held.execute("BEGIN EXCLUSIVE")
        held.execute("COMMIT")
    except sqlite3.OperationalError as error:
        raise StoreError(AT_WORK.format(file=database)) from error
    if mode != "delete":
        raise StoreError(AT_WORK.format(file=database))
