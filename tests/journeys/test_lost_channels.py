"""A channel that is lost and comes back, by sockets and by signed HTTP, through the real SDK."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.app import Bot
from bot.sandbox.slack.workspace import Channel
from bot.store.rows import State
from tests.journeys.conftest import BOTH_WAYS, Town, until, words
from tests.journeys.test_owners import LINE, ordered

GENERAL = ("slack", "C0GENERAL1")


@pytest.fixture
async def bot(town: Town) -> AsyncIterator[Bot]:
    """A bot whose second channel subscribed by chat, so that it has an owner."""
    async with town.bot() as bot:
        assert "weekdays at 08:30" in await ordered(town, "slack", LINE)
        yield bot


def general(town: Town) -> Channel:
    return town.slack.workspace.channels["C0GENERAL1"]


async def is_paused(bot: Bot) -> bool:
    agreed = await bot.held.at(GENERAL)
    return agreed is not None and agreed.terms.paused_until is not None


async def until_paused(bot: Bot, *, paused: bool = True) -> None:
    async with asyncio.timeout(20):
        while await is_paused(bot) is not paused:  # noqa: ASYNC110 (it happens in the servers)
            await asyncio.sleep(0.02)


def told(town: Town) -> list[str]:
    """What alice was told directly."""
    direct = town.slack.workspace.direct("U0ALICE001")
    return [words(each.body) for each in direct.messages.values()]


@BOTH_WAYS
@pytest.mark.parametrize("how", ["archived", "removed"])
async def test_posts_pause_the_owner_hears_of_it_once_and_they_go_on(
    town: Town, bot: Bot, how: str
) -> None:
    alice, places = town.slack.workspace.person("alice"), town.slack.places
    if how == "archived":
        places.archive(general(town), alice)
    else:
        places.remove_bot(general(town))
    await until_paused(bot)
    await until(lambda: len(told(town)) == 1)
    assert "#general" in told(town)[0]
    assert how[:7] in told(town)[0] or "no longer in the channel" in told(town)[0]
    if how == "archived":
        places.unarchive(general(town), alice)
    else:
        places.invite_bot(general(town), alice)
    await until_paused(bot, paused=False)
    assert len(told(town)) == 1


async def test_a_bot_that_others_join_or_leave_loses_nothing(town: Town, bot: Bot) -> None:
    town.slack.places.rename(general(town), "everything")
    await town.slack.slack.delivery.settle()
    assert not await is_paused(bot)


async def test_a_refused_post_is_how_a_silent_loss_is_noticed(town: Town, bot: Bot) -> None:
    general(town).members.discard(town.slack.workspace.app.user)
    town.clock.move(days=4)
    await bot.scheduler.look()
    await bot.scheduler.settle()
    await until_paused(bot)
    refused = [each for each in await bot.ledger.newest(9) if each.plan.state is State.REFUSED]
    assert {each.plan.channel for each in refused} == {"C0GENERAL1"}  # a note on earlier days too
    await until(lambda: len(told(town)) == 1)
    general(town).members.add(town.slack.workspace.app.user)
