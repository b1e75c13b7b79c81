"""How the database stands: absent, of today, older, newer, or no database at all."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.findings import Level
from bot.store.checkup import check, judge
from bot.store.database import open_database
from tests.bot.conftest import on

KINDS = ["sqlite", "postgresql"]


@pytest.mark.parametrize("kind", KINDS)
async def test_a_database_that_the_bot_made_is_well(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    url = on(kind, request, tmp_path)
    empty = await check(url)
    assert empty.level is Level.OK
    assert "first start" in empty.told
    async with open_database(url):
        pass
    found = await check(url)
    assert found.level is Level.OK
    assert "those of this bot" in found.told


def test_the_check_makes_no_database(tmp_path: Path) -> None:
    asyncio.run(check(f"sqlite:///{tmp_path / 'bot.db'}"))
    assert list(tmp_path.iterdir()) == []


async def test_a_folder_that_is_not_there_is_red(tmp_path: Path) -> None:
    found = await check(f"sqlite:///{tmp_path / 'nowhere' / 'bot.db'}")
    assert found.level is Level.RED
    assert "DATABASE_URL" in found.told


async def test_a_file_that_is_no_database_is_red(tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_text("Once upon a time there was a file. " * 99)
    found = await check(f"sqlite:///{tmp_path / 'bot.db'}")
    assert found.level is Level.RED
    assert "DATABASE_URL" in found.told


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "mysql://localhost/briefings",
        "postgresql://bot:very-secret@127.0.0.1:1/briefings",
    ],
)
async def test_an_address_that_leads_nowhere_is_red_and_keeps_its_password(url: str) -> None:
    found = await check(url)
    assert found.level is Level.RED
    assert "DATABASE_URL" in found.told
    assert "very-secret" not in found.told


@pytest.mark.parametrize(
    ("found", "level", "word"),
    [
        (["0002"], Level.OK, "0002"),
        (["0001"], Level.WARN, "copy it before"),
        ([], Level.WARN, "no version"),
        (["0003"], Level.RED, "update this one"),
    ],
)
def test_tables_are_judged_by_their_version(found: list[str], level: Level, word: str) -> None:
    finding = judge(found, ["0001", "0002"], ["0002"])
    assert finding.level is level
    assert word in finding.told
