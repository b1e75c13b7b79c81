"""The tables: subscriptions, editions, the messages of their posts, and what those say."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    Time,
)

from bot.store.columns import Moment, metadata

__all__ = ["Moment", "metadata"]

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
    Column("platform", String(40), nullable=False),
    Column("channel", String(80), nullable=False),
    Column("declared", Boolean, nullable=False),
    Column("at", Time, nullable=False),
    Column("zone", String(80), nullable=False),
    Column("weekdays", String(7), nullable=False),
    Column("region", String(20)),
    Column("breaks", Text, nullable=False),
    Column("shift", String(10), nullable=False),
    Column("topics", Text, nullable=False),
    Column("without", Text, nullable=False),
    Column("rest_days", Integer, nullable=False),
    Column("repeats", Boolean, nullable=False),
    Column("layout", String(10), nullable=False),
    Column("late", String(10), nullable=False),
    Column("late_minutes", Integer, nullable=False),
    Column("paused_until", Moment),
    Column("language", String(20), nullable=False, server_default="en"),
    Column("since", Moment, nullable=False),
    Column("cursor", Moment),
    Column("next_due_at", Moment),
    Column("troubled", Boolean, nullable=False),
    Index(None, "platform", "channel"),
    Index(None, "platform", "next_due_at"),
)
"""One row a local time. `cursor`: every edition before it is settled; `next_due_at`: when to look
again; `troubled`: the channel was told of a late or missed post and had no punctual one since."""

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
    Column("threaded", Boolean, nullable=False),
    Column("late_reason", Text),
    Column("printed", String(64)),
    Column("within", String(80)),
    Column("changed_at", Moment, nullable=False),
    Column("owner", String(80)),
    Column("next_try_at", Moment),
    Column("expires_at", Moment),
    Index(None, "platform", "channel", "briefing"),
    Index(None, "state"),
    Index("ix_edition_lane", "platform", "state", "due_at"),
    Index("ix_edition_line", "platform", "channel", "state", "due_at"),
)

payload = Table(
    "payload",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("body", JSON, nullable=False),
)

printed = Table(
    "printed",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("digests", JSON, nullable=False),
)
"""The messages of a post in their order, kept once, however many channels get it."""

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
    Column("tries", Integer, nullable=False),
    Column("looks", Integer, nullable=False),
    ForeignKeyConstraint(["subscription", "day"], ["edition.subscription", "edition.day"]),
    ForeignKeyConstraint(["digest"], ["payload.digest"]),
)

transition = Table(
    "transition",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("subscription", String(200), nullable=False),
    Column("day", Date, nullable=False),
    Column("number", Integer),
    Column("before", String(20), nullable=False),
    Column("after", String(20), nullable=False),
    Column("at", Moment, nullable=False),
    Column("reason", Text),
    Column("worker", String(80), nullable=False),
    Index(None, "subscription", "day"),
)

worker = Table(
    "worker",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("beat", BigInteger, nullable=False),
    Column("machine", String(120), nullable=False),
    Column("pid", Integer, nullable=False),
    Column("roles", String(80), nullable=False),
    Column("started_at", Moment, nullable=False),
)

lane = Table(
    "lane",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("owner", String(80)),
)

pin = Table(
    "pin",
    metadata,
    Column("platform", String(40), primary_key=True),
    Column("channel", String(80), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("briefing", String(40), nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("platform", String(40), nullable=False),
    Column("channel", String(80), nullable=False),
    Column("person", String(80), nullable=False),
    Column("act", String(20), nullable=False),
    Column("before", Text),
    Column("after", Text),
    Index(None, "platform", "channel", "id"),
)
"""Who changed what; `before` and `after` say it in one line each, as people would type it."""
