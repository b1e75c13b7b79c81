"""Backups: whole copies made while others write, and never a bad one brought back."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.clock import SystemClock
from bot.errors import FileError, SettingError, StoreError
from bot.store.backup import back_up
from bot.store.database import open_database
from bot.store.inbox import Inbox
from bot.store.ledger import Ledger
from bot.store.restoring import look_first, restore
from bot.store.shape import known

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def names(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as opened:
        return [name for (name,) in opened.execute("SELECT name FROM secret ORDER BY name")]


def contents(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir()}


async def test_a_backup_is_one_whole_file_for_its_owner_alone(
    database: AsyncEngine, ledger: Ledger, database_url: str, tmp_path: Path
) -> None:
    await ledger.secret()
    made = back_up(database_url, tmp_path / "copy.db")
    assert made.version == max(known())
    assert made.size == made.file.stat().st_size
    assert stat.S_IMODE(made.file.stat().st_mode) == 0o600
    assert [name for name in sorted(contents(tmp_path)) if "copy" in name] == ["copy.db"]
    assert names(made.file) == ["markers"]


async def test_a_backup_waits_for_nobody_and_nobody_waits_for_it(
    database: AsyncEngine, database_url: str, tmp_path: Path
) -> None:
    async with database.begin() as writing:
        await writing.exec_driver_sql("INSERT INTO secret VALUES ('half', x'00')")
        assert names(back_up(database_url, tmp_path / "copy.db").file) == []


async def test_a_backup_takes_no_other_files_place_unless_told(
    database: AsyncEngine, database_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "copy.db"
    file.write_text("mine")
    with pytest.raises(FileError, match="--replace"):
        back_up(database_url, file)
    assert file.read_text() == "mine"
    back_up(database_url, file, replace=True)
    assert names(file) == []


@pytest.mark.parametrize("url", ["postgresql://bot:secret@host/town", "postgres://host/town"])
async def test_on_postgresql_its_own_tools_are_named_and_no_password(
    url: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingError, match=r"pg_dump.*town") as refused:
        back_up(url, tmp_path / "copy.db")
    assert "secret" not in str(refused.value)
    with pytest.raises(SettingError, match="pg_restore"):
        await restore(url, tmp_path / "copy.db", NOW)


def test_without_a_database_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="DATABASE_URL"):
        back_up(f"sqlite:///{tmp_path / 'none.db'}", tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


async def saved(url: str, folder: Path) -> Path:
    async with open_database(url) as engine:
        await Ledger(engine, SystemClock()).secret()
    return back_up(url, folder / "copy.db").file


def spoil(file: Path, kind: str) -> str:
    if kind == "not a database":
        file.write_text("a letter")
        return "no backup"
    if kind == "not there":
        file.unlink()
        return "no backup"
    if kind == "cut":
        file.write_bytes(file.read_bytes()[:8192])
        return "no backup|damaged"
    with closing(sqlite3.connect(file)) as opened:
        if kind == "another program's":
            opened.execute("DROP TABLE alembic_version")
        else:
            opened.execute("UPDATE alembic_version SET version_num = '9999'")
        opened.commit()
    return "newer" if kind == "newer" else "no backup"


@pytest.mark.parametrize(
    "kind", ["not a database", "not there", "cut", "another program's", "newer"]
)
async def test_a_bad_backup_is_refused_and_all_is_as_it_was(
    database_url: str, tmp_path: Path, kind: str
) -> None:
    file = await saved(database_url, tmp_path)
    said = spoil(file, kind)
    before = contents(tmp_path)
    with pytest.raises(FileError, match=said):
        await restore(database_url, file, NOW)
    assert contents(tmp_path) == before


async def test_a_database_that_somebody_has_open_is_left_alone(
    database_url: str, tmp_path: Path
) -> None:
    file = await saved(database_url, tmp_path)
    async with open_database(database_url) as engine:
        async with engine.begin() as connection:
            await connection.exec_driver_sql("INSERT INTO secret VALUES ('later', x'00')")
        with pytest.raises(StoreError, match="stop every process"):
            await restore(database_url, file, NOW)
    assert "later" in names(tmp_path / "bot.db")
    assert sorted(contents(tmp_path)) == ["bot.db", "copy.db"]


async def test_a_question_that_waited_when_the_backup_was_made_is_not_answered_again(
    database_url: str, tmp_path: Path
) -> None:
    async with open_database(database_url) as engine:
        await Inbox(engine, SystemClock(), "gone").keep("slack", "Ev1", {})
    await restore(database_url, back_up(database_url, tmp_path / "copy.db").file, NOW)
    async with open_database(database_url) as engine:
        assert await Inbox(engine, SystemClock(), "next").is_empty()


async def test_what_was_there_is_kept(database_url: str, tmp_path: Path) -> None:
    file = await saved(database_url, tmp_path)
    async with open_database(database_url) as engine, engine.begin() as connection:
        await connection.exec_driver_sql("INSERT INTO secret VALUES ('later', x'00')")
    done = await restore(database_url, file, NOW)
    assert done.kept == tmp_path / "bot-before-20261123T150000Z.db"
    assert names(done.kept) == ["later", "markers"]
    assert names(done.file) == ["markers", "restored"]
    again = await restore(database_url, file, NOW.replace(hour=16))
    assert names(again.file) == ["markers", "restored"]


@pytest.mark.parametrize("there", [b"", b"not a database any more" * 99, None])
async def test_a_lost_or_broken_database_is_no_hindrance(
    database_url: str, tmp_path: Path, there: bytes | None
) -> None:
    file = await saved(database_url, tmp_path)
    broken = tmp_path / "bot.db"
    broken.unlink()
    if there is not None:
        broken.write_bytes(there)
    done = await restore(database_url, file, NOW)
    assert names(done.file) == ["markers", "restored"]
    assert (done.kept is None) == (there is None)
    async with open_database(database_url):
        pass


async def test_a_file_is_named_where_the_database_is_one(database_url: str) -> None:
    with pytest.raises(SettingError, match="which backup"):
        await look_first(database_url, NOW)


async def test_a_postgresql_that_somebody_is_connected_to_is_left_alone(postgres_url: str) -> None:
    async with open_database(postgres_url) as engine, engine.begin() as connection:
        await connection.exec_driver_sql("SELECT 1")
        with pytest.raises(StoreError, match="stop every process"):
            await look_first(postgres_url, NOW)
    await look_first(postgres_url, NOW)
