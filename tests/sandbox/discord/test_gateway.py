"""The gateway: what it sends, what it closes for, and how sessions are taken up again."""

from __future__ import annotations

import asyncio
import json
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientWebSocketResponse, WSMsgType

from bot.sandbox.discord.setup import Setup
from bot.sandbox.faults import Fault, Kind
from tests.sandbox.discord.town import Clock, Opens, Town

QUERY = "?v=10&encoding=json"


class Wire:
    """A gateway connection without a library."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket = socket

    async def tell(self, op: int, body: object) -> None:
        await self.socket.send_str(json.dumps({"op": op, "d": body}))

    async def next(self) -> dict[str, Any]:
        """The next payload, or the close code under `closed`."""
        message = await self.socket.receive(timeout=5)
        if message.type is WSMsgType.TEXT:
            payload: dict[str, Any] = json.loads(message.data)
            return payload
        return {"closed": self.socket.close_code}

    async def until(self, event: str) -> dict[str, Any]:
        """The next event of this name."""
        while (payload := await self.next()).get("t") != event:
            assert "closed" not in payload, payload
        return payload


@asynccontextmanager
async def dial(town: Town, query: str = QUERY) -> AsyncIterator[Wire]:
    async with town.web.ws_connect(town.side.gateway_url + query) as socket:
        wire = Wire(socket)
        assert (await wire.next())["op"] == 10
        yield wire


def identity(town: Town, **changes: object) -> dict[str, object]:
    return {"token": town.side.world.token, "intents": 1 | 1 << 9, "properties": {}} | changes


async def test_a_heartbeat_is_acknowledged(town: Town) -> None:
    async with dial(town) as wire:
        await wire.tell(1, None)
        assert (await wire.next())["op"] == 11


@pytest.mark.parametrize(
    ("op", "changes", "code"),
    [
        (2, {"token": "wrong"}, 4004),
        (2, {"intents": -1}, 4013),
        (2, {"intents": 1 << 40}, 4013),
        (2, {"intents": 1 << 1}, 4014),
        (2, {"shard": [1, 1]}, 4010),
        (3, {}, 4003),
        (99, {}, 4001),
    ],
)
async def test_wrong_openings_are_closed_with_their_code(
    town: Town, op: int, changes: dict[str, object], code: int
) -> None:
    async with dial(town) as wire:
        await wire.tell(op, identity(town, **changes))
        assert await wire.next() == {"closed": code}


async def test_identifying_twice_is_closed(town: Town) -> None:
    async with dial(town) as wire:
        await wire.tell(2, identity(town))
        await wire.until("GUILD_CREATE")
        await wire.tell(2, identity(town))
        assert await wire.next() == {"closed": 4005}


async def test_what_is_not_json_or_too_long_is_closed(town: Town) -> None:
    for text in ("nonsense", json.dumps({"op": 1, "d": "x" * 4096})):
        async with dial(town) as wire:
            await wire.socket.send_str(text)
            assert await wire.next() == {"closed": 4002}


async def test_more_than_120_payloads_a_minute_are_closed(open_town: Opens) -> None:
    town = await open_town(clock=Clock())
    async with dial(town) as wire:
        for _ in range(120):
            await wire.tell(1, None)
            assert (await wire.next())["op"] == 11
        await wire.tell(1, None)
        assert await wire.next() == {"closed": 4008}


async def test_an_old_version_is_closed(town: Town) -> None:
    async with town.web.ws_connect(town.side.gateway_url + "?v=8") as socket:
        assert await Wire(socket).next() == {"closed": 4012}


async def test_a_bot_that_never_beats_is_dropped(open_town: Opens) -> None:
    town = await open_town(Setup(heartbeat=0.05))
    async with dial(town) as wire:
        assert await wire.next() == {"closed": 4009}


async def test_payloads_come_in_one_zlib_stream(town: Town) -> None:
    stream = zlib.decompressobj()
    async with town.web.ws_connect(
        f"{town.side.gateway_url}{QUERY}&compress=zlib-stream"
    ) as socket:
        hello = await socket.receive_bytes()
        assert hello.endswith(b"\x00\x00\xff\xff")
        assert json.loads(stream.decompress(hello))["op"] == 10
        await socket.send_str(json.dumps({"op": 1, "d": None}))
        assert json.loads(stream.decompress(await socket.receive_bytes()))["op"] == 11


async def test_without_intents_nothing_is_heard_but_interactions(town: Town) -> None:
    async with dial(town) as wire:
        await wire.tell(2, identity(town, intents=0))
        assert (await wire.next())["t"] == "READY"
        await town.side.say("general", "alice", "Hello")
        asking = asyncio.create_task(town.side.command("general", "alice", "/nothing"))
        assert (await asking)["ok"] is False
        await wire.tell(1, None)
        assert (await wire.next())["op"] == 11


async def test_a_resumed_session_gets_what_it_missed(town: Town) -> None:
    async with dial(town) as wire:
        await wire.tell(2, identity(town))
        ready = await wire.until("READY")
        seq = (await wire.until("GUILD_CREATE"))["s"]
        town.side.cut()
        assert "closed" in await wire.next()
    await town.side.say("general", "alice", "While you were away")
    async with dial(town) as wire:
        session = ready["d"]["session_id"]
        await wire.tell(6, {"token": town.side.world.token, "session_id": session, "seq": seq})
        missed = await wire.next()
        assert (missed["t"], missed["s"]) == ("MESSAGE_CREATE", seq + 1)
        assert (await wire.next())["t"] == "RESUMED"


async def test_a_session_is_forgotten_after_minutes_and_after_an_orderly_end(
    open_town: Opens,
) -> None:
    town = await open_town(clock=Clock())
    assert town.clock
    for code, wait in ((1000, 0.0), (4000, 181.0)):
        async with dial(town) as wire:
            await wire.tell(2, identity(town))
            session = (await wire.until("READY"))["d"]["session_id"]
            await wire.socket.close(code=code)
        town.clock.now += wait
        async with dial(town) as wire:
            body = {"token": town.side.world.token, "session_id": session, "seq": 1}
            await wire.tell(6, body)
            assert (await wire.next())["op"] == 9


async def test_a_resume_from_the_future_is_closed(town: Town) -> None:
    async with dial(town) as wire:
        await wire.tell(2, identity(town))
        session = (await wire.until("READY"))["d"]["session_id"]
        await wire.socket.close(code=4000)
    async with dial(town) as wire:
        body = {"token": town.side.world.token, "session_id": session, "seq": 99}
        await wire.tell(6, body)
        assert await wire.next() == {"closed": 4007}


async def test_the_library_resumes_after_a_cut(town: Town) -> None:
    bot = await town.visit("message_content")
    town.side.cut()
    await town.side.say("general", "alice", "While you were away")
    assert (await bot.hear()).content == "While you were away"
    assert bot.resumed.is_set() or await asyncio.wait_for(bot.resumed.wait(), 5)


async def test_the_library_resumes_when_asked_to_reconnect(town: Town) -> None:
    bot = await town.visit()
    town.side.ask_reconnect()
    assert await asyncio.wait_for(bot.resumed.wait(), 5)
    assert town.state["online"] is True


async def test_a_lost_event_comes_with_the_resume(town: Town) -> None:
    bot = await town.visit("message_content")
    town.side.faults.plan(Fault("MESSAGE_CREATE", Kind.RESET))
    await town.side.say("general", "alice", "Lost on the way")
    assert (await bot.hear()).content == "Lost on the way"


async def test_an_event_can_come_twice(town: Town) -> None:
    bot = await town.visit("message_content")
    town.side.faults.plan(Fault("MESSAGE_CREATE", Kind.TWICE))
    await town.side.say("general", "alice", "Echo")
    assert (await bot.hear()).id == (await bot.hear()).id


async def test_an_invalid_session_makes_the_bot_identify_anew(town: Town) -> None:
    async with dial(town) as wire:
        await wire.tell(2, identity(town))
        session = (await wire.until("READY"))["d"]["session_id"]
        await wire.until("GUILD_CREATE")
        town.side.invalidate()
        payload = await wire.next()
        assert (payload["op"], payload["d"]) == (9, False)
        body = {"token": town.side.world.token, "session_id": session, "seq": 1}
        await wire.tell(6, body)
        assert (await wire.next())["op"] == 9


@pytest.mark.parametrize(
    ("kind", "op"), [(Kind.INVALID, 9), (Kind.RECONNECT, 7)], ids=["invalid", "reconnect"]
)
async def test_a_heartbeat_can_be_answered_with_an_order(town: Town, kind: Kind, op: int) -> None:
    town.side.faults.plan(Fault("HEARTBEAT", kind))
    async with dial(town) as wire:
        await wire.tell(1, None)
        assert (await wire.next())["op"] == op


@pytest.mark.parametrize("kind", [Kind.DROP, Kind.RECONNECT])
async def test_the_library_comes_back_after_a_fault_at_an_event(town: Town, kind: Kind) -> None:
    bot = await town.visit("message_content")
    town.side.faults.plan(Fault("MESSAGE_CREATE", kind))
    await town.side.say("general", "alice", "First")
    assert (await bot.hear()).content == "First"
    assert await asyncio.wait_for(bot.resumed.wait(), 5)
    await town.side.say("general", "alice", "Second")
    assert (await bot.hear()).content == "Second"


async def test_after_an_invalid_session_a_bot_may_identify_on_the_same_line(town: Town) -> None:
    async with dial(town) as wire:
        await wire.tell(2, identity(town))
        await wire.until("GUILD_CREATE")
        town.side.faults.plan(Fault("MESSAGE_CREATE", Kind.INVALID))
        await town.side.say("general", "alice", "Hello")
        await wire.until("MESSAGE_CREATE")
        assert (await wire.next())["op"] == 9
        await wire.tell(2, identity(town))
        assert (await wire.next())["t"] == "READY"


async def test_the_budget_of_identifications_runs_out_and_takes_the_token(
    open_town: Opens,
) -> None:
    town = await open_town(Setup(identifies=1))
    token = town.side.world.token
    _, before = await town.call("GET", "/gateway/bot")
    assert before["session_start_limit"]["remaining"] == 1
    async with dial(town) as wire:
        await wire.tell(2, identity(town))
        await wire.until("READY")
    async with dial(town) as wire:
        await wire.tell(2, identity(town))
        assert await wire.next() == {"closed": 4004}
    assert (await town.call("GET", "/users/@me", token=token))[0] == 401


async def test_identifying_too_soon_is_an_invalid_session(open_town: Opens) -> None:
    town = await open_town(Setup(identify_every=5.0), Clock())
    async with dial(town) as wire:
        await wire.tell(2, identity(town))
        await wire.until("READY")
    async with dial(town) as wire:
        await wire.tell(2, identity(town))
        assert (await wire.next())["op"] == 9


async def test_all_members_come_only_with_the_members_intent(open_town: Opens) -> None:
    town = await open_town(Setup(privileged=1 << 1))
    for intents, names in ((1 | 1 << 1, {"briefing", "alice", "bob"}), (1, set())):
        async with dial(town) as wire:
            await wire.tell(2, identity(town, intents=intents))
            await wire.until("GUILD_CREATE")
            await wire.tell(8, {"guild_id": town.state["guild"], "query": "", "limit": 0})
            chunk = await wire.until("GUILD_MEMBERS_CHUNK")
            assert {each["user"]["username"] for each in chunk["d"]["members"]} == names


async def test_the_journal_tells_of_identifications_without_the_token(town: Town) -> None:
    await town.visit()
    [call] = town.side.journal.to("IDENTIFY")
    assert call.method == "GATEWAY"
    assert town.side.world.token not in json.dumps(town.side.journal.as_json())
