"""Sending twice, sending too fast, and sending into faults."""

from __future__ import annotations

import asyncio

import aiohttp
import discord
import pytest

from bot.sandbox.discord.setup import Setup
from bot.sandbox.faults import Fault, Kind
from tests.sandbox.discord.town import Bot, Clock, Opens, Town

SENDING = "POST /channels/{channel_id}/messages"


async def test_a_nonce_makes_one_message_for_some_minutes(open_town: Opens) -> None:
    town = await open_town(clock=Clock())
    bot = await town.visit()
    first = await bot.channel().send("Good morning", nonce="edition-1")
    again = await bot.channel().send("Good morning", nonce="edition-1")
    elsewhere = await bot.channel("general").send("Good morning", nonce="edition-1")
    assert first.id == again.id == elsewhere.id
    assert len(town.messages()) == 1
    assert town.clock
    town.clock.now += 200
    assert (await bot.channel().send("Good morning", nonce="edition-1")).id != first.id


async def test_a_nonce_counts_only_where_it_is_enforced(town: Town) -> None:
    for _ in range(2):
        await town.send(content="Good morning", nonce="edition-1")
    assert len(town.messages()) == 2


async def test_a_nonce_whose_message_was_deleted_is_not_found(town: Town) -> None:
    bot = await town.visit()
    message = await bot.channel().send("Good morning", nonce="edition-1")
    await message.delete()
    with pytest.raises(discord.NotFound) as refused:
        await bot.channel().send("Good morning", nonce="edition-1")
    assert refused.value.code == 10008


async def test_a_channel_takes_five_messages_in_five_seconds(open_town: Opens) -> None:
    town = await open_town(clock=Clock())
    for _ in range(5):
        assert (await town.send(content="Hello"))[0] == 200
    status, refused = await town.send(content="Hello")
    assert (status, refused["global"]) == (429, False)
    assert 0 < refused["retry_after"] <= 5
    assert (await town.send("general", content="Hello"))[0] == 200
    assert town.state["limited"] == 1
    assert town.clock
    town.clock.now += 5
    assert (await town.send(content="Hello"))[0] == 200


async def test_fifty_calls_a_second_are_the_limit_over_all(open_town: Opens) -> None:
    town = await open_town(clock=Clock())
    for number in range(50):
        path = "/users/@me" if number % 2 else "/gateway/bot"
        assert (await town.call("GET", path))[0] == 200
    status, refused = await town.call("GET", "/users/@me")
    assert (status, refused["global"]) == (429, True)
    unlimited = "/interactions/1/token/callback"
    assert (await town.call("POST", unlimited, {}))[0] == 404


async def test_without_limits_anything_goes(open_town: Opens) -> None:
    town = await open_town(Setup(limited=False), Clock())
    for _ in range(7):
        assert (await town.send(content="Hello"))[0] == 200


async def test_every_answer_carries_the_limits_and_came_via_a_proxy(town: Town) -> None:
    url = f"{town.side.settings()['DISCORD_API_URL']}/gateway"
    async with town.web.get(url) as answer:
        assert answer.headers["Content-Type"] == "application/json"
        assert answer.headers["Via"]
        assert answer.headers["X-RateLimit-Remaining"] == "49"
        assert answer.headers["X-RateLimit-Bucket"]


async def test_ten_thousand_invalid_requests_shut_the_door(open_town: Opens) -> None:
    town = await open_town(clock=Clock())
    for _ in range(10_000):
        town.side.world.rates.note_invalid()
    url = f"{town.side.settings()['DISCORD_API_URL']}/gateway"
    async with town.web.get(url) as answer:
        assert (answer.status, "Via" in answer.headers) == (429, False)
    assert town.clock
    town.clock.now += 600
    assert (await town.call("GET", "/gateway"))[0] == 200


@pytest.mark.parametrize(
    ("kind", "done"),
    [
        (Kind.DROP, 1),
        (Kind.GARBAGE, 1),
        (Kind.RESET, 0),
        (Kind.AWAY, 0),
    ],
)
async def test_a_fault_strikes_before_or_after_the_work(town: Town, kind: Kind, done: int) -> None:
    bot = await town.visit()
    town.side.faults.plan(Fault(SENDING, kind))
    with pytest.raises((aiohttp.ClientError, OSError, discord.DiscordServerError, ValueError)):
        await bot.channel().send("Good morning")
    assert len(town.messages()) == done
    await bot.channel().send("Good morning")
    assert len(town.messages()) == done + 1


async def test_a_reset_is_a_reset_and_a_drop_is_not(town: Town) -> None:
    for kind, error in (
        (Kind.RESET, aiohttp.ClientOSError),
        (Kind.DROP, aiohttp.ServerDisconnectedError),
    ):
        town.side.faults.plan(Fault(SENDING, kind))
        with pytest.raises(error):
            await town.send(content="Hello")


async def test_a_planned_429_is_obeyed_and_not_counted_as_a_slip(town: Town) -> None:
    bot = await town.visit()
    town.side.faults.plan(Fault(SENDING, Kind.LIMITED, retry_after=0.01))
    await bot.channel().send("Good morning")
    assert len(town.messages()) == 1
    assert town.state["limited"] == 0
    path = f"{town.place()}/messages"
    assert [call.status for call in town.side.journal.to(path)] == [429, 200]


async def test_a_call_can_hang(town: Town) -> None:
    town.side.faults.plan(Fault(SENDING, Kind.HANG))
    hanging = asyncio.create_task(town.send(content="Hello"))
    await town.until(lambda: list(town.side.journal.to(f"{town.place()}/messages")))
    assert not hanging.done()
    await town.side.close()
    with pytest.raises(aiohttp.ClientError):
        await hanging
    assert town.messages() == []


async def test_the_journal_holds_every_call_and_no_secret(town: Town) -> None:
    bot = await town.visit()
    tokens: list[str] = []

    @bot.tree.command(description="Looks a briefing up")
    async def briefing(asked: discord.Interaction[Bot]) -> None:
        tokens.append(asked.token)
        await asked.response.send_message("Here")
        await asked.edit_original_response(content="There")

    await bot.tree.sync()
    await town.side.command("general", "alice", "/briefing")
    await town.until(lambda: town.messages("general")[0]["edited"])
    written = str(town.side.journal.as_json())
    assert "/callback" in written
    assert "/messages/@original" in written
    assert tokens[0] not in written
    assert town.side.world.token not in written
