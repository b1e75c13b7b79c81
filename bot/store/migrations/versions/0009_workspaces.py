"""Workspaces that let the bot in by themselves, and the tables of slack_sdk's own stores.

The latter are as slack_sdk defines them, with room for longer tokens:
https://github.com/slackapi/python-slack-sdk/blob/v3.47.0/slack_sdk/oauth/installation_store/sqlalchemy/__init__.py
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Moment

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the workspaces, and what lets the bot into those of Slack."""
    op.create_table(
        "workspace",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("platform", sa.String(40), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("changed_at", Moment, nullable=False),
        sa.Column("lease", sa.String(80)),
        sa.Column("leased_until", Moment),
    )
    op.create_index("ix_workspace_platform", "workspace", ["platform"])
    op.create_table("slack_bots", *_app(), *_bot(), *_end())
    op.create_index("slack_bots_idx", "slack_bots", [*KEY, "installed_at"])
    op.create_table("slack_installations", *_app(), *_enterprise(), *_bot(), *_user(), *_end())
    op.create_index("slack_installations_idx", "slack_installations", [*KEY, "user_id"])
    op.create_table(
        "slack_oauth_states",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("state", sa.String(200), nullable=False),
        sa.Column("expire_at", sa.DateTime, nullable=False),
    )


KEY = ("client_id", "enterprise_id", "team_id")


def _app() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("client_id", sa.String(32), nullable=False),
        sa.Column("app_id", sa.String(32), nullable=False),
        sa.Column("enterprise_id", sa.String(32)),
        sa.Column("enterprise_name", sa.String(200)),
        sa.Column("team_id", sa.String(32)),
        sa.Column("team_name", sa.String(200)),
    )


def _enterprise() -> tuple[sa.Column[object], ...]:
    return (sa.Column("enterprise_url", sa.String(200)),)


def _bot() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("bot_token", sa.Text),
        sa.Column("bot_id", sa.String(32)),
        sa.Column("bot_user_id", sa.String(32)),
        sa.Column("bot_scopes", sa.Text),
        sa.Column("bot_refresh_token", sa.Text),
        sa.Column("bot_token_expires_at", sa.DateTime),
    )


def _user() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("user_token", sa.Text),
        sa.Column("user_scopes", sa.Text),
        sa.Column("user_refresh_token", sa.Text),
        sa.Column("user_token_expires_at", sa.DateTime),
        sa.Column("incoming_webhook_url", sa.Text),
        sa.Column("incoming_webhook_channel", sa.Text),
        sa.Column("incoming_webhook_channel_id", sa.Text),
        sa.Column("incoming_webhook_configuration_url", sa.Text),
        sa.Column("token_type", sa.String(32)),
    )


def _end() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("is_enterprise_install", sa.Boolean, nullable=False),
        sa.Column("installed_at", sa.DateTime, nullable=False),
    )
