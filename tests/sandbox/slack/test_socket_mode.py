"""Socket Mode: connections that come and go, envelopes that are late, lost or doubled."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest

from bot.sandbox.faults import Fault, Kind
from bot.sandbox.side import Pressing
from bot.sandbox.slack.connection import Farewell
from bot.sandbox.slack.side import SlackSide
from tests.sandbox.slack.served import (
    DAILY,
    Bot,
    Connecting,
    button,
    connections,
    texts,
    web_client,
)


async def _open(side: SlackSide) -> str:
    client = web_client(side)
    token = side.workspace.app.app_token
    return str((await client.apps_connections_open(app_token=token))["url"])


def _counting(bot: Bot, heard: list[str], name: str = "") -> None:
    async def answer(ack: Any) -> None:
        heard.append(name)
        await ack()

    bot.app.command("/briefing")(answer)


async def test_without_a_connection_the_person_sees_that_it_failed(side: SlackSide) -> None:
    outcome = await side.command(DAILY, "alice", "/briefing")
    assert outcome["error"] == "dispatch_failed"
    assert texts(side) == ['/briefing failed with the error "dispatch_failed"']


async def test_a_late_acknowledgement_is_a_failure_for_the_person(bot: Bot) -> None:
    late = asyncio.Event()

    async def answer(ack: Any) -> None:
        await late.wait()
        await ack()

    bot.app.command("/briefing")(answer)
    bot.app.action("open")(answer)
    posted = await bot.client.chat_postMessage(channel=DAILY, text="Card", blocks=[button()])
    command = await bot.side.command(DAILY, "alice", "/briefing")
    press = await bot.side.press(Pressing(DAILY, posted["ts"], "open", "alice"))
    assert command["error"] == press["error"] == "operation_timeout"
    late.set()
    await bot.side.until(lambda: len(texts(bot.side)) == 3)


async def test_each_envelope_goes_to_one_of_several_connections(
    side: SlackSide, connect: Connecting
) -> None:
    heard: list[str] = []
    for name in ("first", "second"):
        _counting(await connect(side), heard, name)
    for _ in range(10):
        await side.command(DAILY, "alice", "/briefing")
    assert len(heard) == 10
    assert set(heard) == {"first", "second"}


@pytest.mark.parametrize("farewell", [Farewell.WARNING, Farewell.REFRESH])
async def test_a_bot_told_to_reconnect_does(bot: Bot, farewell: Farewell) -> None:
    heard: list[str] = []
    _counting(bot, heard)
    (old,) = connections(bot.side)
    await bot.side.slack.delivery.sockets.disconnect(farewell)
    await bot.side.until(
        lambda: bool(connections(bot.side)) and old not in connections(bot.side), 5
    )
    assert await bot.side.command(DAILY, "alice", "/briefing") == {"ok": True}
    assert heard == [""]


async def test_a_bot_whose_connection_was_cut_comes_back(bot: Bot) -> None:
    (old,) = connections(bot.side)
    bot.side.slack.delivery.sockets.cut()
    await bot.side.until(
        lambda: bool(connections(bot.side)) and old not in connections(bot.side), 10
    )
    assert bot.side.state()["online"] is True


async def test_an_app_whose_socket_mode_was_turned_off_stays_away(bot: Bot) -> None:
    await bot.side.slack.delivery.sockets.disconnect(Farewell.DISABLED)
    await bot.side.until(lambda: not connections(bot.side))
    outcome = await bot.side.command(DAILY, "alice", "/briefing")
    assert outcome["error"] == "dispatch_failed"
    bot.side.slack.delivery.sockets.enabled = True


async def test_the_eleventh_connection_is_turned_away(side: SlackSide) -> None:
    async with aiohttp.ClientSession() as session:
        sockets = [await session.ws_connect(await _open(side)) for _ in range(10)]
        hellos = [await each.receive_json() for each in sockets]
        assert [each["num_connections"] for each in hellos] == list(range(1, 11))
        eleventh = await session.ws_connect(await _open(side))
        assert (await eleventh.receive_json())["reason"] == "too_many_websockets"
        assert (await eleventh.receive()).type is aiohttp.WSMsgType.CLOSE
        assert len(connections(side)) == 10


async def test_a_ticket_opens_one_connection(side: SlackSide) -> None:
    url = await _open(side)
    async with aiohttp.ClientSession() as session:
        socket = await session.ws_connect(url)
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)
        await socket.close()


async def test_pings_are_answered_unless_the_connection_is_deaf(side: SlackSide) -> None:
    async with aiohttp.ClientSession() as session:
        socket = await session.ws_connect(await _open(side), autoping=False)
        await socket.receive()
        await socket.ping(b"are you there")
        pong = await socket.receive()
        assert (pong.type, pong.data) == (aiohttp.WSMsgType.PONG, b"are you there")
        connections(side)[0].deaf = True
        await socket.ping(b"and now")
        assert (await side.command(DAILY, "alice", "/briefing"))["error"] == "operation_timeout"
        with pytest.raises(TimeoutError):
            await socket.receive(timeout=0.1)


async def test_an_event_that_nobody_took_is_delivered_again(side: SlackSide) -> None:
    async with aiohttp.ClientSession() as session:
        socket = await session.ws_connect(await _open(side))
        await socket.receive_json()
        await side.say(DAILY, "alice", "Good morning")
        first, second = await socket.receive_json(), await socket.receive_json()
        await socket.send_json({"envelope_id": second["envelope_id"]})
        await side.slack.delivery.settle()
    assert (first["retry_attempt"], second["retry_attempt"]) == (0, 1)
    assert second["retry_reason"] == "timeout"
    assert first["payload"]["event_id"] == second["payload"]["event_id"]
    assert first["envelope_id"] != second["envelope_id"]
    assert first["accepts_response_payload"] is False


async def test_a_doubled_event_has_one_id(bot: Bot) -> None:
    heard: list[str] = []

    async def mentioned(body: Any) -> None:
        heard.append(body["event_id"])

    bot.app.event("app_mention")(mentioned)
    bot.side.slack.subscribed = {"app_mention"}
    bot.side.faults.plan(Fault("events_api", Kind.TWICE))
    await bot.side.say(DAILY, "alice", "@briefing chery")
    await bot.side.slack.delivery.settle()
    assert len(heard) == 2
    assert len(set(heard)) == 1


async def test_a_doubled_command_has_one_trigger(bot: Bot) -> None:
    heard: list[str] = []

    async def answer(ack: Any, body: Any) -> None:
        await ack()
        heard.append(body["trigger_id"])

    bot.app.command("/briefing")(answer)
    bot.side.faults.plan(Fault("slash_commands", Kind.TWICE))
    await bot.side.command(DAILY, "alice", "/briefing")
    assert len(heard) == 2
    assert len(set(heard)) == 1


async def test_a_lost_command_fails_for_the_person(bot: Bot) -> None:
    heard: list[str] = []
    _counting(bot, heard)
    bot.side.faults.plan(Fault("slash_commands", Kind.RESET))
    assert (await bot.side.command(DAILY, "alice", "/briefing"))["error"] == "dispatch_failed"
    assert not heard


async def test_wrong_acknowledgements_are_complained_of(side: SlackSide) -> None:
    async with aiohttp.ClientSession() as session:
        socket = await session.ws_connect(await _open(side))
        await socket.receive_json()
        await socket.send_str("not json")
        await socket.send_json({"envelope_id": "nobody's"})
        await side.say(DAILY, "alice", "Good morning")
        event = await socket.receive_json()
        await socket.send_json({"envelope_id": event["envelope_id"], "payload": {"text": "Hi"}})
        await side.slack.delivery.settle()
    assert side.state()["complaints"] == [
        "The app sent something over the socket that is not JSON.",
        "The app acknowledged an envelope that nobody waits for.",
        "An acknowledgement of events_api cannot carry an answer.",
    ]
