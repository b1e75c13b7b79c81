"""Discussions: threads, what was said, signals, promises, conclusions; posts inside threads."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Moment

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what discussions need."""
    op.add_column("edition", sa.Column("within", sa.String(80)))
    op.create_table(
        "discussion",
        sa.Column("platform", sa.String(40), primary_key=True),
        sa.Column("channel", sa.String(80), primary_key=True),
        sa.Column("thread", sa.String(80), primary_key=True),
        sa.Column("briefing", sa.String(40), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("opened_at", Moment, nullable=False),
        sa.Column("heard_at", Moment),
        sa.Column("read_to", sa.String(80)),
        sa.Column("recapped_at", Moment),
    )
    op.create_index("ix_discussion_briefing", "discussion", ["briefing"])
    op.create_index(
        "ix_discussion_platform_channel_opened_at",
        "discussion",
        ["platform", "channel", "opened_at"],
    )
    op.create_table(
        "contribution",
        sa.Column("platform", sa.String(40), primary_key=True),
        sa.Column("channel", sa.String(80), primary_key=True),
        sa.Column("message", sa.String(80), primary_key=True),
        sa.Column("thread", sa.String(80), nullable=False),
        sa.Column("person", sa.String(80), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("section", sa.Integer),
        sa.Column("text", sa.Text),
        sa.Column("links", sa.JSON, nullable=False),
    )
    op.create_index(
        "ix_contribution_platform_channel_thread_at",
        "contribution",
        ["platform", "channel", "thread", "at"],
    )
    op.create_table(
        "reaction",
        sa.Column("platform", sa.String(40), primary_key=True),
        sa.Column("channel", sa.String(80), primary_key=True),
        sa.Column("message", sa.String(80), primary_key=True),
        sa.Column("sign", sa.String(80), primary_key=True),
        sa.Column("person", sa.String(80), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )
    op.create_table(
        "manners",
        sa.Column("platform", sa.String(40), primary_key=True),
        sa.Column("channel", sa.String(80), primary_key=True),
        sa.Column("opens", sa.String(10), nullable=False),
        sa.Column("keeps_text", sa.Boolean, nullable=False),
        sa.Column("kept_days", sa.Integer, nullable=False),
        sa.Column("recap", sa.String(20), nullable=False),
        sa.Column("recap_in", sa.String(10), nullable=False),
        sa.Column("signals", sa.Boolean, nullable=False),
    )
    op.create_table(
        "signal",
        sa.Column("platform", sa.String(40), primary_key=True),
        sa.Column("channel", sa.String(80), primary_key=True),
        sa.Column("briefing", sa.String(40), primary_key=True),
        sa.Column("kind", sa.String(10), primary_key=True),
        sa.Column("who", sa.String(64), primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
    )
    op.create_table(
        "promise",
        sa.Column("name", sa.String(16), primary_key=True),
        sa.Column("platform", sa.String(40), nullable=False),
        sa.Column("channel", sa.String(80), nullable=False),
        sa.Column("thread", sa.String(80)),
        sa.Column("briefing", sa.String(40), nullable=False),
        sa.Column("section", sa.Integer, nullable=False),
        sa.Column("line", sa.Text, nullable=False),
        sa.Column("due", sa.Date, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("changed_at", Moment, nullable=False),
    )
    op.create_index("ix_promise_state_due", "promise", ["state", "due"])
    op.create_index(
        "ix_promise_platform_channel_briefing", "promise", ["platform", "channel", "briefing"]
    )
    op.create_table(
        "conclusion",
        sa.Column("name", sa.String(16), primary_key=True),
        sa.Column("platform", sa.String(40), nullable=False),
        sa.Column("channel", sa.String(80), nullable=False),
        sa.Column("thread", sa.String(80), nullable=False),
        sa.Column("briefing", sa.String(40), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("person", sa.String(80)),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("changed_at", Moment, nullable=False),
    )
    op.create_index("ix_conclusion_briefing_state", "conclusion", ["briefing", "state"])
