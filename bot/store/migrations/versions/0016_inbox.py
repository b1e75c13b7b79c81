"""Which events were taken in and are not done yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.columns import Moment

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the inbox."""
    op.create_table(
        "inbox",
        sa.Column("platform", sa.String(40), primary_key=True),
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("at", Moment, nullable=False),
        sa.Column("event", sa.JSON, nullable=False),
        sa.Column("worker", sa.String(80), nullable=False),
        sa.Column("leased_until", Moment, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
    )
    op.create_index("ix_inbox_at", "inbox", ["at"])
