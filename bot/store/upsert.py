"""Rows that may be there already: the two databases say it alike, by an insert of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

Inserting: TypeAlias = Callable[[Table], sqlite.Insert | postgresql.Insert]


def inserting(database: AsyncConnection | AsyncEngine) -> Inserting:
    """What makes an insert with `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return sqlite.insert if database.dialect.name == "sqlite" else postgresql.insert
