"""The bot's page: links that let people in, who is in, and what web addresses answered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Moment

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the links, the visits and the probes."""
    for name in ("entry_link", "visit"):
        op.create_table(
            name,
            sa.Column("digest", sa.String(64), primary_key=True),
            sa.Column("person", sa.String(80), nullable=False),
            sa.Column("places", sa.JSON),
            sa.Column("expires_at", Moment, nullable=False),
        )
        op.create_index(f"ix_{name}_expires_at", name, ["expires_at"])
    op.create_table(
        "probe",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("problem", sa.Text),
    )
    op.create_index("ix_probe_at", "probe", ["at"])
