"""The day's briefing, from the hour to the thread, on both platforms, through the real SDKs."""

from __future__ import annotations

import pytest

from bot.app import Bot
from bot.store.rows import State
from briefings.schedule import Edition, coming_editions
from tests.journeys.conftest import PLATFORMS, UNTIL_POST, Town, until, words

SEND = {"slack": "chat.postMessage", "discord": "POST /channels/{channel_id}/messages"}


def editions(bot: Bot) -> list[Edition]:
    return [next(coming_editions(each, each.since))[0] for each in bot.subscriptions]


async def posted(town: Town, bot: Bot) -> list[tuple[str, State]]:
    """What became of today's editions, once their hour came and nothing is open any more."""
    town.clock.move(seconds=UNTIL_POST.total_seconds())
    await bot.scheduler.look()
    await bot.scheduler.settle()
    records = [await bot.ledger.find(edition) for edition in editions(bot)]
    return sorted(((each.plan.platform, each.plan.state) for each in records if each), reverse=True)


SENT = [("slack", State.SENT), ("discord", State.SENT)]


async def test_both_platforms_get_the_card_and_the_parts_in_its_thread(town: Town) -> None:
    async with town.bot() as bot:
        assert await posted(town, bot) == SENT
        for platform in PLATFORMS:
            (card,) = await town.messages(platform)
            parts = card["thread"]["messages"]
            assert len(parts) >= 3
            told = words([card["body"], *(part["body"] for part in parts)])
            assert not card["only_for"]
            assert "Discuss" in told
        state = await town.state("slack")
        assert state["online"]


async def test_a_restart_does_not_post_twice(town: Town) -> None:
    async with town.bot() as bot:
        await posted(town, bot)
    async with town.bot() as bot:
        await bot.scheduler.look()
        await bot.scheduler.settle()
        assert await posted(town, bot) == SENT
    for platform in PLATFORMS:
        assert len(await town.messages(platform)) == 1


@pytest.mark.parametrize("kind", ["429", "500", "503", "drop", "reset", "garbage"])
async def test_whatever_happens_to_a_send_it_arrives_once(town: Town, kind: str) -> None:
    for platform in PLATFORMS:
        await town.fault(platform, SEND[platform], kind, skip=1, retry_after=1)
    async with town.bot() as bot:
        assert await posted(town, bot) == SENT
    for platform in PLATFORMS:
        (card,) = await town.messages(platform)
        told = [words(part["body"]) for part in card["thread"]["messages"]]
        assert len(told) == len(set(told)) >= 3


async def test_a_channel_that_does_not_exist_is_named_and_the_others_get_their_post(
    town: Town,
) -> None:
    slack = town.configuration.rooms["slack"]
    rooms = {
        **town.configuration.rooms,
        "slack": slack.model_copy(update={"slack_channels": ("C0NOWHERE1", *slack.channels)}),
    }
    broken = type(town.configuration)(town.configuration.own, rooms)
    async with town.bot(broken) as bot:
        slack, discord = SENT
        assert await posted(town, bot) == [slack, ("slack", State.REFUSED), discord]
        (refused,) = [
            each for each in await bot.ledger.newest(9) if each.plan.state is State.REFUSED
        ]
        assert "C0NOWHERE1" in str(refused.plan.reason)


@pytest.mark.parametrize(
    ("platform", "on"), [("slack", "auth.test"), ("discord", "GET /users/@me")]
)
async def test_a_platform_that_is_away_at_the_start_joins_when_it_is_back(
    town: Town, platform: str, on: str
) -> None:
    await town.fault(platform, on, "503", times=2)
    async with town.bot() as bot:
        await until(lambda: set(bot.platforms) == set(PLATFORMS))
        assert sorted(await posted(town, bot)) == sorted(SENT)


async def test_nothing_in_a_post_is_live(town: Town) -> None:
    async with town.bot() as bot:
        await posted(town, bot)
    for platform in PLATFORMS:
        state = await town.state(platform)
        assert not state.get("limited")
        (card,) = await town.messages(platform)
        for message in (card, *card["thread"]["messages"]):
            assert message["live"] == []


async def test_posts_come_back_after_the_socket_was_cut(town: Town) -> None:
    async with town.bot() as bot:
        await posted(town, bot)
        town.discord.cut()
        await until(lambda: bool(town.discord.state()["online"]))
        answer = await town.command("discord", "/briefing chery")
        assert "Chery" in words(answer["body"])
