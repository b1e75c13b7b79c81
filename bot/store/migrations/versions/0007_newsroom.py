"""Drafts, the channels whose posts are approved, and what is up for approval."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the newsroom."""
    op.create_table(
        "draft",
        sa.Column("name", sa.String(16), primary_key=True),
        sa.Column("platform", sa.String(40), nullable=False),
        sa.Column("person", sa.String(80), nullable=False),
        sa.Column("texts", sa.JSON, nullable=False),
        sa.Column("briefing", sa.String(40)),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("saved_at", Moment),
        sa.Column("changed_at", Moment, nullable=False),
    )
    op.create_index("ix_draft_briefing", "draft", ["briefing"])
    op.create_table(
        "editors",
        sa.Column("platform", sa.String(40), primary_key=True),
        sa.Column("channel", sa.String(80), primary_key=True),
        sa.Column("editors", sa.String(80), nullable=False),
        sa.Column("called", sa.Text, nullable=False),
        sa.Column("silence", sa.String(10), nullable=False),
    )
    op.create_table(
        "approval",
        sa.Column("name", sa.String(16), primary_key=True),
        sa.Column("subscription", sa.String(200), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("platform", sa.String(40), nullable=False),
        sa.Column("channel", sa.String(80), nullable=False),
        sa.Column("editors", sa.String(80), nullable=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("briefing", sa.String(40), nullable=False),
        sa.Column("passed", sa.JSON, nullable=False),
        sa.Column("printed", sa.String(64), nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("verdict", sa.String(10)),
        sa.Column("person", sa.String(80)),
        sa.Column("decided_at", Moment),
    )
    op.create_index("ix_approval_subscription_day", "approval", ["subscription", "day"])
    op.create_index("ix_approval_platform_channel", "approval", ["platform", "channel"])
