"""How what people say is worded, so that a recap is mended when somebody edits what it quotes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the digests; what was said before gets its own when it is told once more."""
    op.add_column("contribution", sa.Column("wording", sa.String(16)))
    op.add_column("quoted_reply", sa.Column("wording", sa.String(16)))
