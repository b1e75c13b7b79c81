"""Servers that speak Discord's language with fewer words: each event is read as far as it goes."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

import discord
import pytest
from aiohttp import ClientSession, web

from bot.platforms.discord.leniency import SHAPES, Parse, filled, forgive, json_or_text
from bot.platforms.events import Asked
from bot.sandbox.discord.side import DiscordSide
from tests.platforms.discord.conftest import Opens, Stage, until


def told(side: DiscordSide, event: str) -> dict[str, Any]:
    """The body of the first event of this name, as it was sent."""
    (session,) = side.world.gateway.sessions.values()
    sent = (json.loads(payload) for _, payload in session.sent)
    found: dict[str, Any] = next(each["d"] for each in sent if each["t"] == event)
    return found


def asked(stage: Stage) -> list[str]:
    return [each.text for each in stage.desk.events if isinstance(each, Asked)]


def without(body: dict[str, Any], path: str) -> dict[str, Any]:
    first, _, rest = path.partition(".")
    if rest:
        return {**body, first: without(body[first], rest)}
    return {name: each for name, each in body.items() if name != first}


@pytest.mark.parametrize(
    "left_out",
    [
        "version",
        "attachment_size_limit",
        "app_permissions",
        "authorizing_integration_owners",
        "context",
        "entitlements",
        "locale",
        "channel.name",
        "channel.position",
        "member.flags",
        "member.roles",
        "member.permissions",
        "member.user.avatar",
        "member.user.discriminator",
    ],
)
async def test_a_command_of_which_less_is_told_is_heard(stage: Stage, left_out: str) -> None:
    await stage.side.command(stage.channel, "alice", "/briefing chery")
    again = told(stage.side, "INTERACTION_CREATE")
    stage.side.world.gateway.publish("INTERACTION_CREATE", without(again, left_out))
    await until(lambda: len(asked(stage)) == 2)
    assert stage.desk.events[0].place == stage.desk.events[1].place
    assert len(stage.side.world.gateway.identified) == 1


@pytest.mark.parametrize("name", ["message", "guild_id", "guild_locale", "entitlements"])
async def test_what_is_null_is_left_out(stage: Stage, name: str) -> None:
    channel = stage.side.direct("alice")
    await stage.side.command(channel.id, "alice", "/briefing chery")
    again = told(stage.side, "INTERACTION_CREATE")
    stage.side.world.gateway.publish("INTERACTION_CREATE", {**again, name: None}, direct=True)
    await until(lambda: len(asked(stage)) == 2)


@pytest.mark.parametrize(
    "left_out", ["mentions", "mention_roles", "components", "embeds", "type", "tts", "member"]
)
async def test_a_direct_message_of_which_less_is_told_is_a_question(
    stage: Stage, left_out: str
) -> None:
    channel = stage.side.direct("alice")
    await stage.side.say(channel.id, "alice", "chery")
    again = without(told(stage.side, "MESSAGE_CREATE"), left_out)
    (session,) = stage.side.world.gateway.sessions.values()
    stage.side.world.gateway.tell(session, "MESSAGE_CREATE", again)
    await until(lambda: len(asked(stage)) == 2)


async def test_a_direct_message_of_no_server_at_all_is_a_question(stage: Stage) -> None:
    channel = stage.side.direct("alice")
    await stage.side.say(channel.id, "alice", "chery")
    again = told(stage.side, "MESSAGE_CREATE")
    (session,) = stage.side.world.gateway.sessions.values()
    stage.side.world.gateway.tell(session, "MESSAGE_CREATE", {**again, "guild_id": None})
    await until(lambda: len(asked(stage)) == 2)


@pytest.mark.parametrize(
    ("event", "body"),
    [
        ("GUILD_CREATE", {"id": "none"}),
        ("GUILD_CREATE", {}),
        ("MESSAGE_CREATE", {}),
        ("MESSAGE_UPDATE", {"id": "1", "channel_id": "2"}),
        ("MESSAGE_REACTION_ADD", {"emoji": None}),
        ("THREAD_CREATE", {"guild_id": "1"}),
        ("CHANNEL_UPDATE", {"guild_id": None}),
        ("INTERACTION_CREATE", {"id": "1", "type": 2}),
        ("NEVER_HEARD_OF", {"anything": 1}),
    ],
)
async def test_an_event_that_cannot_be_read_ends_no_session(
    stage: Stage, event: str, body: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        (session,) = stage.side.world.gateway.sessions.values()
        stage.side.world.gateway.tell(session, event, body)
        await stage.side.command(stage.channel, "alice", "/briefing chery")
        await until(lambda: asked(stage) == ["chery"])
    assert len(stage.side.world.gateway.identified) == 1
    assert "session.ended" not in [getattr(each, "action", "") for each in caplog.records]


async def test_a_server_that_was_not_told_of_is_no_direct_message(stage: Stage) -> None:
    await stage.side.say(stage.channel, "alice", "hello everybody")
    elsewhere = {**told(stage.side, "MESSAGE_CREATE"), "guild_id": "1", "channel_id": "2"}
    (session,) = stage.side.world.gateway.sessions.values()
    stage.side.world.gateway.tell(session, "MESSAGE_CREATE", {**elsewhere, "content": "hello"})
    await stage.side.command(stage.channel, "alice", "/briefing chery")
    await until(lambda: asked(stage))
    assert asked(stage) == ["chery"]


async def test_a_channel_that_a_server_does_not_know_is_asked_for_once(stage: Stage) -> None:
    await stage.side.say(stage.channel, "alice", "hello everybody")
    elsewhere = {**told(stage.side, "MESSAGE_CREATE"), "guild_id": "1", "channel_id": "2"}
    (session,) = stage.side.world.gateway.sessions.values()
    for number in range(3):
        stage.side.world.gateway.tell(session, "MESSAGE_CREATE", {**elsewhere, "id": str(number)})
    await stage.side.command(stage.channel, "alice", "/briefing chery")
    await until(lambda: asked(stage) and stage.calls("/channels/2"))
    await asyncio.sleep(0.1)
    assert len(stage.calls("/channels/2")) == 1


async def test_where_the_bots_own_membership_is_not_told_nothing_bars_a_channel(
    open_stage: Opens,
) -> None:
    stage = await open_stage()
    body = told(stage.side, "GUILD_CREATE")
    stage.side.world.gateway.publish("GUILD_DELETE", {"id": body["id"]})
    stage.side.world.gateway.publish("GUILD_CREATE", {**body, "members": []})
    await stage.side.command(stage.channel, "alice", "/briefing chery")
    await until(lambda: asked(stage))
    assert await stage.platform.bar(stage.channel) is None


def test_what_is_told_stays_as_it_is() -> None:
    told_ = {"id": "1", "type": 19, "content": "x", "author": {"id": "2", "username": "alice"}}
    shown = filled(told_, SHAPES["MESSAGE_CREATE"])
    assert isinstance(shown, dict)
    assert shown["type"] == 19
    assert shown["author"] == {
        "id": "2", "username": "alice", "discriminator": "0", "avatar": None,
    }  # fmt: skip


def test_a_session_may_begin_with_few_words_but_not_with_nonsense() -> None:
    begun: list[Any] = []

    def read(told: Any) -> None:
        begun.append((told["shard"], told["guilds"], told["user"]["avatar"]))

    parsers: dict[str, Parse] = {"READY": read, "GUILD_CREATE": read}
    forgive(parsers)
    parsers["READY"]({"user": {"id": "1"}})
    assert begun == [((0, 1), (), None)]
    parsers["GUILD_CREATE"]({})
    with pytest.raises(KeyError):
        parsers["READY"]({})


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("application/json", {"id": "1"}),
        ("application/json; charset=utf-8", {"id": "1"}),
        ("text/html; charset=utf-8", '{"id": "1"}'),
    ],
)
async def test_json_is_read_whatever_is_said_of_its_letters(kind: str, shown: object) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(body=b'{"id": "1"}', headers={"Content-Type": kind})

    served = web.Application()
    served.router.add_get("/", answer)
    runner = web.AppRunner(served)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    async with ClientSession() as session, session.get(url) as response:
        assert await json_or_text(response) == shown
    await runner.cleanup()


async def test_discord_py_reads_answers_so(stage: Stage) -> None:
    assert stage.side.state()["online"]
    assert discord.http.json_or_text is json_or_text
