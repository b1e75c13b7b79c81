"""The Slack client over the sandbox, through Slack's own SDK: posts, answers, and what fails."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.errors import PlatformError, PostDelayed, PostError, PostRefused, PostUnknown
from bot.platforms.port import Address, Asked, Pressed
from bot.platforms.slack.client import SlackPlatform
from bot.platforms.slack.patience import Patience
from bot.platforms.slack.render import draw
from bot.platforms.slack.room import ROOM
from bot.platforms.slack.settings import Settings
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.server import Sandbox
from bot.sandbox.side import Pressing
from bot.sandbox.slack.connection import Farewell
from bot.sandbox.slack.side import SlackSide
from bot.sandbox.slack.sockets import Sockets
from briefings.intents import Discuss, OpenSection
from briefings.message import Audience, Message, Reply
from tests.platforms.samples import CHERY, SAMPLES, paragraph

DAILY = Address("C0DAILY01")
SOON = Patience(acknowledge=0.2, ping=0.1, mend=0.6, call=0.5)
BEFORE = datetime(2020, 1, 1, tzinfo=UTC)
(CARD,) = draw(SAMPLES["card"])


class Parrot:
    """A desk that says what it heard, or what it was told to say."""

    def __init__(self, reply: Reply | None = None) -> None:
        self.heard: list[Asked | Pressed] = []
        self.reply = reply
        self.busy = asyncio.Event()
        self.busy.set()

    async def answer(self, event: Asked | Pressed) -> Reply:
        self.heard.append(event)
        await self.busy.wait()
        said = event.text if isinstance(event, Asked) else repr(event.intent)
        return self.reply or Reply(Message("Heard", (paragraph(said),)))

    def complete(self, text: str) -> tuple[()]:
        return ()


@pytest.fixture
async def side() -> AsyncIterator[SlackSide]:
    side = SlackSide(limits=False)
    sandbox = Sandbox([side])
    await sandbox.start()
    yield side
    await sandbox.close()


def settings(side: SlackSide, **changed: str) -> Settings:
    values = {name.lower(): value for name, value in {**side.settings(), **changed}.items()}
    return Settings.model_validate(values)


@asynccontextmanager
async def online(side: SlackSide, desk: Parrot | None = None) -> AsyncIterator[SlackPlatform]:
    platform = SlackPlatform(settings(side), SOON)
    await platform.connect(desk)
    try:
        yield platform
    finally:
        await platform.close()


@pytest.fixture
async def slack(side: SlackSide) -> AsyncIterator[SlackPlatform]:
    """The platform, ready to post."""
    async with online(side) as platform:
        yield platform


def messages(side: SlackSide) -> list[Mapping[str, Any]]:
    state: Any = side.state()
    found: list[Mapping[str, Any]] = state["channels"][0]["messages"]
    return found


async def until(condition: Callable[[], object]) -> None:
    """Wait until something is so, as long as a person would."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 # the condition may lie anywhere
            await asyncio.sleep(0.005)


def words(message: Mapping[str, Any]) -> str:
    return str(message["body"])


async def test_a_card_is_posted_and_its_parts_go_under_it(
    side: SlackSide, slack: SlackPlatform
) -> None:
    card = await slack.post(DAILY, CARD, "m1")
    thread = await slack.open_thread(DAILY.channel, card, "A title")
    (part,) = draw(SAMPLES["part"])
    await slack.post(Address(DAILY.channel, thread), part, "m2")
    (message,) = messages(side)
    assert "Chery International User Summit" in words(message)
    assert [SAMPLES["part"].title in words(each) for each in message["thread"]["messages"]] == [
        True
    ]


@pytest.mark.parametrize("name", SAMPLES)
async def test_slack_takes_every_sample(side: SlackSide, slack: SlackPlatform, name: str) -> None:
    for payload in draw(SAMPLES[name]):
        await slack.post(DAILY, payload, "m")
    assert len(messages(side)) == len(slack.draw(SAMPLES[name]))
    assert side.slack.complaints == []


async def test_a_post_is_found_by_its_marker_in_the_channel_and_in_a_thread(
    side: SlackSide, slack: SlackPlatform
) -> None:
    ids = [await slack.post(DAILY, CARD, f"m{number}") for number in range(20)]
    await side.say("daily-briefing", "alice", "m0")
    thread = Address(DAILY.channel, ids[0])
    part = await slack.post(thread, CARD, "part")
    assert await slack.find(DAILY, "m0", BEFORE) == ids[0]
    assert await slack.find(DAILY, "m19", BEFORE) == ids[19]
    assert await slack.find(thread, "part", BEFORE) == part
    assert await slack.find(DAILY, "part", BEFORE) is None
    assert await slack.find(DAILY, "m19", datetime.now(UTC)) is None  # noqa: TID251


async def test_a_message_has_a_web_address(slack: SlackPlatform) -> None:
    card = await slack.post(DAILY, CARD, "m")
    link = await slack.link(DAILY, card)
    assert link is not None
    assert link.startswith("https://")
    assert await slack.link(DAILY, "1.000001") is None
    await SlackPlatform(Settings()).close()


@pytest.mark.parametrize(
    ("kind", "raised", "posted"),
    [
        (Kind.LIMITED, PostDelayed, 0),
        (Kind.BROKEN, PostUnknown, 0),
        (Kind.AWAY, PostUnknown, 0),
        (Kind.RESET, PostUnknown, 0),
        (Kind.DROP, PostUnknown, 1),
        (Kind.HANG, PostUnknown, 0),
        (Kind.GARBAGE, PostUnknown, 1),
    ],
)
async def test_a_failed_post_says_what_is_known_and_is_sent_once(
    side: SlackSide, slack: SlackPlatform, kind: Kind, raised: type[PostError], posted: int
) -> None:
    side.faults.plan(Fault("chat.postMessage", kind, retry_after=7))
    with pytest.raises(raised, match=DAILY.channel) as caught:
        await slack.post(DAILY, CARD, "m")
    assert len(messages(side)) == posted
    assert (await slack.find(DAILY, "m", BEFORE) is not None) == bool(posted)
    assert getattr(caught.value, "seconds", 7) == 7


async def test_a_channel_that_is_not_there_is_refused_with_advice(slack: SlackPlatform) -> None:
    with pytest.raises(PostRefused, match="Channel C0NOWHERE is unknown to Slack: check SLACK_"):
        await slack.post(Address("C0NOWHERE"), CARD, "m")


async def test_a_picture_that_slack_refuses_does_not_keep_the_post_away(
    side: SlackSide, slack: SlackPlatform
) -> None:
    broken = {"type": "image", "image_url": "no address", "alt_text": "What it shows"}
    await slack.post(DAILY, {"text": "A title", "blocks": [broken]}, "m")
    (message,) = messages(side)
    assert "What it shows" in words(message)
    with pytest.raises(PostRefused, match="invalid_blocks"):
        await slack.post(DAILY, {"text": "A title", "blocks": [{"type": "nothing"}]}, "m")


async def test_a_slack_that_is_away_delays_the_post() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    platform = SlackPlatform(
        Settings.model_validate(
            {"slack_bot_token": "xoxb-1", "slack_api_url": f"http://127.0.0.1:{port}/api/"}
        )
    )
    with pytest.raises(PostDelayed, match="cannot be reached"):
        await platform.post(DAILY, CARD, "m")
    with pytest.raises(PlatformError, match="SLACK_API_URL"):
        await platform.connect(Parrot())


@pytest.mark.parametrize("name", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"])
async def test_a_wrong_token_is_named_at_once(side: SlackSide, name: str) -> None:
    platform = ROOM.open(settings(side, **{name: "xoxb-wrong"}))
    with pytest.raises(PlatformError, match=name) as caught:
        await platform.connect(Parrot())
    assert "xoxb-wrong" not in str(caught.value)


@pytest.mark.parametrize(
    ("on", "sentence"),
    [("auth.test", "SLACK_API_URL"), ("apps.connections.open", "opens no connection")],
)
async def test_a_slack_that_does_not_answer_is_not_called_a_wrong_token(
    side: SlackSide, on: str, sentence: str
) -> None:
    platform = SlackPlatform(settings(side), SOON)
    for kind in (Kind.RESET, Kind.AWAY, Kind.HANG):
        side.faults.plan(Fault(on, kind))
        with pytest.raises(PlatformError, match=sentence):
            await platform.connect(Parrot())


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
        await side.slack.delivery.settle()
        await until(lambda: len(messages(side)) == 4)
        assert len(desk.heard) == 2


async def test_a_reply_that_is_not_delivered_is_logged(
    side: SlackSide, caplog: pytest.LogCaptureFixture
) -> None:
    async with online(side, Parrot()) as slack:
        card = await slack.post(DAILY, CARD, "m")
        for kind in (Kind.BROKEN, Kind.DROP):
            side.faults.plan(Fault("response_url", kind))
            with caplog.at_level(logging.WARNING):
                await side.press(Pressing("daily-briefing", card, "b1:0", "bob"))
                await until(lambda: caplog.records)
            assert [getattr(record, "action", "") for record in caplog.records] == ["reply.failed"]
            caplog.clear()


@pytest.mark.parametrize("lost", ["cut", "refresh", "deaf"])
async def test_the_bot_comes_back_after_a_disconnection(side: SlackSide, lost: str) -> None:
    async with online(side, Parrot()):
        await LOSSES[lost](side.slack.delivery.sockets)
        await side_is_answered(side)


async def _cut(sockets: Sockets) -> None:
    sockets.cut()


async def _refresh(sockets: Sockets) -> None:
    await sockets.disconnect(Farewell.REFRESH)


async def _deafen(sockets: Sockets) -> None:
    sockets.connections[0].deaf = True


LOSSES = {"cut": _cut, "refresh": _refresh, "deaf": _deafen}


async def side_is_answered(side: SlackSide) -> None:
    """Ask until there is an answer."""
    async with asyncio.timeout(10):
        while not any("again" in words(message) for message in messages(side)):
            await asyncio.sleep(0.05)
            await side.command("daily-briefing", "alice", "/briefing again")


async def test_a_connection_that_does_not_mend_is_replaced(
    side: SlackSide, caplog: pytest.LogCaptureFixture
) -> None:
    slow = replace(SOON, call=30.0)
    platform = SlackPlatform(settings(side), slow)
    await platform.connect(Parrot())
    side.faults.plan(Fault("apps.connections.open", Kind.HANG))
    side.faults.plan(Fault("apps.connections.open", Kind.RESET))
    side.slack.delivery.sockets.cut()
    await until(lambda: not side.state()["online"])
    with caplog.at_level(logging.WARNING):
        await until(lambda: side.state()["online"])
    actions = {getattr(each, "action", "") for each in caplog.records}
    assert actions >= {"connection.replaced", "connection.failed"}
    assert "ticket" not in caplog.text
    await platform.close()
