"""A backup brought back: what went out since is not posted again, and what did not is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.backup import back_up
from bot.store.restoring import restore
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
