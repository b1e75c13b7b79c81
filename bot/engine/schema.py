"""Procrastinate's own tables: made once, and brought up to date with its version."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import LiteralString

import psycopg
from procrastinate.schema import SchemaManager

from bot.errors import SettingError

CHANGING = 7_263_002
"""The advisory lock that one process at a time holds while it changes them."""

KNOWN = "SELECT obj_description(to_regclass('procrastinate_jobs'), 'pg_class')"
THERE = "SELECT to_regclass('procrastinate_jobs') IS NOT NULL"


async def prepare(address: str) -> None:
    """Make the tables, or apply the steps that came with a newer Procrastinate.

    The newest step is noted in the comment of the table of jobs. Steps named `pre` and `post`
    are for upgrades without downtime; applied together they are for one with a moment's pause.
    https://procrastinate.readthedocs.io/en/stable/howto/production/migrations.html
    """
    try:
        async with await psycopg.AsyncConnection.connect(address) as connection:
            await _prepare(connection)
    except psycopg.Error as error:
        raise SettingError(
            f"The engine's tables cannot be made ({error}): check DATABASE_URL."
        ) from error


async def _prepare(connection: psycopg.AsyncConnection[tuple[object, ...]]) -> None:
    await connection.execute(f"SELECT pg_advisory_xact_lock({CHANGING})")
    steps = _steps()
    if not await _one(connection, THERE):
        await _run(connection, SchemaManager.get_schema())
    else:
        known = str(await _one(connection, KNOWN) or "")
        for step in _newer(steps, known):
            await _run(connection, step.read_text(encoding="utf-8"))
    await _run(connection, f"COMMENT ON TABLE procrastinate_jobs IS '{steps[-1].name}'")


def _steps() -> list[Path]:
    return sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))


def _newer(steps: list[Path], known: str) -> Iterator[Path]:
    return (step for step in steps if known and step.name > known)


async def _one(
    connection: psycopg.AsyncConnection[tuple[object, ...]], query: LiteralString
) -> object:
    row = await (await connection.execute(query)).fetchone()
    return row[0] if row else None


async def _run(connection: psycopg.AsyncConnection[tuple[object, ...]], text: str) -> None:
    await connection.execute(text.encode())
