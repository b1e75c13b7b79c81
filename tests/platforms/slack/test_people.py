"""Who may change a channel's posts, whatever Slack tells, and how long it takes for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.platforms.events import Place
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.modal import place_of
from bot.platforms.slack.people import person
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.slack.side import SlackSide

ALICE = "U0ALICE001"
GENERAL = Place("slack", "T0SANDBOX1", "C0GENERAL1")


@pytest.fixture
async def calls(side: SlackSide) -> AsyncIterator[Calls]:
    calls = Calls(side.workspace.app.bot_token, side.settings()["SLACK_API_URL"], 30.0)
    yield calls
    await calls.close()


async def test_whoever_slack_tells_about_may_what_slack_says(calls: Calls) -> None:
    told = await person(calls, GENERAL, ALICE)
    assert told.may_manage
    assert told.zone == "Etc/UTC"


@pytest.mark.parametrize("on", ["users.info", "conversations.info"])
async def test_a_slack_that_hangs_keeps_nobody_waiting(
    side: SlackSide, calls: Calls, on: str
) -> None:
    side.faults.plan(Fault(on, Kind.HANG))
    clock = asyncio.get_running_loop().time
    begun = clock()
    told = await person(calls, GENERAL, ALICE, within=0.05)
    assert told.id == ALICE
    assert clock() - begun < 5.0


@pytest.mark.parametrize("kept", [None, "", "{", "null", "[1, 2, 3]", '["T1"]'])
def test_a_form_that_was_never_ours_was_opened_nowhere(kept: str | None) -> None:
    assert place_of({"private_metadata": kept}) == Place("slack", "", "")
