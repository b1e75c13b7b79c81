"""Up to where the copies of briefings are corrected."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the corrections."""
    op.create_table(
        "correction",
        sa.Column("platform", sa.String(40), primary_key=True),
        sa.Column("revision", sa.BigInteger, nullable=False),
    )
