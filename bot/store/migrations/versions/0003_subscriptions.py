"""Subscriptions with all that they say, pinned briefings, and who changed what."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen the subscriptions and editions; add pins and the audit trail."""
    with op.batch_alter_table("subscription") as subscription:
        for column in _columns():
            subscription.add_column(column)
    for names in (["platform", "channel"], ["platform", "next_due_at"]):
        op.create_index(f"ix_subscription_{'_'.join(names)}", "subscription", names)
    op.add_column(
        "edition", sa.Column("threaded", sa.Boolean, nullable=False, server_default=sa.true())
    )
    op.add_column("edition", sa.Column("late_reason", sa.Text))
    op.add_column("edition", sa.Column("printed", sa.String(64)))
    op.create_table(
        "printed",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("digests", sa.JSON, nullable=False),
    )
    _create_pin()
    _create_audit()


def _columns() -> list[sa.Column[Any]]:
    """Rows of the first shape were all declared in the settings, which fill them in at start."""
    return [
        _filled("platform", sa.String(40), ""),
        _filled("channel", sa.String(80), ""),
        _filled("declared", sa.Boolean(), sa.true()),
        _filled("at", sa.Time(), "09:00:00.000000"),
        _filled("zone", sa.String(80), "UTC"),
        _filled("weekdays", sa.String(7), "0123456"),
        sa.Column("region", sa.String(20)),
        _filled("breaks", sa.Text(), "[]"),
        _filled("shift", sa.String(10), "skip"),
        _filled("topics", sa.Text(), "[]"),
        _filled("without", sa.Text(), "[]"),
        _filled("rest_days", sa.Integer(), "90"),
        _filled("repeats", sa.Boolean(), sa.true()),
        _filled("layout", sa.String(10), "thread"),
        _filled("late", sa.String(10), "send"),
        _filled("late_minutes", sa.Integer(), "720"),
        sa.Column("paused_until", sa.DateTime(timezone=True)),
        sa.Column("cursor", sa.DateTime(timezone=True)),
        sa.Column("next_due_at", sa.DateTime(timezone=True)),
        _filled("troubled", sa.Boolean(), sa.false()),
    ]


def _filled(name: str, kind: sa.types.TypeEngine[Any], value: object) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, server_default=value)  # type: ignore[arg-type]


def _create_pin() -> None:
    op.create_table(
        "pin",
        sa.Column("platform", sa.String(40), primary_key=True),
        sa.Column("channel", sa.String(80), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("briefing", sa.String(40), nullable=False),
    )


def _create_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("platform", sa.String(40), nullable=False),
        sa.Column("channel", sa.String(80), nullable=False),
        sa.Column("person", sa.String(80), nullable=False),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
    )
    op.create_index("ix_audit_platform_channel_id", "audit", ["platform", "channel", "id"])
