"""Which events were heard before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Moment

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the events."""
    op.create_table(
        "heard",
        sa.Column("platform", sa.String(40), primary_key=True),
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("at", Moment, nullable=False),
    )
    op.create_index("ix_heard_at", "heard", ["at"])
