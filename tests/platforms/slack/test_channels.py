"""Channels by what people call them, page by page, and beginning a briefing from anywhere."""

from __future__ import annotations

import pytest

from bot.errors import PostError
from bot.platforms.events import Channel, Place, Pressed
from bot.platforms.slack.channels import PAGE
from bot.platforms.slack.client import SlackPlatform
from bot.platforms.slack.inbound import beginning
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.server import Sandbox
from bot.sandbox.slack.side import SlackSide
from briefings.intents import OpenForm
from tests.platforms.slack.served import online


@pytest.mark.parametrize("said", ["general", "C0GENERAL1"])
async def test_a_channel_is_known_by_its_name_and_its_id(slack: SlackPlatform, said: str) -> None:
    assert await slack.named(said, "T1") == Channel("C0GENERAL1", "general")


@pytest.mark.parametrize("said", ["nowhere", "", "#general", "<!channel>"])
async def test_what_names_no_channel_is_nothing(slack: SlackPlatform, said: str) -> None:
    assert await slack.named(said, "T1") is None


async def test_a_channel_that_the_bot_is_not_in_is_nothing(
    side: SlackSide, slack: SlackPlatform
) -> None:
    side.places.remove_bot(side.workspace.channel("general"))
    assert await slack.named("general", "T1") is None


async def test_a_slack_that_does_not_answer_is_an_error(
    side: SlackSide, slack: SlackPlatform
) -> None:
    side.faults.plan(Fault("users.conversations", Kind("500"), times=9))
    with pytest.raises(PostError):
        await slack.named("general", "T1")


def test_a_shortcut_from_anywhere_opens_the_form_of_a_new_briefing() -> None:
    body = {"team": {"id": "T1"}, "user": {"id": "U1"}, "trigger_id": "1.2"}
    heard = beginning(body)
    assert heard.event == Pressed(OpenForm("write"), Place("slack", "T1", ""), "U1")
    assert (heard.delivery, heard.response_url) == ("1.2", None)


async def test_a_channel_on_a_later_page_is_found() -> None:
    many = [(f"C0NUMBER{number}", f"number-{number}", "") for number in range(2 * PAGE + 1)]
    side = SlackSide(channels=many, limits=False)
    sandbox = Sandbox([side])
    await sandbox.start()
    async with online(side) as slack:
        last = many[-1]
        assert await slack.named(last[1], "T1") == Channel(last[0], last[1])
        assert await slack.named("nowhere", "T1") is None
    await sandbox.close()
