"""A copy of the SQLite database, made while the bot goes on, and whether it is a whole one."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sqlalchemy.engine import URL

from bot.errors import FileError, SettingError, StoreError
from bot.store.address import read_address
from bot.store.shape import STEPS, known

OURS_ALONE = 0o600
"""A backup holds the tokens of workspaces, as its database does."""

SHARED = (
    "The database {name} is PostgreSQL, which has its own tools: `pg_dump --format=custom"
    " --file=FILE {name}` backs it up; `pg_restore --clean --dbname={name} FILE`, then"
    " `briefing-bot restore` without a file, brings it back."
)


@dataclass(frozen=True, slots=True)
class Copy:
    """A whole copy: where it is, the version of its tables, and its bytes."""

    file: Path
    version: str
    size: int


def back_up(url: str, file: Path, *, replace: bool = False) -> Copy:
    """Copy the database at `url` into one file; readers and writers go on meanwhile.

    The copy stands under its name only when it is whole. Raises SettingError where the database is
    no SQLite file, FileError where the copy cannot be made. https://www.sqlite.org/backup.html
    """
    database = sqlite_file(url)
    if not database.is_file():
        raise SettingError(f"There is no database {database} to back up: check DATABASE_URL.")
    if file.exists() and not replace:
        raise FileError(f"{file} is there already: choose another name, or say --replace.")
    part = file.with_name(f"{file.name}.part")
    with _named(file), _scrapped(part):
        copy_to(database, part)
        version = check(part)
        part.replace(file)
    return Copy(file, version, file.stat().st_size)


def sqlite_file(url: str) -> Path:
    """The file of the database; raises SettingError where it is PostgreSQL."""
    address: URL = read_address(url)
    if address.drivername != "sqlite":
        raise SettingError(SHARED.format(name=address.database))
    return Path(address.database or "")


def copy_to(database: Path, file: Path) -> None:
    """Copy a database as it is at one moment into a new file that holds all of it by itself."""
    file.unlink(missing_ok=True)
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OURS_ALONE))
    with closing(reading(database)) as source, closing(sqlite3.connect(file)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")


def check(file: Path, steps: Path = STEPS) -> str:
    """The version of a whole copy; raises FileError where it is damaged, newer, or not ours."""
    try:
        with closing(reading(file)) as source:
            (found,) = source.execute("PRAGMA integrity_check(1)").fetchone()
            version = source.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise FileError(
            f"{file} is no backup of Briefing Bot ({error}): choose another."
        ) from error
    if found != "ok":
        raise FileError(f"{file} is damaged ({found}): choose an earlier backup.")
    if version is None or version[0] not in known(steps):
        raise FileError(f"{file} is of a newer Briefing Bot: update this one, then restore it.")
    return str(version[0])


def reading(file: Path) -> sqlite3.Connection:
    """A connection that cannot write."""
    return sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True)


@contextmanager
def _named(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FileError(f"{file} cannot be written ({error.strerror}): choose another.") from error
    except sqlite3.Error as error:
        raise StoreError(
            f"{file} could not be made ({error}): free space, then try again."
        ) from error


@contextmanager
def _scrapped(part: Path) -> Iterator[None]:
    """Leave no half copy behind."""
    try:
        yield
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
