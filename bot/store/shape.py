"""The database's shape: the steps that lead to it, and whether it is the one that we know."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect

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
    """The shapes that this code has a step to; a step's file begins with its number."""
    return frozenset(each.name.split("_")[0] for each in (steps / "versions").glob("[0-9]*_*.py"))


def revision(connection: Connection) -> str | None:
    """The shape that the database has."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if found is None else str(found)


def refuse_other(connection: Connection) -> None:
    """Raise SettingError where the database is not of the newest shape."""
    if revision(connection) != max(known()):
        raise SettingError(EARLIER)


def upgrade(connection: Connection, steps: Path = STEPS) -> None:
    """Bring the database to the newest shape; raises SettingError where it is beyond that."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({UPGRADING})")
    found, ours = revision(connection), known(steps)
    if found not in {None, *ours}:
        raise SettingError(NEWER)
    if found != max(ours):
        _go_up(connection, steps)


def _go_up(connection: Connection, steps: Path) -> None:
    # Alembic takes 11 MB, of every start of every process: not where there is nothing to do.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(steps))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
