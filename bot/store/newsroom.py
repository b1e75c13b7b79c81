"""The newsroom's tables: drafts, the channels whose posts are approved, and approvals."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, Index, Integer, String, Table, Text

from bot.store.tables import Moment, metadata

draft = Table(
    "draft",
    metadata,
    Column("name", String(16), primary_key=True),
    Column("platform", String(40), nullable=False),
    Column("person", String(80), nullable=False),
    Column("texts", JSON, nullable=False),
    Column("briefing", String(40)),
    Column("version", Integer, nullable=False),
    Column("saved_at", Moment),
    Column("changed_at", Moment, nullable=False),
    Index(None, "briefing"),
)
"""`briefing`: what it is, or became, a version of; it had `version` versions when it was begun."""

editors = Table(
    "editors",
    metadata,
    Column("platform", String(40), primary_key=True),
    Column("channel", String(80), primary_key=True),
    Column("editors", String(80), nullable=False),
    Column("called", Text, nullable=False),
    Column("silence", String(10), nullable=False),
)
"""One row a channel whose posts are shown in the channel `editors` before, which is `called` so."""

approval = Table(
    "approval",
    metadata,
    Column("name", String(16), primary_key=True),
    Column("subscription", String(200), nullable=False),
    Column("day", Date, nullable=False),
    Column("platform", String(40), nullable=False),
    Column("channel", String(80), nullable=False),
    Column("editors", String(80), nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("briefing", String(40), nullable=False),
    Column("passed", JSON, nullable=False),
    Column("printed", String(64), nullable=False),
    Column("round", Integer, nullable=False),
    Column("verdict", String(10)),
    Column("person", String(80)),
    Column("decided_at", Moment),
    Index(None, "subscription", "day"),
    Index(None, "platform", "channel"),
)
"""One row an edition, named after it: shown in `editors` as `printed`, for the `round`th time;
`passed` are the briefings that were up before and swapped for another."""
