"""Whether the database opens, and of which version its tables are; nothing is changed in it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from bot.errors import SettingError
from bot.findings import Finding, Level
from bot.store import migrations
from bot.store.address import is_shared, plain
from bot.store.database import exists

ABOUT = "database"


async def check(url: str) -> Finding:
    """How the database of DATABASE_URL stands."""
    try:
        return await asyncio.to_thread(_check, url)
    except SettingError as error:
        return Finding(ABOUT, Level.RED, str(error))


def _check(url: str) -> Finding:
    if not exists(url):
        return _absent(url)
    address = _address(url)
    try:
        found = _versions(address)
    except SQLAlchemyError as error:
        why = " ".join(str(getattr(error, "orig", None) or error).split())[:200]
        told = f"The database {address.database} cannot be read ({why}): check DATABASE_URL."
        return Finding(ABOUT, Level.RED, told)
    return judge(found, _known(), _newest())


def judge(found: Iterable[str], known: Iterable[str], newest: Iterable[str]) -> Finding:
    """How tables of the versions `found` stand in a bot that knows these and needs the newest."""
    here, ours = set(found), ", ".join(sorted(newest))
    if here == set(newest):
        return Finding(ABOUT, Level.OK, f"It opens, and its tables are those of this bot ({ours}).")
    named = ", ".join(sorted(here)) or "no version"
    if here - set(known):
        told = f"Its tables ({named}) are of a newer Briefing Bot: update this one ({ours})."
        return Finding(ABOUT, Level.RED, told)
    told = f"Its tables ({named}) are older: the next start brings them to {ours}; copy it before."
    return Finding(ABOUT, Level.WARN, told)


def _absent(url: str) -> Finding:
    if is_shared(url):
        return Finding(ABOUT, Level.OK, "It opens and is empty: the first start makes the tables.")
    file = Path(make_url(url).database or "")
    if not os.access(file.parent, os.W_OK):
        told = f"{file.parent} is no folder that the bot may write to: change DATABASE_URL."
        return Finding(ABOUT, Level.RED, told)
    return Finding(ABOUT, Level.OK, f"{file} is not there yet: the first start makes it.")


def _address(url: str) -> URL:
    if is_shared(url):
        return make_url(plain(url)).set(drivername="postgresql+psycopg")
    return make_url(url)


def _versions(address: URL) -> tuple[str, ...]:
    engine = create_engine(address, poolclass=NullPool)
    with engine.connect() as connection:
        return tuple(MigrationContext.configure(connection).get_current_heads())


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(Path(migrations.__file__).parent))


def _newest() -> tuple[str, ...]:
    return tuple(_scripts().get_heads())


def _known() -> tuple[str, ...]:
    return tuple(script.revision for script in _scripts().walk_revisions())
