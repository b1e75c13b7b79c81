"""Which workspaces the bot is in, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.store.database import open_database
from bot.store.workspaces import Workspaces
from tests.bot.conftest import on
from tests.fakes import MovedClock


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_the_bot_is_where_it_was_let_in_and_not_put_out_since(
    request: pytest.FixtureRequest, tmp_path: Path, clock: MovedClock, kind: str
) -> None:
    async with open_database(on(kind, request, tmp_path)) as engine:
        workspaces = Workspaces(engine, clock, "one")
        assert not await workspaces.has("slack:T1")
        await workspaces.enter("slack:T1", "Town")
        assert await workspaces.has("slack:T1")
        assert not await workspaces.has("slack:T2")
        await workspaces.leave("slack:T1", "the bot was removed")
        assert not await workspaces.has("slack:T1")
        await workspaces.enter("slack:T1", "Town")
        assert await workspaces.has("slack:T1")
