"""Where people and operators see how far the reading of missed discussions has got."""

from __future__ import annotations

import asyncio

from click.testing import CliRunner
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.cli.status import status
from bot.library.index import Index
from bot.platforms.events import Ordered, Person, Place
from bot.shelf import Shelf
from bot.store.agreements import Act
from bot.store.database import open_database
from bot.store.recollections import Progress, Recollections
from bot.store.subscriptions import Subscriptions
from briefings.message import Reply
from briefings.model import Library
from tests.bot.test_desk import TERMS, desk_on
from tests.fakes import MovedClock


async def test_the_status_of_a_channel_tells_it(
    library: Library, database: AsyncEngine, held: Subscriptions, clock: MovedClock
) -> None:
    await held.agree(("slack", "C1"), TERMS, Act("U1", "subscribe"))
    store = Recollections(database, clock)
    person = Person("U1", may_manage=True, managers="nobody")
    order = Ordered("status", Place("slack", "T1", "C1"), person)
    desk = desk_on(Shelf(library, Index(library.values())), database, clock)
    for ended, tells in ((None, True), (clock.now(), False)):
        await store.note(Progress("slack", clock.now(), 100, 12, ended))
        reply = await desk.answer(order)
        assert isinstance(reply, Reply)
        assert ("12 of 100 threads" in repr(reply.message)) is tells


def test_the_command_tells_it(database_url: str) -> None:
    async def begin() -> None:
        clock = MovedClock()
        async with open_database(database_url) as database:
            store = Recollections(database, clock)
            await store.note(Progress("slack", clock.now(), 100, 12))
            await store.note(Progress("discord", clock.now(), 7, 7, clock.now()))

    asyncio.run(begin())
    told = CliRunner(env={"DATABASE_URL": database_url}).invoke(status, []).output
    assert "Discussions on slack are being read again: 12 of 100 threads so far." in told
    assert "discord" not in told
