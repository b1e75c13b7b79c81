"""The tables of the bot's page: links that let people in, and who is in."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, String, Table

from bot.store.tables import Moment, metadata

entry_link = Table(
    "entry_link",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("person", String(80), nullable=False),
    Column("places", JSON),
    Column("expires_at", Moment, nullable=False),
    Index(None, "expires_at"),
)
"""Links that nobody used yet, by the SHA-256 of their secret; `places` are pairs of platform and
channel, and nothing at all stands for every channel."""

visit = Table(
    "visit",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("person", String(80), nullable=False),
    Column("places", JSON),
    Column("expires_at", Moment, nullable=False),
    Index(None, "expires_at"),
)
"""Who is in, by the SHA-256 of what their browser keeps; `places` as above."""
