"""The daily post on PostgreSQL: one setting changes, and any number of processes share the work."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace

from bot.app import Bot, open_bot
from bot.settings import Configuration
from bot.store.rows import State
from bot.works import Role
from briefings.schedule import Edition, coming_editions
from tests.journeys.conftest import PLATFORMS, UNTIL_POST, Town, words


def on(configuration: Configuration, url: str) -> Configuration:
    return replace(configuration, own=configuration.own.model_copy(update={"database_url": url}))


def editions(bot: Bot) -> list[Edition]:
    return [next(coming_editions(each, each.since))[0] for each in bot.subscriptions]


async def finished(bot: Bot) -> list[State]:
    async with asyncio.timeout(30):
        while True:
            records = [await bot.ledger.find(edition) for edition in editions(bot)]
            states = [each.plan.state for each in records if each]
            if len(states) == len(records) and set(states) == {State.SENT}:
                return states
            await asyncio.sleep(0.05)


async def posted_once(town: Town) -> None:
    for platform in PLATFORMS:
        (card,) = await town.messages(platform)
        told = [words(part["body"]) for part in card["thread"]["messages"]]
        assert len(told) == len(set(told)) >= 3


async def test_only_the_address_of_the_database_changes(town: Town, postgres_url: str) -> None:
    async with town.bot(on(town.configuration, postgres_url)) as bot:
        town.clock.move(seconds=UNTIL_POST.total_seconds())
        await bot.scheduler.look()
        await bot.scheduler.settle()
        await finished(bot)
    await posted_once(town)


async def test_processes_in_different_roles_share_the_work_and_two_of_each_are_harmless(
    town: Town, postgres_url: str
) -> None:
    configuration = on(town.configuration, postgres_url)
    roles = [
        {Role.DELIVER},
        {Role.SCHEDULE},
        {Role.SCHEDULE},
        {Role.DELIVER},
    ]
    async with AsyncExitStack() as stack:
        bots = [
            await stack.enter_async_context(open_bot(configuration, town.clock, frozenset(each)))
            for each in roles
        ]
        town.clock.move(seconds=UNTIL_POST.total_seconds())
        await asyncio.gather(*(bot.scheduler.look() for bot in bots[1:3]))
        await finished(bots[1])
    await posted_once(town)
