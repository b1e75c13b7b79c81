"""Channels that are lost and regained, threads that are joined, and people who are reached."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.errors import ChannelLost, PlatformError, PostRefused
from bot.platforms.discord.hearing import LOOKED_AT
from bot.platforms.discord.words import UNREAD
from bot.platforms.events import Asked, Lost, Place, Regained
from bot.sandbox.discord.guild import Archive
from bot.sandbox.discord.permissions import USUAL, Permission
from bot.sandbox.discord.setup import Setup, Spot
from bot.sandbox.discord.side import KNOCK
from bot.sandbox.discord.threads import Opening, open_alone, open_on
from bot.sandbox.faults import Fault, Kind
from tests.platforms.discord.conftest import Opens, Stage, until
from tests.platforms.discord.test_connection import actions, greetings
from tests.platforms.discord.test_detours import OF_OLD, hello

BLIND = USUAL & ~Permission.SEND_MESSAGES


async def online(open_stage: Opens, setup: Setup | None = None, **more: Any) -> Stage:
    """A bot that knows its server."""
    stage = await open_stage(setup or Setup(limited=False), **more)
    await until(lambda: stage.side.state()["online"])
    async with asyncio.timeout(5):
        while await stage.platform.called(stage.channel) == stage.channel:  # noqa: ASYNC110
            await asyncio.sleep(0.002)
    return stage


async def settled(open_stage: Opens) -> tuple[Stage, Archive]:
    """A bot that is done with arriving, which joining its thread shows; and that thread."""
    stage = await online(open_stage)
    card = await stage.platform.post(stage.here, hello(), "card")
    await stage.platform.open_thread(stage.channel, card, "Hello")
    await stage.platform.close()
    archive = stage.side.world.guild.channels[card].archive
    assert archive
    archive.members.clear()
    await stage.platform.connect(stage.desk)
    await until(lambda: stage.side.world.guild.me.id in archive.members)
    return stage, archive


def place(stage: Stage) -> Place:
    return Place("discord", stage.side.world.guild.id, stage.channel)


async def test_a_deleted_channel_is_told(open_stage: Opens) -> None:
    stage = await online(open_stage)
    stage.side.delete_channel("daily-briefing")
    await until(lambda: stage.desk.news)
    assert stage.desk.news == [Lost(place(stage), "the channel was deleted")]


async def test_a_permission_that_goes_and_comes_is_told(open_stage: Opens) -> None:
    stage = await online(open_stage)
    stage.side.grant("daily-briefing", BLIND)
    await until(lambda: stage.desk.news)
    reason = "the bot lacks Send Messages there"
    assert await stage.platform.bar(stage.channel) == reason
    stage.side.grant("daily-briefing", BLIND)  # nothing new
    stage.side.grant("daily-briefing", USUAL)
    await until(lambda: len(stage.desk.news) >= 2)
    assert stage.desk.news[0] == Lost(place(stage), reason)
    assert set(stage.desk.news[1:]) == {Regained(place(stage))}
    assert await stage.platform.bar(stage.channel) is None


async def test_a_bot_that_is_removed_and_invited_tells_it_for_each_channel_and_joins_its_threads(
    open_stage: Opens,
) -> None:
    stage, archive = await settled(open_stage)
    stage.side.leave_guild()
    await until(lambda: len(stage.desk.news) == 2)
    assert {type(each) for each in stage.desk.news} == {Lost}
    with pytest.raises(ChannelLost):
        await stage.platform.post(stage.here, hello(), "marker")
    stage.side.join_guild()
    await until(lambda: len(stage.desk.news) == 4)
    assert {type(each) for each in stage.desk.news[2:]} == {Regained}
    await stage.platform.post(stage.here, hello(), "marker")
    await until(lambda: stage.side.world.guild.me.id in archive.members)


async def test_a_post_that_cannot_go_anywhere_says_that_the_channel_is_lost(
    open_stage: Opens,
) -> None:
    stage = await open_stage(Setup(channels=(Spot("a", granted=BLIND),)))
    with pytest.raises(ChannelLost, match="Send Messages") as lost:
        await stage.platform.post(stage.here, hello(), "marker")
    assert lost.value.reason == "the bot may not post in the channel"


@pytest.mark.parametrize("granted", [0, USUAL])
async def test_a_bot_without_a_session_asks_whether_it_sees_a_channel(
    open_stage: Opens, granted: int
) -> None:
    stage = await open_stage(Setup(channels=(Spot("a", granted=granted),)), posting_only=True)
    reason = await stage.platform.bar(stage.channel)
    assert (reason is None) == bool(granted)
    assert await stage.platform.called(stage.channel) == stage.channel
    assert await stage.platform.bar("123456789012345678")
    stage.side.world.reset_token()
    with pytest.raises(PostRefused):
        await stage.platform.bar(stage.channel)


@pytest.mark.parametrize("setup", [Setup(), OF_OLD])
async def test_one_person_is_told_directly(open_stage: Opens, setup: Setup) -> None:
    stage = await open_stage(setup)
    (alice, *_) = stage.side.world.guild.people.values()
    for _ in range(2):
        await stage.platform.tell(alice.id, hello())
    (direct,) = [each for each in stage.side.world.guild.channels.values() if each.kind == 1]
    assert len(direct.messages) == 2
    with pytest.raises(PostRefused):
        await stage.platform.tell("123456789012345678", hello())


async def test_threads_about_our_posts_are_joined_and_no_others(open_stage: Opens) -> None:
    stage = await online(open_stage)
    world = stage.side.world
    (alice, *_) = world.guild.people.values()
    card = await stage.platform.post(stage.here, hello(), "marker")
    other = str((await stage.side.say(stage.channel, "alice", "Talk"))["message"])
    threads = [
        open_on(world, world.guild.message(stage.channel, each), alice, Opening("About it"))
        for each in (card, other)
    ]
    open_alone(world, stage.side.channel("general"), alice, Opening("Elsewhere"))
    ours, theirs = (each.archive for each in threads)
    assert ours
    assert theirs
    await until(lambda: world.guild.me.id in ours.members)
    await asyncio.sleep(0.05)
    assert world.guild.me.id not in theirs.members


async def test_a_thread_of_ours_is_joined_again_at_the_start(open_stage: Opens) -> None:
    stage, archive = await settled(open_stage)
    assert stage.side.world.guild.me.id in archive.members


async def test_a_thread_that_cannot_be_joined_is_logged_and_holds_up_nothing(
    open_stage: Opens, caplog: pytest.LogCaptureFixture
) -> None:
    stage = await online(open_stage)
    card = await stage.platform.post(stage.here, hello(), "card")
    world = stage.side.world
    (alice, *_) = world.guild.people.values()
    stage.side.faults.plan(Fault("PUT /channels/{channel_id}/thread-members/@me", Kind.AWAY))
    open_on(world, world.guild.message(stage.channel, card), alice, Opening("About it"))
    await until(lambda: "thread.not_joined" in actions(caplog))
    await stage.side.command(stage.channel, "alice", "/briefing chery")
    assert len(stage.desk.events) == 1


async def test_a_thread_begun_under_our_post_while_the_bot_was_away_is_joined_at_the_start(
    open_stage: Opens,
) -> None:
    stage = await online(open_stage)
    world = stage.side.world
    (alice, *_) = world.guild.people.values()
    card = await stage.platform.post(stage.here, hello(), "marker")
    other = str((await stage.side.say(stage.channel, "alice", "Talk"))["message"])
    await stage.platform.close()
    threads = [
        open_on(world, world.guild.message(stage.channel, each), alice, Opening("About it"))
        for each in (card, other)
    ]
    await stage.platform.connect(stage.desk)
    ours, theirs = (each.archive for each in threads)
    assert ours
    assert theirs
    await until(lambda: world.guild.me.id in ours.members)
    await asyncio.sleep(0.05)
    assert world.guild.me.id not in theirs.members


async def test_of_many_threads_of_others_the_newest_alone_are_looked_at(
    open_stage: Opens, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    stage = await online(open_stage)
    world = stage.side.world
    (alice, *_) = world.guild.people.values()
    await stage.platform.close()
    threads = []
    for _ in range(LOOKED_AT + 2):
        said = str((await stage.side.say(stage.channel, "alice", "Talk"))["message"])
        about = world.guild.message(stage.channel, said)
        threads.append(open_on(world, about, alice, Opening("About it")).id)
    await stage.platform.connect(stage.desk)
    await until(lambda: "thread.not_looked_at" in actions(caplog), 15)
    asked = [call.path.rpartition("/")[2] for call in stage.side.journal.calls]
    assert [each for each in asked if each in threads] == threads[:1:-1]


async def test_a_bot_named_by_its_role_says_what_it_cannot_read(open_stage: Opens) -> None:
    stage = await online(open_stage)
    await stage.side.say(stage.channel, "alice", f"<@&{stage.side.world.guild.role}> chery")
    await until(lambda: len(stage.messages()) == 2)
    assert UNREAD in str(stage.bodies()[1])
    assert stage.desk.events == []


async def test_a_bot_that_may_read_is_named_by_its_role_as_well(open_stage: Opens) -> None:
    stage = await online(open_stage, discord_message_content=True)
    await stage.side.say(stage.channel, "alice", f"<@&{stage.side.world.guild.role}> chery")
    await until(lambda: stage.desk.events)
    assert [each.text for each in stage.desk.events if isinstance(each, Asked)] == ["chery"]


async def test_talk_that_names_nobody_is_left_alone(open_stage: Opens) -> None:
    stage = await online(open_stage)
    await stage.side.say(stage.channel, "alice", "chery")
    await stage.side.say(stage.channel, "alice", "@bob chery")
    await stage.side.say(stage.channel, "alice", "@briefing chery")
    await until(lambda: stage.desk.events)
    assert len(stage.desk.events) == 1


async def test_a_message_leads_to_the_desk_with_its_words(stage: Stage) -> None:
    said = await stage.side.say(stage.channel, "bob", "What of **Chery**?")
    name = "Find a briefing about this"
    await stage.side.apply(stage.channel, "alice", str(said["message"]), name)
    assert [each.text for each in stage.desk.events if isinstance(each, Asked)] == [
        "What of Chery?"
    ]
    assert stage.messages()[1]["only_for"]


@pytest.mark.parametrize("kind", [Kind.AWAY, Kind.GARBAGE, Kind.RESET])
async def test_a_gateway_that_is_none_when_a_session_starts_again_is_tried_again(
    open_stage: Opens, kind: Kind, caplog: pytest.LogCaptureFixture
) -> None:
    stage = await open_stage()
    stage.side.faults.plan(Fault(KNOCK, kind, times=2))
    stage.side.cut(4010)
    await until(lambda: "session.ended" in actions(caplog), 15)
    await until(lambda: stage.side.state()["online"] and len(greetings(stage)) == 2, 15)
    await stage.platform.post(stage.here, hello(), "marker")


async def test_no_session_is_begun_where_discord_grants_none(open_stage: Opens) -> None:
    with pytest.raises(PlatformError, match="no new session"):
        await open_stage(Setup(identifies=0))
