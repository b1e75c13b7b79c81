"""Discord's own troubles: channels that are lost, sessions that fail, events that come oddly."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest

from bot.app import Bot
from bot.sandbox.discord.permissions import USUAL, Permission
from bot.sandbox.discord.setup import Setup, Spot
from tests.journeys.conftest import Opens, Town, until, words
from tests.journeys.test_daily_post import SENT, posted
from tests.journeys.test_owners import LINE, ordered

POSTING = "POST /channels/{channel_id}/messages"
CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"


@pytest.fixture
async def bot(town: Town) -> AsyncIterator[Bot]:
    """A bot whose second channel on Discord subscribed by chat, so that it has an owner."""
    async with town.bot() as bot:
        assert "weekdays at 08:30" in await ordered(town, "discord", LINE)
        yield bot


async def until_paused(town: Town, bot: Bot, channel: str, *, paused: bool = True) -> None:
    async with asyncio.timeout(20):
        while True:
            agreed = await bot.held.at(("discord", channel))
            assert agreed is not None
            if (agreed.terms.paused_until is not None) is paused:
                return
            await asyncio.sleep(0.02)


def told(town: Town) -> list[str]:
    """What alice was told directly."""
    return [words(each.body) for each in town.discord.direct("alice").messages.values()]


def put_out(town: Town) -> Callable[[], None]:
    town.discord.leave_guild()
    return town.discord.join_guild


def silence(town: Town) -> Callable[[], None]:
    town.discord.grant("general", USUAL & ~Permission.SEND_MESSAGES)
    return lambda: town.discord.grant("general", USUAL)


def hide(town: Town) -> Callable[[], None]:
    town.discord.grant("general", Permission(0))
    return lambda: town.discord.grant("general", USUAL)


WAYS = {
    "put out": (put_out, "removed from the server"),
    "silenced": (silence, "Send Messages"),
    "hidden": (hide, "View Channel"),
}


@pytest.mark.parametrize("how", WAYS)
async def test_posts_pause_the_owner_hears_of_it_once_and_they_go_on(
    town: Town, bot: Bot, how: str
) -> None:
    lose, reason = WAYS[how]
    channel = town.discord.channel("general").id
    regain = lose(town)
    await until_paused(town, bot, channel)
    await until(lambda: len(told(town)) == 1)
    assert reason in told(town)[0]
    regain()
    await until_paused(town, bot, channel, paused=False)
    assert len(told(town)) == 1


async def test_a_channel_that_is_deleted_pauses_its_posts_for_good(town: Town, bot: Bot) -> None:
    channel = town.discord.channel("general").id
    town.discord.delete_channel("general")
    await until_paused(town, bot, channel)
    await until(lambda: len(told(town)) == 1)
    assert "deleted" in told(town)[0]
    town.discord.add_channel(Spot("general"))
    await bot.scheduler.look()
    await until_paused(town, bot, channel)


async def test_what_is_asked_while_the_session_is_away_is_answered_when_it_resumes(
    town: Town,
) -> None:
    async with town.bot():
        await town.fault("discord", "MESSAGE_CREATE", "reset")  # the event is missed, not lost
        channel = town.discord.direct("alice")
        await town.discord.say(channel.id, "alice", "chery")
        await until(lambda: len(told(town)) == 2)
        assert "Chery" in told(town)[1]
        paths = [call.path for call in town.discord.journal.calls]
        assert "RESUME" in paths
        assert paths.count("IDENTIFY") == 1


@pytest.mark.parametrize("kind", ["invalid", "reconnect", "drop", "twice"])
async def test_whatever_becomes_of_the_session_a_command_is_answered_once(
    town: Town, kind: str
) -> None:
    async with town.bot():
        await town.fault("discord", "INTERACTION_CREATE", kind)
        answer = await town.command("discord", "/briefing chery")
        assert "Chery" in words(answer["body"])
        await until(lambda: bool(town.discord.state()["online"]))
        again = await town.command("discord", "/briefing chery")
        assert "Chery" in words(again["body"])
        assert len(await town.messages("discord")) == 2


@pytest.mark.parametrize("kind", ["hang", "drop"])
async def test_whoever_got_no_answer_in_time_is_told_so_and_asks_again(
    open_town: Opens, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Discord gives up on an answer after three seconds; here it does so after one."""
    town = await open_town(Setup(answer_within=1.0))
    async with town.bot():
        await town.fault("discord", CALLBACK, kind)
        first = await town.command("discord", "/briefing chery")
        told = "Chery" if kind == "drop" else "did not respond"  # which was done, then cut
        assert told in words(first["body"])
        again = await town.command("discord", "/briefing chery")
        assert "Chery" in words(again["body"])
        assert again["only_for"]
    assert not any(each.levelname == "ERROR" for each in caplog.records)


@pytest.mark.parametrize("skip", [0, 1, 3])
async def test_a_limit_of_everything_delays_a_post_and_doubles_nothing(
    town: Town, skip: int
) -> None:
    await town.fault("discord", POSTING, "429 global", skip=skip, times=2, retry_after=1)
    async with town.bot() as bot:
        assert await posted(town, bot) == SENT
        answer = await town.command("discord", "/briefing chery")  # which no such limit holds up
        assert "Chery" in words(answer["body"])
    (card,) = [each for each in await town.messages("discord") if not each["only_for"]]
    parts = [words(each["body"]) for each in card["thread"]["messages"]]
    assert len(parts) == len(set(parts)) >= 3


async def test_whoever_brought_the_bot_along_asks_it_in_a_server_that_does_not_have_it(
    town: Town,
) -> None:
    async with town.bot():
        town.discord.leave_guild()
        before = len(list(town.discord.journal.to("/channels")))
        answer = await town.command("discord", "/briefing chery")
        assert answer["only_for"]
        section = await town.press("discord", answer, "What's Next?")
        assert section["only_for"]
        shared = await town.press("discord", answer, "Share")
        assert shared["only_for"] is None
        assert len(list(town.discord.journal.to("/channels"))) == before


async def test_an_order_that_comes_twice_is_carried_out_once(town: Town, bot: Bot) -> None:
    await town.fault("discord", "INTERACTION_CREATE", "twice")
    assert "until" in await ordered(town, "discord", "/briefings pause 2 weeks")
    await asyncio.sleep(0.1)
    assert len(await town.messages("discord", 1)) == 2


async def test_a_gateway_that_is_away_holds_up_no_post(town: Town) -> None:
    async with town.bot() as bot:
        await town.fault("discord", "GET /gateway/", "503", times=1000)
        town.discord.cut(4010)
        assert await posted(town, bot) == SENT


async def test_a_bot_in_a_storm_of_invalid_sessions_spends_few_and_can_be_stopped(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    async with asyncio.timeout(30), town.bot():
        await town.fault("discord", "IDENTIFY", "invalid", times=1000)
        town.discord.invalidate()
        await until(
            lambda: any(vars(each).get("action") == "session.waits" for each in caplog.records)
        )
    spent = [each for each in town.discord.journal.calls if each.path == "IDENTIFY"]
    assert len(spent) <= 2


@pytest.mark.parametrize("granted", [False, True])
async def test_a_channel_that_wants_words_kept_is_told_where_the_bot_cannot_read_them(
    town: Town, granted: bool
) -> None:
    rooms = town.configuration.rooms
    given = rooms["discord"].model_copy(update={"discord_message_content": granted})
    mute = replace(town.configuration, rooms={**rooms, "discord": given})
    async with town.bot(mute):
        told = await ordered(town, "discord", "/briefings discussions text:on")
        assert ("I cannot read replies here" in told) is not granted
        assert "I cannot read" not in await ordered(
            town, "discord", "/briefings discussions text:off"
        )
        assert "I cannot read" not in await ordered(town, "slack", "/briefings discussions text:on")


@pytest.mark.parametrize("what", ["thread", "channel"])
@pytest.mark.parametrize("away", [False, True])
async def test_what_was_said_in_what_is_deleted_is_kept_no_longer(
    town: Town, what: str, away: bool
) -> None:
    async with town.bot() as bot:
        assert await posted(town, bot) == SENT
        channel, thread = await say_something(town)
        await until_kept(bot, channel, thread, 1)
        if not away:
            town.discord.delete_channel(thread if what == "thread" else channel)
            await until_kept(bot, channel, thread, 0)
            return
    town.discord.delete_channel(thread if what == "thread" else channel)
    town.clock.move(minutes=5)
    async with town.bot() as bot:
        await until_kept(bot, channel, thread, 0)


async def say_something(town: Town) -> tuple[str, str]:
    """Somebody says something in the day's thread: its channel and itself."""
    (card,) = await town.messages("discord")
    channel, thread = await town.channel("discord"), str(card["thread"]["id"])
    order: dict[str, object] = {"channel": channel, "person": "alice", "text": "First"}
    await town.call("discord/say", {**order, "thread": thread})
    return channel, thread


async def until_kept(bot: Bot, channel: str, thread: str, count: int) -> None:
    discussions = bot.works.discussions
    async with asyncio.timeout(20):
        while True:
            found = await discussions.thread("discord", channel, thread)
            if found and len(await discussions.said_in(found)) == count:
                return
            await asyncio.sleep(0.02)
