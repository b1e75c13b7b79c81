"""Who has an edition in hand, how a message came to its state, and the workers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen the editions and messages; add transitions, workers and lanes."""
    _widen()
    _create_transition()
    _create_workers()


def _widen() -> None:
    op.add_column("edition", sa.Column("owner", sa.String(80)))
    op.add_column("edition", sa.Column("next_try_at", sa.DateTime(timezone=True)))
    op.add_column("edition", sa.Column("expires_at", sa.DateTime(timezone=True)))
    op.create_index("ix_edition_lane", "edition", ["platform", "state", "due_at"])
    op.create_index("ix_edition_line", "edition", ["platform", "channel", "state", "due_at"])
    for name in ("tries", "looks"):
        count = sa.Column(name, sa.Integer, nullable=False, server_default=sa.text("0"))
        op.add_column("message", count)


def _create_transition() -> None:
    op.create_table(
        "transition",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("subscription", sa.String(200), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("number", sa.Integer),
        sa.Column("before", sa.String(20), nullable=False),
        sa.Column("after", sa.String(20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("worker", sa.String(80), nullable=False),
    )
    op.create_index("ix_transition_subscription_day", "transition", ["subscription", "day"])


def _create_workers() -> None:
    op.create_table(
        "worker",
        sa.Column("id", sa.String(80), primary_key=True),
        sa.Column("beat", sa.BigInteger, nullable=False),
        sa.Column("machine", sa.String(120), nullable=False),
        sa.Column("pid", sa.Integer, nullable=False),
        sa.Column("roles", sa.String(80), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "lane",
        sa.Column("name", sa.String(80), primary_key=True),
        sa.Column("owner", sa.String(80)),
    )
