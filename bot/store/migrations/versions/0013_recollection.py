"""How far the reading of missed discussions has got."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Moment

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add one row a platform."""
    op.create_table(
        "recollection",
        sa.Column("platform", sa.String(40), primary_key=True),
        sa.Column("began_at", Moment, nullable=False),
        sa.Column("threads", sa.Integer, nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("ended_at", Moment),
    )
