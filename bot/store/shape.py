"""The database's shape: the steps that lead to it, and whether it is the one that we know."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.errors import SettingError

STEPS = Path(__file__).parent / "migrations"

UPGRADING = 7_263_001
"""The advisory lock that one process at a time holds while it changes the tables' shape."""

NEWER = (
    "The database is of a newer version of the bot: this one sends nothing more. Start the newer"
    " version in its place."
)
EARLIER = (
    "The database is of another version of the bot: start `briefing-bot run` once, which"
    " brings it up to date."
)


def known(steps: Path = STEPS) -> frozenset[str]:
    """The shapes that this code has a step to, by their names."""
    return frozenset(step.revision for step in ScriptDirectory(str(steps)).walk_revisions())


def revision(connection: Connection) -> str | None:
    """The shape that the database has."""
    return MigrationContext.configure(connection).get_current_revision()


def refuse_other(connection: Connection) -> None:
    """Raise SettingError where the database is not of the newest shape."""
    if revision(connection) != ScriptDirectory(str(STEPS)).get_current_head():
        raise SettingError(EARLIER)


def upgrade(connection: Connection, steps: Path = STEPS) -> None:
    """Bring the database to the newest shape; raises SettingError where it is beyond that."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({UPGRADING})")
    if revision(connection) not in {None, *known(steps)}:
        raise SettingError(NEWER)
    config = Config()
    config.set_main_option("script_location", str(steps))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
