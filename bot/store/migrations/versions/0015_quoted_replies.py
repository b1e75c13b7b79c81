"""Which replies a recap quotes, so that it can be mended when one of them is taken back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add one row a quoted reply; there were no recaps before."""
    op.create_table(
        "quoted_reply",
        sa.Column("subscription", sa.String(200), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("message", sa.String(80), primary_key=True),
        sa.Column("platform", sa.String(40), nullable=False),
        sa.Column("channel", sa.String(80), nullable=False),
        sa.Column("worded", sa.Boolean, nullable=False),
    )
