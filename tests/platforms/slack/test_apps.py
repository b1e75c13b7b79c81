"""What the one request URL of many workspaces answers."""

from __future__ import annotations

import json

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.errors import StoreError
from bot.platforms.slack.apps import Apps

GONE = {"team_id": "T1", "type": "event_callback", "event": {"type": "app_uninstalled"}}


@pytest.mark.parametrize(("is_away", "status"), [(False, 200), (True, 503)])
async def test_the_news_of_an_end_is_asked_for_again_where_it_cannot_be_kept(
    *, is_away: bool, status: int
) -> None:
    told: list[str] = []

    async def gone(team: str) -> None:
        told.append(team)
        if is_away:
            raise StoreError("The database is away.")

    answer = await Apps(gone).async_dispatch(AsyncBoltRequest(body=json.dumps(GONE)))
    assert (answer.status, told) == (status, ["T1"])
