"""How the room comes online, stays online, and says why it can not."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from dataclasses import replace
from itertools import islice
from typing import Any

import discord
import pytest

from bot.errors import PlatformError, PostRefused
from bot.platforms.discord.client import DiscordPlatform
from bot.platforms.discord.connection import Patience, pauses
from bot.platforms.discord.ending import end
from bot.platforms.discord.entering import sentence
from bot.platforms.discord.settings import Settings
from bot.platforms.port import Address
from bot.sandbox.discord.setup import Setup
from bot.sandbox.discord.side import KNOCK
from bot.sandbox.faults import Fault, Kind
from tests.platforms.discord.conftest import QUICK, Desk, Opens, Stage, until
from tests.platforms.discord.test_client import card


async def test_a_wrong_token_is_named(open_stage: Opens) -> None:
    with pytest.raises(PlatformError, match="DISCORD_BOT_TOKEN"):
        await open_stage(discord_bot_token="wrong")


async def test_a_wrong_token_is_named_when_it_is_only_for_posting(open_stage: Opens) -> None:
    with pytest.raises(PlatformError, match="DISCORD_BOT_TOKEN"):
        await open_stage(discord_bot_token="wrong", posting_only=True)


async def test_a_missing_token_is_named() -> None:
    with pytest.raises(PlatformError, match="DISCORD_BOT_TOKEN"):
        await DiscordPlatform(Settings.model_validate({})).connect(None)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/api/v10", "nonsense", "ftp://127.0.0.1/"])
async def test_an_address_where_nothing_answers_is_named(open_stage: Opens, url: str) -> None:
    with pytest.raises(PlatformError, match="DISCORD_API_URL") as failed:
        await open_stage(discord_api_url=url)
    assert url.rstrip("/") in str(failed.value)


async def test_a_start_that_is_given_up_leaves_nothing_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        settings = Settings.model_validate({"discord_bot_token": "a", "discord_api_url": url})
        platform = DiscordPlatform(settings)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(platform.connect(Desk()), 0.2)
        with pytest.raises(PostRefused, match="offline"):
            await platform.post(Address("1"), card(), "marker")


async def test_an_address_that_never_answers_is_named_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        settings = Settings.model_validate({"discord_bot_token": "a", "discord_api_url": url})
        with pytest.raises(PlatformError, match="DISCORD_API_URL"):
            await DiscordPlatform(settings, Patience(start=0.2)).connect(Desk())


@pytest.mark.parametrize("kind", [Kind.GARBAGE, Kind.AWAY, Kind.HANG])
async def test_odd_answers_at_the_start_name_the_address(open_stage: Opens, kind: Kind) -> None:
    stage = await open_stage()
    await stage.platform.close()
    stage.side.faults.plan(Fault("GET /users/@me", kind))
    with pytest.raises(PlatformError, match="DISCORD_API_URL"):
        await stage.platform.connect(stage.desk)


async def test_an_intent_that_is_not_granted_is_named(open_stage: Opens) -> None:
    with pytest.raises(PlatformError, match="DISCORD_MESSAGE_CONTENT"):
        await open_stage(Setup(privileged=0), discord_message_content=True)


async def test_an_intent_that_is_granted_is_used(open_stage: Opens) -> None:
    stage = await open_stage(discord_message_content=True)
    assert stage.side.state()["online"]


@pytest.mark.parametrize("kind", [Kind.AWAY, Kind.GARBAGE, Kind.RESET])
async def test_a_gateway_that_is_none_at_the_very_start_is_named_and_no_more(
    open_stage: Opens, kind: Kind
) -> None:
    stage = await open_stage(patience=Patience(start=1.5))
    await stage.platform.close()
    stage.side.faults.plan(Fault(KNOCK, kind, times=1000))
    with pytest.raises(PlatformError, match="gateway") as failed:
        await stage.platform.connect(stage.desk)
    assert "DISCORD_API_URL" in str(failed.value)
    assert "attribute" not in str(failed.value)
    stage.side.faults.clear()
    await stage.platform.connect(stage.desk)
    await stage.platform.post(stage.here, card(), "marker")


@pytest.mark.parametrize("what", ["IDENTIFY", KNOCK])
async def test_a_gateway_that_says_nothing_at_the_very_start_is_named_in_time(
    open_stage: Opens, what: str
) -> None:
    stage = await open_stage(patience=Patience(start=1.0))
    await stage.platform.close()
    stage.side.faults.plan(Fault(what, Kind.HANG, times=1000))
    with pytest.raises(PlatformError, match="DISCORD_API_URL"):
        await stage.platform.connect(stage.desk)


async def test_first_sessions_that_are_all_invalid_are_given_up_in_time(open_stage: Opens) -> None:
    stage = await open_stage(patience=Patience(start=1.0))
    await stage.platform.close()
    stage.side.faults.plan(Fault("IDENTIFY", Kind.INVALID, times=1000))
    async with asyncio.timeout(8):
        with pytest.raises(PlatformError, match="gateway"):
            await stage.platform.connect(stage.desk)


async def test_a_bot_that_waits_for_a_new_session_can_be_stopped(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    stage.side.faults.plan(Fault("IDENTIFY", Kind.INVALID, times=1000))
    stage.side.invalidate()
    await until(lambda: "session.waits" in actions(caplog), 15)
    async with asyncio.timeout(8):
        await stage.platform.close()


async def test_a_first_session_that_is_invalid_is_replaced(open_stage: Opens) -> None:
    stage = await open_stage(patience=Patience(start=15.0))
    await stage.platform.close()
    stage.side.faults.plan(Fault("IDENTIFY", Kind.INVALID))
    await stage.platform.connect(stage.desk)
    assert stage.side.state()["online"]


def closed(code: int) -> discord.ConnectionClosed:
    """A connection that the gateway closed; the socket is not asked where the code is known."""
    socket: Any = None
    return discord.ConnectionClosed(socket, shard_id=0, code=code)


@pytest.mark.parametrize(
    ("failure", "says"),
    [
        (closed(4004), "DISCORD_BOT_TOKEN"),
        (discord.PrivilegedIntentsRequired(0), "Message Content Intent: switch it on"),
        (AttributeError("sequence"), "otherwise than Discord"),
        (ConnectionError("the gateway hung up"), "hung up"),
    ],
)
def test_whatever_keeps_the_bot_out_is_one_sentence_that_says_what_to_change(
    failure: Exception, says: str
) -> None:
    told = sentence(failure, "https://discord.example", 3, "wss://gateway.example")
    assert says in told
    assert "sequence" not in told


async def test_a_token_that_the_gateway_alone_does_not_know_is_named(open_stage: Opens) -> None:
    stage = await open_stage()
    await stage.platform.close()
    stage.side.faults.plan(Fault("IDENTIFY", Kind.UNKNOWN))
    with pytest.raises(PlatformError, match="DISCORD_BOT_TOKEN"):
        await stage.platform.connect(stage.desk)
    await stage.platform.connect(stage.desk)
    assert stage.side.state()["online"]


async def test_a_token_that_is_reset_ends_the_session_and_names_the_setting(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    token = stage.side.world.token
    stage.side.world.reset_token()
    stage.side.cut(4004)
    await until(lambda: "DISCORD_BOT_TOKEN" in caplog.text, 15)
    assert token not in caplog.text
    with pytest.raises(PostRefused, match="DISCORD_BOT_TOKEN"):
        await stage.platform.post(stage.here, card(), "marker")


async def test_a_bot_is_online_in_as_many_shards_as_asked_for(open_stage: Opens) -> None:
    stage = await open_stage(Setup(shards=2))
    await until(lambda: greetings(stage) == ["IDENTIFY", "IDENTIFY"], 15)


async def test_commands_are_announced_once_and_not_again(open_stage: Opens) -> None:
    stage = await open_stage()
    await stage.platform.close()
    await stage.platform.connect(stage.desk)
    methods = [call.method for call in stage.side.journal.calls if call.path.endswith("/commands")]
    assert methods == ["GET", "PUT", "GET"]


async def test_a_bot_whose_commands_are_not_taken_comes_online_to_post(
    open_stage: Opens, caplog: pytest.LogCaptureFixture
) -> None:
    stage = await open_stage()
    await stage.platform.close()
    stage.side.faults.plan(Fault("GET /applications/{application_id}/commands", Kind.AWAY))
    await stage.platform.connect(stage.desk)
    await stage.platform.post(stage.here, card(), "marker")
    assert "commands.failed" in actions(caplog)


async def test_a_server_that_hangs_over_the_commands_lets_the_bot_online(
    open_stage: Opens, caplog: pytest.LogCaptureFixture
) -> None:
    stage = await open_stage(patience=replace(QUICK, announce=0.2))
    await stage.platform.close()
    stage.side.faults.plan(Fault("GET /applications/{application_id}/commands", Kind.HANG))
    await stage.platform.connect(stage.desk)
    await stage.platform.post(stage.here, card(), "marker")
    assert "commands.failed" in actions(caplog)


async def test_a_cut_connection_comes_back(stage: Stage) -> None:
    stage.side.cut()
    await until(lambda: len(greetings(stage)) == 2, 15)
    await until(lambda: stage.side.state()["online"])
    await stage.side.command(stage.channel, "alice", "/briefing chery")


async def test_an_invalid_session_is_replaced_at_the_same_address(stage: Stage) -> None:
    stage.side.invalidate()
    await until(lambda: greetings(stage) == ["IDENTIFY", "IDENTIFY"], 15)
    await until(lambda: stage.side.state()["online"])
    await stage.side.command(stage.channel, "alice", "/briefing chery")


async def test_a_session_that_ends_for_good_is_started_again(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.side.cut(4000 + 10)
    await until(lambda: "session.ended" in actions(caplog), 15)
    await until(lambda: stage.side.state()["online"], 15)
    await stage.platform.post(stage.here, card(), "marker")


async def test_posts_need_no_session(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    stage.side.faults.plan(Fault("GET /users/@me", Kind.AWAY, times=1000))
    stage.side.cut(4010)
    await until(lambda: "session.failed" in actions(caplog), 15)
    await stage.platform.post(Address(stage.channel), card(), "marker")
    assert len(stage.messages()) == 1
    stage.side.faults.clear()
    await until(lambda: stage.side.state()["online"], 15)


async def test_closing_while_restarting_ends_it(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.side.faults.plan(Fault("GET /users/@me", Kind.AWAY, times=1000))
    stage.side.cut(4010)
    await until(lambda: "session.failed" in actions(caplog), 15)
    await asyncio.wait_for(stage.platform.close(), 5)


@pytest.mark.parametrize("how", ["cut", "ask_reconnect", "invalidate"])
@pytest.mark.parametrize("wait", [0.0, 0.3])
async def test_closing_ends_while_a_gateway_that_is_away_is_taken_up_again(
    stage: Stage, how: str, wait: float
) -> None:
    stage.side.faults.plan(Fault(KNOCK, Kind.AWAY, times=1000))
    getattr(stage.side, how)()
    await asyncio.sleep(wait)
    async with asyncio.timeout(10):
        await stage.platform.close()
    assert not [each for each in asyncio.all_tasks() if "discord" in str(each.get_coro())]


async def sleep_through(cancellations: int) -> None:
    """As `asyncio.wait_for` may, where its task fails in the moment of the cancellation."""
    for _ in range(cancellations):
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(60)
    await asyncio.sleep(60)


@pytest.mark.parametrize(("overheard", "ends"), [(0, True), (1, True), (99, False)])
async def test_a_task_that_overhears_its_end_is_told_again_and_not_for_ever(
    overheard: int, ends: bool, caplog: pytest.LogCaptureFixture
) -> None:
    task = asyncio.create_task(sleep_through(overheard))
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await end(task)
    assert task.done() is ends
    assert ("session.lingers" in actions(caplog)) is not ends
    while not task.done():
        task.cancel()
        await asyncio.sleep(0)


def test_restarts_come_ever_more_slowly_up_to_a_limit() -> None:
    waits = list(islice(pauses(Patience(restart=1, longest=10)), 8))
    assert all(
        0.5 * most <= wait <= most
        for wait, most in zip(waits, [1, 2, 4, 8, 10, 10, 10, 10], strict=True)
    )


def test_our_patience_is_a_matter_of_seconds() -> None:
    assert Patience().start <= 15
    assert QUICK.start < Patience().start


def actions(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [getattr(record, "action", "") for record in caplog.records]


def greetings(stage: Stage) -> list[str]:
    """How the bot came online, time after time."""
    return [call.path for call in stage.side.journal.calls if call.path in {"IDENTIFY", "RESUME"}]
