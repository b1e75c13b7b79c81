"""Conclusions belong to a workspace; discussions keep their address."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; nothing was concluded before."""
    op.add_column("discussion", sa.Column("link", sa.Text))
    op.add_column(
        "conclusion",
        sa.Column("workspace", sa.String(80), nullable=False, server_default=""),
    )
