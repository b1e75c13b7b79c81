"""Outside of servers: direct messages with the bot, and people who brought it along themselves."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.platforms.events import Asked, Place, Pressed
from bot.sandbox.discord.guild import Channel
from bot.sandbox.discord.side import DiscordSide
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.side import Pressing
from briefings.intents import OpenSection
from briefings.message import Action, Actions, Audience, Message, Reply
from briefings.model import BriefingId
from tests.platforms.discord.conftest import Desk, Opens, Stage, for_channel, until
from tests.platforms.discord.test_answering import alice
from tests.platforms.samples import SAMPLES

PLACES = {"with the bot": DiscordSide.direct, "among people": DiscordSide.group}
anywhere = pytest.mark.parametrize("where", PLACES)


def private(stage: Stage, where: str = "with the bot") -> Channel:
    return PLACES[where](stage.side, "alice")


def said(channel: Channel) -> list[Any]:
    return [each.body for each in channel.messages.values() if each.author.bot]


async def test_every_word_to_the_bot_alone_is_a_question(stage: Stage) -> None:
    channel = private(stage)
    for text in ("chery sumit", "@briefing chery"):
        await stage.side.say(channel.id, "alice", text)
    await until(lambda: len(said(channel)) == 2)
    place = Place("discord", "", channel.id)
    assert stage.desk.events == [
        Asked("chery sumit", place, alice(stage)),
        Asked("chery", place, alice(stage)),
    ]
    assert "From the desk." in str(said(channel)[0])
    assert not any(each["flags"] & 64 for each in said(channel))


async def test_what_has_no_words_is_no_question(stage: Stage) -> None:
    channel = private(stage)
    await stage.side.say(channel.id, "alice", " ")
    await stage.side.say(channel.id, "alice", "chery")
    await until(lambda: said(channel))
    assert [each.text for each in stage.desk.events if isinstance(each, Asked)] == ["chery"]


async def test_a_message_that_is_heard_twice_is_answered_once(stage: Stage) -> None:
    channel = private(stage)
    stage.side.faults.plan(Fault("MESSAGE_CREATE", Kind.TWICE))
    await stage.side.say(channel.id, "alice", "chery")
    await until(lambda: len(stage.calls(f"{channel.id}/messages")) == 2)
    await asyncio.sleep(0.05)
    assert len(said(channel)) == 1


@anywhere
async def test_a_command_is_answered_where_there_is_no_server(stage: Stage, where: str) -> None:
    channel = private(stage, where)
    told = await stage.side.command(channel.id, "alice", "/briefing chery")
    assert told["ok"]
    place = Place("discord", "", channel.id)
    assert stage.desk.events == [Asked("chery", place, alice(stage))]
    assert [each.only_for for each in channel.messages.values()] == [alice(stage)]


@anywhere
async def test_a_slow_answer_for_all_arrives_where_there_is_no_server(
    open_stage: Opens, where: str
) -> None:
    stage = await open_stage(desk=Desk(for_channel(), 1.2))
    channel = private(stage, where)
    await stage.side.command(channel.id, "alice", "/briefing chery")
    await until(lambda: [each.only_for for each in channel.messages.values()] == [None])


@anywhere
async def test_a_button_answers_where_there_is_no_server(open_stage: Opens, where: str) -> None:
    intent = OpenSection(BriefingId("chery"), 1)
    stage = await open_stage(desk=Desk(Reply(Message("T", (Actions((Action("Open", intent),)),)))))
    channel = private(stage, where)
    await stage.side.command(channel.id, "alice", "/briefing")
    (message,) = channel.messages
    await stage.side.press(Pressing(channel.id, message, "b1:section:1:chery", "alice"))
    assert stage.desk.events[1] == Pressed(intent, Place("discord", "", channel.id), alice(stage))


@anywhere
async def test_the_menu_of_a_message_is_there_where_there_is_no_server(
    stage: Stage, where: str
) -> None:
    channel = private(stage, where)
    message = str((await stage.side.say(channel.id, "alice", "What of Chery?"))["message"])
    await stage.side.apply(channel.id, "alice", message, "Find a briefing about this")
    texts = [each.text for each in stage.desk.events if isinstance(each, Asked)]
    assert texts[-1] == "What of Chery?"


@anywhere
async def test_what_is_about_a_channels_posts_is_not_offered_there(
    stage: Stage, where: str
) -> None:
    told = await stage.side.command(private(stage, where).id, "alice", "/briefings list")
    assert not told["ok"]
    assert stage.desk.events == []


async def test_talk_of_people_who_brought_the_bot_along_is_not_heard(stage: Stage) -> None:
    await stage.side.say(private(stage, "among people").id, "alice", "@briefing chery")
    await stage.side.say(private(stage).id, "alice", "tea")
    await until(lambda: stage.desk.events)
    assert [each.text for each in stage.desk.events if isinstance(each, Asked)] == ["tea"]


@pytest.mark.parametrize(("audience", "wait"), [(Audience.ASKER, 0), (Audience.CHANNEL, 1.2)])
async def test_a_very_long_answer_says_where_it_ends_when_no_more_may_follow(
    open_stage: Opens, audience: Audience, wait: float
) -> None:
    """People who brought the bot along get five messages after the first, and no more."""
    stage = await open_stage(desk=Desk(Reply(SAMPLES["long"], audience), wait))
    assert len(stage.platform.draw(SAMPLES["long"])) > 6
    channel = private(stage, "among people")
    await stage.side.command(channel.id, "alice", "/briefing")
    await until(lambda: "There is more" in str(said(channel)))
    assert len(channel.messages) == 5
    channel.messages.clear()
    await stage.side.command(private(stage).id, "alice", "/briefing")
    await until(lambda: len(said(private(stage))) > 6)
