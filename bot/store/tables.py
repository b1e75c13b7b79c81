"""The tables: subscriptions, editions, the messages of their posts, and what those say."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware UTC datetime; SQLite forgets the zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


secret = Table(
    "secret",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

subscription = Table(
    "subscription",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("since", Moment, nullable=False),
)

edition = Table(
    "edition",
    metadata,
    Column("subscription", String(200), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("platform", String(40), nullable=False),
    Column("channel", String(80), nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("state", String(20), nullable=False),
    Column("briefing", String(40)),
    Column("title", Text),
    Column("pick_reason", String(80)),
    Column("runner_up", String(40)),
    Column("thread", String(80)),
    Column("reason", Text),
    Column("changed_at", Moment, nullable=False),
    Index(None, "platform", "channel", "briefing"),
    Index(None, "state"),
)

payload = Table(
    "payload",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("body", JSON, nullable=False),
)

message = Table(
    "message",
    metadata,
    Column("subscription", String(200), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("marker", String(25), nullable=False, unique=True),
    Column("digest", String(64), nullable=False),
    Column("state", String(20), nullable=False),
    Column("platform_id", String(80)),
    Column("first_tried_at", Moment),
    Column("reason", Text),
    Column("changed_at", Moment, nullable=False),
    ForeignKeyConstraint(["subscription", "day"], ["edition.subscription", "edition.day"]),
    ForeignKeyConstraint(["digest"], ["payload.digest"]),
)
