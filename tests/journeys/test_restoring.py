"""A backup brought back: what went out since is not posted again, and what did not is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.store.backup import back_up
from bot.store.database import open_database
from bot.store.restoring import look_first, restore
from tests.journeys.conftest import PLATFORMS, Town, words
from tests.journeys.test_daily_post import SENT, posted

PLANNED = """
    UPDATE edition SET state = 'planned', owner = NULL, thread = NULL;
    UPDATE message SET state = 'planned', platform_id = NULL, first_tried_at = NULL, tries = 0;
"""


@pytest.mark.parametrize("since", ["nothing was planned", "it was planned", "it went out"])
async def test_whenever_the_backup_was_made_a_post_stands_once(
    town: Town, tmp_path: Path, since: str
) -> None:
    url, file = town.configuration.own.database_url, tmp_path / "copy.db"
    async with town.bot() as bot:
        back_up(url, file)
        assert await posted(town, bot) == SENT
        if since != "nothing was planned":
            back_up(url, file, replace=True)
    if since == "it was planned":
        with closing(sqlite3.connect(file)) as copy:
            copy.executescript(PLANNED)
    await restore(url, file, town.clock.now())
    async with town.bot() as bot:
        assert await posted(town, bot) == SENT
    for platform in PLATFORMS:
        (card,) = await town.messages(platform)
        told = [words(part["body"]) for part in card["thread"]["messages"]]
        assert len(told) == len(set(told)) >= 3


async def test_a_postgresql_brought_back_posts_nothing_twice(town: Town, postgres_url: str) -> None:
    """The dump was made when the post was planned, and used after it went out."""
    own = town.configuration.own.model_copy(update={"database_url": postgres_url})
    configuration = replace(town.configuration, own=own)
    async with town.bot(configuration) as bot:
        assert await posted(town, bot) == SENT
    async with open_database(postgres_url) as engine, engine.begin() as connection:
        for line in filter(str.strip, PLANNED.split(";")):
            await connection.exec_driver_sql(line)
    await look_first(postgres_url, town.clock.now())
    async with town.bot(configuration) as bot:
        assert await posted(town, bot) == SENT
    for platform in PLATFORMS:
        assert len(await town.messages(platform)) == 1
