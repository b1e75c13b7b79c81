"""What the one request URL of many workspaces answers."""

from __future__ import annotations

import json

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.errors import StoreError
from bot.platforms.slack.apps import Apps

TALK = {"team_id": "T1", "type": "event_callback", "event": {"type": "app_mention"}}
GONE = {"team_id": "T1", "type": "event_callback", "event": {"type": "app_uninstalled"}}


async def nowhere(_: str) -> bool:
    return False


async def nobody(_: str) -> None:
    pass


@pytest.mark.parametrize(("is_away", "status"), [(False, 200), (True, 503)])
async def test_the_news_of_an_end_is_asked_for_again_where_it_cannot_be_kept(
    *, is_away: bool, status: int
) -> None:
    told: list[str] = []

    async def gone(team: str) -> None:
        told.append(team)
        if is_away:
            raise StoreError("The database is away.")

    answer = await Apps(gone, nowhere).async_dispatch(AsyncBoltRequest(body=json.dumps(GONE)))
    assert (answer.status, told) == (status, ["T1"])


@pytest.mark.parametrize(
    ("known", "body", "status"),
    [
        (True, TALK, 503),
        (None, TALK, 503),
        (False, TALK, 200),
        (True, {"team_id": "T1", "command": "/briefing"}, 200),
        (True, {"team": {"id": "T1"}, "type": "block_actions"}, 200),
    ],
)
async def test_an_event_comes_again_where_its_workspace_is_only_moving_in(
    known: bool | None, body: dict[str, object], status: int
) -> None:
    async def has(team: str) -> bool:
        assert team == "T1"
        if known is None:
            raise StoreError("The database is away.")
        return known

    answer = await Apps(nobody, has).async_dispatch(AsyncBoltRequest(body=json.dumps(body)))
    assert answer.status == status
    assert ("moving in" in str(answer.body)) == ("command" in body)
