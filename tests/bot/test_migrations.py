"""The database's shape: the steps lead from the first release to what the code expects."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import make_url

from bot.store.database import open_database
from bot.store.shape import known
from bot.store.tables import metadata
from tests.bot.conftest import on

ROOT = Path(__file__).parents[2]
STEPS = ROOT / "bot" / "store" / "migrations"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return on(request.param, request, tmp_path)


def upgrade(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(STEPS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


async def test_the_steps_lead_to_what_the_code_expects(database_url: str) -> None:
    async with open_database(database_url) as engine, engine.connect() as connection:
        differences = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync), metadata)
        )
    assert [each for each in differences if each[0] in {"add_table", "add_column"}] == []


async def test_what_the_first_release_wrote_is_still_there(database_url: str) -> None:
    url = make_url(database_url)
    if url.drivername != "sqlite":
        url = url.set(drivername="postgresql+psycopg")
    engine = create_engine(url)
    with engine.begin() as connection:
        upgrade(connection, "0001")
        connection.execute(
            text(
                "INSERT INTO edition (subscription, day, platform, channel, due_at, state,"
                " changed_at) VALUES ('slack/C1', '2026-11-20', 'slack', 'C1',"
                " '2026-11-20 09:00:00', 'planned', '2026-11-20 09:00:00')"
            )
        )
        connection.execute(text("INSERT INTO payload (digest, body) VALUES ('d', '{\"a\": 1}')"))
        connection.execute(
            text(
                "INSERT INTO message (subscription, day, number, marker, digest, state,"
                " changed_at) VALUES ('slack/C1', '2026-11-20', 0, 'm', 'd', 'sending',"
                " '2026-11-20 09:00:00')"
            )
        )
    engine.dispose()
    async with open_database(database_url) as database, database.connect() as connection:
        found = (await connection.execute(text("SELECT tries, looks FROM message"))).all()
    assert [tuple(row) for row in found] == [(0, 0)]


def test_the_steps_are_known_by_their_files() -> None:
    assert known() == {step.revision for step in ScriptDirectory(str(STEPS)).walk_revisions()}
    assert max(known()) == ScriptDirectory(str(STEPS)).get_current_head()


OPENS = """
import asyncio, sys
from bot.store.database import open_database

async def main(url):
    async with open_database(url):
        pass

asyncio.run(main(sys.argv[1]))
print(*sorted({"alembic", "psycopg"} & set(sys.modules)))
"""


def test_a_later_start_on_a_file_loads_no_tool_that_it_does_not_need(tmp_path: Path) -> None:
    words = (sys.executable, "-c", OPENS, f"sqlite:///{tmp_path / 'bot.db'}")
    told = [
        subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
        for _ in range(2)
    ]
    assert told == [["alembic"], []]
