"""The first shape: subscriptions, editions, messages, payloads, secrets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    _create_singles()
    _create_edition()
    _create_message()


def _create_singles() -> None:
    op.create_table(
        "secret",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "subscription",
        sa.Column("id", sa.String(200), primary_key=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "payload",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("body", sa.JSON, nullable=False),
    )


def _create_edition() -> None:
    op.create_table(
        "edition",
        sa.Column("subscription", sa.String(200), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("platform", sa.String(40), nullable=False),
        sa.Column("channel", sa.String(80), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("briefing", sa.String(40)),
        sa.Column("title", sa.Text),
        sa.Column("pick_reason", sa.String(80)),
        sa.Column("runner_up", sa.String(40)),
        sa.Column("thread", sa.String(80)),
        sa.Column("reason", sa.Text),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index(
        "ix_edition_platform_channel_briefing", "edition", ["platform", "channel", "briefing"]
    )
    op.create_index("ix_edition_state", "edition", ["state"])


def _create_message() -> None:
    op.create_table(
        "message",
        sa.Column("subscription", sa.String(200), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("marker", sa.String(25), nullable=False, unique=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("platform_id", sa.String(80)),
        sa.Column("first_tried_at", sa.DateTime(timezone=True)),
        sa.Column("reason", sa.Text),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["subscription", "day"],
            ["edition.subscription", "edition.day"],
            name="fk_message_edition",
        ),
        sa.ForeignKeyConstraint(["digest"], ["payload.digest"], name="fk_message_payload"),
    )
