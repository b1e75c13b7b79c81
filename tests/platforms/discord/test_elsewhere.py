"""In a server that does not have the bot, where somebody uses it who brought it along."""

from __future__ import annotations

import pytest

from bot.platforms.events import Asked, Place, Pressed
from bot.sandbox.discord.setup import Setup
from bot.sandbox.side import Pressing
from briefings.intents import OpenSection
from briefings.message import Action, Actions, Audience, Message, Reply
from briefings.model import BriefingId
from tests.platforms.discord.conftest import Desk, Opens, Stage, until
from tests.platforms.discord.test_answering import alice
from tests.platforms.samples import SAMPLES


async def elsewhere(open_stage: Opens, reply: Reply | None = None, wait: float = 0.0) -> Stage:
    """A bot that is in no server."""
    desk = Desk(reply, wait) if reply else Desk()
    stage = await open_stage(Setup(limited=False), desk)
    stage.side.leave_guild()
    return stage


def place(stage: Stage) -> Place:
    return Place("discord", stage.side.world.guild.id, stage.channel)


async def test_a_command_is_answered_to_the_asker_alone(open_stage: Opens) -> None:
    stage = await elsewhere(open_stage)
    told = await stage.side.command(stage.channel, "alice", "/briefing chery")
    assert told["ok"]
    assert stage.desk.events == [Asked("chery", place(stage), alice(stage))]
    assert [each["only_for"] for each in stage.messages()] == [alice(stage)]


async def test_a_button_and_the_menu_of_a_message_answer_too(open_stage: Opens) -> None:
    intent = OpenSection(BriefingId("chery"), 1)
    reply = Reply(Message("T", (Actions((Action("Open", intent),)),)))
    stage = await elsewhere(open_stage, reply)
    await stage.side.command(stage.channel, "alice", "/briefing")
    message = str(stage.messages()[0]["id"])
    await stage.side.press(Pressing(stage.channel, message, "b1:section:1:chery", "alice"))
    said = str((await stage.side.say(stage.channel, "bob", "What of Chery?"))["message"])
    await stage.side.apply(stage.channel, "alice", said, "Find a briefing about this")
    pressed, looked_up = stage.desk.events[1:]
    assert pressed == Pressed(intent, place(stage), alice(stage))
    assert isinstance(looked_up, Asked)
    assert looked_up.text == "What of Chery?"


async def test_what_is_about_a_channels_posts_is_not_offered(open_stage: Opens) -> None:
    stage = await elsewhere(open_stage)
    told = await stage.side.command(stage.channel, "alice", "/briefings list")
    assert not told["ok"]
    assert not stage.desk.events


@pytest.mark.parametrize(("audience", "wait"), [(Audience.ASKER, 0), (Audience.CHANNEL, 1.2)])
async def test_a_very_long_answer_says_where_it_ends(
    open_stage: Opens, audience: Audience, wait: float
) -> None:
    stage = await elsewhere(open_stage, Reply(SAMPLES["long"], audience), wait)
    await stage.side.command(stage.channel, "alice", "/briefing")
    await until(lambda: "There is more" in str(stage.bodies()))
    assert len(stage.messages()) == 5


async def test_nothing_that_is_said_there_is_heard(open_stage: Opens) -> None:
    stage = await elsewhere(open_stage)
    await stage.side.say(stage.channel, "alice", "@briefing chery")
    await stage.side.command(stage.channel, "alice", "/briefing tea")
    assert [each.text for each in stage.desk.events if isinstance(each, Asked)] == ["tea"]
