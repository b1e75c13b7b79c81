"""The library's tables: briefings, their versions, the revision, and what feeds said last."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from bot.store.tables import Moment, metadata

revision = Table(
    "revision",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", BigInteger, nullable=False),
)
"""One row, which every change of the library locks and counts up: changes commit in its order."""

briefing = Table(
    "briefing",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("origin", Text, nullable=False, unique=True),
    Column("source", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("seen", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("problem", Text),
    Column("added_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Index("ix_briefing_revision_id", "revision", "id"),
    Index("ix_briefing_seen", "seen"),
    Index("ix_briefing_source", "source"),
)

version = Table(
    "version",
    metadata,
    Column("briefing", String(40), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("form", Integer, nullable=False),
    Column("packed", LargeBinary, nullable=False),
    Column("read_at", Moment, nullable=False),
    ForeignKeyConstraint(["briefing"], ["briefing.id"]),
)

feed = Table(
    "feed",
    metadata,
    Column("url", Text, primary_key=True),
    Column("etag", Text),
    Column("modified", Text),
    Column("next_at", Moment, nullable=False),
    Column("polled_at", Moment),
    Column("problem", Text),
)
