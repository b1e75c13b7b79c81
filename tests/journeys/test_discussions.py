"""Discussions on both platforms: heard as they happen, read again after a restart, and private."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.app import Bot
from bot.platforms.slack.limits import HISTORY_PAGE
from bot.posting import post, take_order
from bot.store.agreements import Act
from bot.store.discussions import Contribution, Thread
from bot.store.recollections import Progress
from bot.store.tables import metadata
from briefings.manners import Manners
from briefings.schedule import Layout
from tests.journeys.conftest import BOTH_WAYS, PATIENCE, PLATFORMS, Town, shown, until, words
from tests.journeys.test_daily_post import posted

SECRET = "swordfish"
ACT = Act("alice", "discussions")


async def _thread(town: Town, bot: Bot, platform: str) -> Thread:
    """The thread of the day's post."""
    await posted(town, bot)
    channel = await town.channel(platform)
    (record,) = [
        each for each in await bot.ledger.newest(9) if each.plan.platform == platform
    ]  # fmt: skip
    found = await bot.works.discussions.thread(platform, channel, str(record.thread))
    assert found is not None
    return found


async def _say(town: Town, thread: Thread, person: str, text: str) -> str:
    order: dict[str, object] = {"channel": thread.channel, "person": person, "text": text}
    answer = await town.call(f"{thread.platform}/say", {**order, "thread": thread.thread})
    return str(answer["message"])


async def _kept(bot: Bot, thread: Thread) -> tuple[Contribution, ...]:
    return await bot.works.discussions.said_in(thread)


async def _until(true: Callable[[], Awaitable[bool]]) -> None:
    """As `until`, for what the database tells."""
    async with asyncio.timeout(PATIENCE):
        while not await true():  # noqa: ASYNC110 (as there)
            await asyncio.sleep(0.02)


async def everything(database: AsyncEngine) -> str:
    """All that is stored, in one text."""
    told = []
    async with database.begin() as connection:
        for table in metadata.sorted_tables:
            rows = (await connection.execute(select(table))).all()
            told += [f"{table.name} {tuple(row)!r}" for row in rows]
    return "\n".join(told)


def said_by_the_bot(town: Town, platform: str) -> str:
    """All that the bot shows in its channels and threads."""
    state: Any = (town.slack if platform == "slack" else town.discord).state()
    shown = [each for channel in state["channels"] for each in channel["messages"]]
    below = [each for one in shown for each in (one["thread"] or {}).get("messages", ())]
    ours = [each for each in (*shown, *below) if each["author"]["bot"]]
    return " ".join(words(each["body"]) for each in ours)


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_replies_are_heard_and_what_was_missed_is_read_again(
    town: Town, platform: str
) -> None:
    async with town.bot() as bot:
        thread = await _thread(town, bot, platform)
        gone = await _say(town, thread, "alice", "We sell nothing there")
        await _until(lambda: _is_kept(bot, thread, gone))
    last = await _say(town, thread, "bob", "Who asked?")
    order: dict[str, object] = {"channel": thread.channel, "message": gone, "person": "alice"}
    await town.call(f"{platform}/delete", order)
    town.clock.move(minutes=5)
    async with town.bot() as bot:
        await _until(lambda: _are_kept(bot, thread, [last]))


async def _is_kept(bot: Bot, thread: Thread, message: str) -> bool:
    return message in [each.message for each in await _kept(bot, thread)]


async def _are_kept(bot: Bot, thread: Thread, messages: list[str]) -> bool:
    return [each.message for each in await _kept(bot, thread)] == messages


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_no_text_is_stored_or_posted_that_the_channel_did_not_allow(
    town: Town, platform: str
) -> None:
    async with town.bot() as bot:
        thread = await _thread(town, bot, platform)
        spoken = f"{SECRET} https://{SECRET}.example"
        said = await _say(town, thread, "alice", spoken)
        await _until(lambda: _is_kept(bot, thread, said))
        assert SECRET not in await everything(bot.works.database)
        place = (platform, thread.channel)
        await bot.works.manners.agree(place, Manners(keeps_text=True), ACT)
        second = await _say(town, thread, "bob", f"{spoken} again")
        await _until(lambda: _is_kept(bot, thread, second))
        assert SECRET in await everything(bot.works.database)
        order: dict[str, object] = {"channel": thread.channel, "message": second, "person": "bob"}
        await town.call(f"{platform}/delete", order)
        await _until(lambda: _is_gone(bot))
        assert SECRET not in said_by_the_bot(town, platform)
        assert [each.text for each in await _kept(bot, thread)] == [None]


async def _is_gone(bot: Bot) -> bool:
    return SECRET not in await everything(bot.works.database)


@BOTH_WAYS
async def test_a_long_thread_is_read_again_within_the_narrowest_limits(town: Town) -> None:
    async with town.bot() as bot:
        thread = await _thread(town, bot, "slack")
    said = [await _say(town, thread, "bob", f"No {n}") for n in range(2 * HISTORY_PAGE)]
    town.slack.slack.distributed = True
    async with town.bot() as bot:

        async def are_read() -> bool:
            town.clock.move(seconds=1)
            return await _are_kept(bot, thread, said)

        await _until(are_read)
        (told,) = [each for each in await _progress(bot) if each.platform == "slack"]
        assert told.threads == 1
    assert _refused(town) <= 1


async def _progress(bot: Bot) -> tuple[Progress, ...]:
    return await bot.works.recollections.progress()


def _refused(town: Town) -> int:
    return town.slack.slack.rates.refused["conversations.replies"]


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_discuss_opens_a_thread_once_and_puts_parts_up_there(
    town: Town, platform: str
) -> None:
    async with town.bot():
        place = f"{platform}:{await town.channel(platform)}"
        order = await take_order(town.configuration, town.clock, place, "chery")
        await post(town.configuration, town.clock, replace(order, layout=Layout.CARD))
        (card,) = await town.messages(platform)
        told = await town.press(platform, card, "Discuss")
        await town.press(platform, card, "Discuss")
        await until(lambda: len(_below(town, platform)) == 1)
        assert "in the thread" in words(told["body"])
        assert (platform == "slack") == ("?thread_ts=" in str(told["body"]))
        assert "say which part you mean" in _below(town, platform)[0]
        section = await town.press(platform, card, "What's Next?")
        up = await town.press(platform, section, "Discuss this part")
        await until(lambda: len(_below(town, platform)) == 2)
        assert "is up for discussion" in words(up["body"])
        assert "Let's discuss: What's Next?" in _below(town, platform)[1]


def _below(town: Town, platform: str) -> list[str]:
    """What stands in the thread under the only card."""
    threads = [each["thread"] for each in shown(town, platform) if each["thread"]]
    return [words(each["body"]) for thread in threads for each in thread["messages"]]


async def test_a_reply_after_a_part_was_put_up_is_about_it(town: Town) -> None:
    async with town.bot() as bot:
        thread = await _thread(town, bot, "slack")
        first = await _say(town, thread, "alice", "Hm")
        (card,) = await town.messages("slack")
        section = await town.press("slack", card, "What's Next?")
        await town.press("slack", section, "Discuss this part")
        await until(lambda: "Let's discuss" in _below(town, "slack")[-1])
        second = await _say(town, thread, "bob", "In March")
        await _until(lambda: _are_kept(bot, thread, [first, second]))
        assert [each.section for each in await _kept(bot, thread)] == [None, 2]
