"""What people do in Slack is answered: at once, in private, in order, where they asked."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot.platforms.events import Asked, Pressed
from bot.platforms.slack.manifest import SHORTCUT
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.side import Pressing
from bot.sandbox.slack.side import SlackSide
from briefings.intents import Discuss, OpenSection
from briefings.message import Audience, Message, Reply
from tests.platforms.samples import CHERY, SAMPLES, paragraph
from tests.platforms.slack.served import (
    CARD,
    DAILY,
    Parrot,
    messages,
    online,
    until,
    words,
)


@pytest.fixture
def side(reached: SlackSide) -> SlackSide:
    """Everything here holds by sockets and by signed HTTP."""
    return reached


async def test_a_command_is_answered_privately(side: SlackSide) -> None:
    desk = Parrot()
    async with online(side, desk):
        await side.command("daily-briefing", "alice", "/briefing chery  sumit")
        await until(lambda: messages(side))
        (message,) = messages(side)
        assert message["only_for"] == "U0ALICE001"
        assert "chery sumit" in words(message)
        (heard,) = desk.heard
        assert isinstance(heard, Asked)
        assert (heard.person, heard.place.channel) == ("U0ALICE001", DAILY.channel)
    assert side.slack.complaints == []


async def test_a_long_answer_comes_in_order(side: SlackSide) -> None:
    desk = Parrot(Reply(SAMPLES["long"]))
    async with online(side, desk):
        await side.command("daily-briefing", "alice", "/briefing")
        await until(lambda: len(messages(side)) == 3)
        texts = [words(message) for message in messages(side)]
        assert ["Paragraph 0." in texts[0], "Paragraph 59." in texts[2]] == [True, True]


async def test_an_answer_longer_than_a_response_url_takes_goes_on_elsewhere(
    side: SlackSide,
) -> None:
    parts = tuple(paragraph(f"{number}. " + "words " * 1_500) for number in range(7))
    desk = Parrot(Reply(Message("Long", parts)))
    async with online(side, desk):
        await side.command("daily-briefing", "alice", "/briefing")
        await until(lambda: len(messages(side)) == 7)
        assert {message["only_for"] for message in messages(side)} == {"U0ALICE001"}


async def test_a_slow_desk_is_acknowledged_in_time(side: SlackSide) -> None:
    desk = Parrot()
    desk.busy.clear()
    async with online(side, desk):
        await side.command("daily-briefing", "alice", "/briefing slow")
        desk.busy.set()
        await until(lambda: any("slow" in words(message) for message in messages(side)))
        assert not any("failed" in words(message) for message in messages(side))


async def test_a_mention_is_answered_where_it_was_made(side: SlackSide) -> None:
    desk = Parrot()
    async with online(side, desk) as slack:
        card = await slack.post(DAILY, CARD, "m")
        await side.say("daily-briefing", "alice", "@briefing chery & co", card)
        await until(lambda: desk.heard and len(messages(side)[0]["thread"]["messages"]) == 2)
        (heard,) = desk.heard
        assert isinstance(heard, Asked)
        assert (heard.text, heard.place.thread) == ("chery & co", card)
        answer = messages(side)[0]["thread"]["messages"][1]
        assert answer["only_for"] == "U0ALICE001"


async def test_a_reply_to_the_channel_is_for_all(side: SlackSide) -> None:
    desk = Parrot(Reply(SAMPLES["part"], Audience.CHANNEL))
    async with online(side, desk):
        await side.say("daily-briefing", "alice", "@briefing today")
        await until(lambda: len(messages(side)) == 2)
        await side.command("daily-briefing", "alice", "/briefing today")
        await until(lambda: len(messages(side)) == 3)
        assert {message["only_for"] for message in messages(side)} == {None}


async def test_a_button_brings_a_message_of_its_own(side: SlackSide) -> None:
    desk = Parrot()
    async with online(side, desk) as slack:
        card = await slack.post(DAILY, CARD, "m")
        await side.press(Pressing("daily-briefing", card, "b1:0", "bob"))
        await side.press(Pressing("daily-briefing", card, "b1:3", "bob"))
        await until(lambda: len(messages(side)) == 3)
        intents = [event.intent for event in desk.heard if isinstance(event, Pressed)]
        assert intents == [OpenSection(CHERY, 1), Discuss(CHERY)]
        assert [message["only_for"] for message in messages(side)] == [None, *["U0BOB00001"] * 2]
        assert "Chery International User Summit" in words(messages(side)[0])


async def test_what_slack_delivers_twice_is_answered_once(side: SlackSide) -> None:
    desk = Parrot()
    async with online(side, desk) as slack:
        card = await slack.post(DAILY, CARD, "m")
        side.faults.plan(Fault("interactive", Kind.TWICE))
        await side.press(Pressing("daily-briefing", card, "b1:0", "bob"))
        side.faults.plan(Fault("events_api", Kind.TWICE, times=2))
        await side.say("daily-briefing", "alice", "@briefing today")
        await asyncio.wait_for(side.slack.delivery.settle(), 10)
        await until(lambda: len(messages(side)) == 4)
        assert len(desk.heard) == 2


async def test_a_reply_that_is_not_delivered_is_logged(
    side: SlackSide, caplog: pytest.LogCaptureFixture
) -> None:
    async with online(side, Parrot()) as slack:
        card = await slack.post(DAILY, CARD, "m")
        for kind in (Kind.BROKEN, Kind.DROP, Kind.HANG):
            side.faults.plan(Fault("response_url", kind))
            with caplog.at_level(logging.WARNING):
                await side.press(Pressing("daily-briefing", card, "b1:0", "bob"))
                await until(lambda: caplog.records)
            assert [getattr(record, "action", "") for record in caplog.records] == ["reply.failed"]
            caplog.clear()


async def test_a_messages_shortcut_finds_a_briefing_about_it(side: SlackSide) -> None:
    desk = Parrot()
    async with online(side, desk):
        said = await side.say("daily-briefing", "bob", "Chery &amp; <!here> what do you think?")
        told = str(said["message"])
        assert (await side.shortcut("daily-briefing", "alice", told, SHORTCUT))["ok"]
        await until(lambda: len(messages(side)) == 2)
        (heard,) = desk.heard
        assert isinstance(heard, Asked)
        assert heard.text == "Chery &amp; <!here> what do you think?"
        assert messages(side)[1]["only_for"] == "U0ALICE001"
        assert messages(side)[1]["live"] == []


async def test_what_is_written_to_the_bot_alone_is_answered_there(side: SlackSide) -> None:
    desk = Parrot()
    async with online(side, desk):
        direct = side.workspace.direct("U0ALICE001")
        await side.say(direct.id, "alice", "chery sumit")
        await until(lambda: len(direct.messages) == 2)
        await side.slack.delivery.settle()
        (heard,) = desk.heard
        assert isinstance(heard, Asked)
        assert heard.text == "chery sumit"
        answer = list(direct.messages.values())[1]
        assert (answer.user, answer.only_for) == ("U0BRIEFBOT", None)
        side.slack.edit(next(iter(direct.messages.values())), {"text": "chery!"})
        await side.slack.delivery.settle()
        assert len(desk.heard) == 1


async def test_where_slack_whispers_nothing_the_answer_comes_directly(side: SlackSide) -> None:
    async with online(side, Parrot()):
        side.workspace.channels[DAILY.channel].members.discard("U0ALICE001")
        await side.say("daily-briefing", "alice", "@briefing chery")
        direct = side.workspace.direct("U0ALICE001")
        await until(lambda: direct.messages)
        (answer,) = direct.messages.values()
        assert "chery" in str(answer.body)
