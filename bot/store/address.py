"""What DATABASE_URL says: SQLite or PostgreSQL, and where."""

from __future__ import annotations

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import SettingError

POSTGRESQL = ("postgresql", "postgres", "postgresql+psycopg")


def read_address(url: str) -> URL:
    """The address in its parts; raises SettingError where the bot cannot keep its data there."""
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise SettingError(
            "DATABASE_URL is not the address of a database: write sqlite:///briefing-bot.db."
        ) from error
    if address.drivername in POSTGRESQL:
        return address.set(drivername="postgresql+psycopg")
    if address.drivername != "sqlite":
        raise SettingError(
            f"DATABASE_URL names {address.drivername}, and the bot keeps its data in SQLite or"
            " PostgreSQL: write sqlite:///briefing-bot.db or postgresql://user@host/name."
        )
    if address.database in {None, "", ":memory:"}:
        raise SettingError(
            "DATABASE_URL names no file, and what the bot sent would be forgotten with the"
            " process: write sqlite:///briefing-bot.db."
        )
    return address


def is_shared(url: str) -> bool:
    """Whether processes on several machines may work on this database."""
    return read_address(url).drivername != "sqlite"


def plain(url: str) -> str:
    """The address as PostgreSQL's own library takes it."""
    return read_address(url).set(drivername="postgresql").render_as_string(hide_password=False)
