"""The language of a channel's posts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the language; posts were in English so far."""
    op.add_column(
        "subscription", sa.Column("language", sa.String(20), nullable=False, server_default="en")
    )
