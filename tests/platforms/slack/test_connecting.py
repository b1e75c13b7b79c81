"""How the bot comes online in Slack, and comes back."""

from __future__ import annotations

import asyncio
import logging
import socket
from dataclasses import replace

import pytest

from bot.errors import PlatformError, PostDelayed
from bot.platforms.slack.client import SlackPlatform
from bot.platforms.slack.room import ROOM
from bot.platforms.slack.settings import Settings
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.slack.connection import Farewell
from bot.sandbox.slack.side import SlackSide
from bot.sandbox.slack.sockets import Sockets
from tests.platforms.slack.served import (
    CARD,
    DAILY,
    SOON,
    Parrot,
    messages,
    online,
    settings,
    until,
    words,
)


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


@pytest.mark.parametrize("lost", ["mute", "deaf"])
async def test_a_peer_that_takes_everything_and_never_answers_is_left(
    side: SlackSide, lost: str
) -> None:
    sockets = side.slack.delivery.sockets
    sockets.mute = lost == "mute"  # from the first "hello" on, not even a pong
    async with online(side, Parrot()):
        (silent,) = sockets.connections
        sockets.mute, silent.deaf = False, True
        await side_is_answered(side)
        assert silent not in sockets.connections
        assert opened(side) == 2


@pytest.mark.parametrize("farewell", [Farewell.WARNING, Farewell.REFRESH])
async def test_a_renewal_is_no_matter_for_anybody(
    side: SlackSide, farewell: Farewell, caplog: pytest.LogCaptureFixture
) -> None:
    sockets = side.slack.delivery.sockets
    async with online(side, Parrot()):
        await sockets.disconnect(farewell)
        await until(lambda: any(not each.leaving for each in sockets.connections))
        await side_is_answered(side)
        assert opened(side) == 2
    assert [each for each in caplog.records if each.levelno >= logging.WARNING] == []


ENDS = {
    Farewell.DISABLED: ("Socket Mode was switched off", "https://api.slack.com/apps"),
    Farewell.TOO_MANY: ("an app may have 10", "SLACK_APP_TOKEN"),
}


@pytest.mark.parametrize("farewell", ENDS)
async def test_where_slack_wants_no_connection_the_bot_says_what_to_do_and_waits(
    side: SlackSide, farewell: Farewell, caplog: pytest.LogCaptureFixture
) -> None:
    sockets = side.slack.delivery.sockets
    async with online(side, Parrot()):
        sockets.most = 0
        await sockets.disconnect(farewell)
        await until(lambda: opened(side) >= 4)
        assert not side.state()["online"]
        told = [each for each in caplog.records if each.levelno >= logging.WARNING]
        assert [getattr(each, "action", "") for each in told] == ["connection.ended"]
        assert all(word in told[0].getMessage() for word in ENDS[farewell])
        moments = [each.at for each in side.journal.to(OPEN)]
        assert moments[-1] - moments[1] > SOON.ping * (1 + 2)  # ever longer, and no storm
        sockets.most, sockets.enabled = 10, True
        await side_is_answered(side)
    assert "Slack's connection is back." in caplog.text


async def test_a_bot_that_starts_while_all_connections_are_taken_says_so(side: SlackSide) -> None:
    side.slack.delivery.sockets.most = 0
    with pytest.raises(PlatformError, match="an app may have 10"):
        await SlackPlatform(settings(side), SOON).connect(Parrot())


OPEN = "/slack/api/apps.connections.open"


def opened(side: SlackSide) -> int:
    """How often the bot asked for a connection."""
    return len(tuple(side.journal.to(OPEN)))


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


async def test_the_addresses_of_sockets_stay_out_of_the_log(
    side: SlackSide, caplog: pytest.LogCaptureFixture
) -> None:
    async with online(side, Parrot()):
        sdk = logging.getLogger("slack_sdk.socket")
        sdk.error("Failed to connect (%s)", "404, url='wss://wss.slack.com/link/?ticket=secret'")
        assert "Failed to connect" in caplog.text
        assert "secret" not in caplog.text
