"""The inbox of a process: what a look takes up, and answers while the database is away."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.inbox import Inbox, Receiving
from bot.platforms.abilities import Reworking
from bot.platforms.desk import Keeping
from bot.platforms.port import Platform
from bot.store.inbox import LEASE, TRIES
from bot.store.inbox import Inbox as Rows
from tests.bot.test_once import Notebook
from tests.fakes import MovedClock, RecordingPlatform

EVENT = {"event_id": "Ev1", "event": {"type": "app_mention"}}


@dataclass
class Worker(RecordingPlatform):
    """A platform that works events, or breaks."""

    worked: list[Mapping[str, object]] = field(default_factory=list)
    breaks: bool = False

    async def work(self, event: Mapping[str, object]) -> None:
        self.worked.append(event)
        if self.breaks:
            raise RuntimeError("It broke.")


@pytest.fixture
def platform() -> Worker:
    return Worker("slack")


@pytest.fixture
def rows(database: AsyncEngine, clock: MovedClock) -> Rows:
    return Rows(database, clock, "gone")


@pytest.fixture
def inbox(rows: Rows, platform: Worker) -> Inbox:
    return Inbox(rows, {"slack": platform})


def test_a_desk_with_an_inbox_is_known_as_such(inbox: Inbox, platform: Worker) -> None:
    assert isinstance(Receiving(Notebook(), inbox), Keeping)
    assert not isinstance(Notebook(), Keeping)
    assert isinstance(platform, Reworking)


async def test_what_was_kept_and_not_done_is_worked_once(inbox: Inbox, platform: Worker) -> None:
    assert await inbox.keep("slack", "Ev1", EVENT)
    assert not await inbox.keep("slack", "Ev1", EVENT)
    await inbox.look()
    await inbox.look()
    assert platform.worked == [EVENT]


async def test_what_is_done_is_not_worked_again(inbox: Inbox, platform: Worker) -> None:
    await inbox.keep("slack", "Ev1", EVENT)
    await inbox.done("slack", "Ev1")
    await inbox.look()
    assert platform.worked == []


async def test_an_event_that_breaks_its_work_is_given_up_and_told(
    inbox: Inbox, platform: Worker, clock: MovedClock, caplog: pytest.LogCaptureFixture
) -> None:
    platform.breaks = True
    await inbox.keep("slack", "Ev1", EVENT)
    for _ in range(TRIES + 2):
        await inbox.look()
        clock.move(seconds=LEASE.total_seconds())
    assert len(platform.worked) == TRIES - 1
    actions = [getattr(each, "action", "") for each in caplog.records]
    assert actions.count("event.dropped") == 1
    assert await inbox.rows.is_empty()


async def test_without_its_table_events_are_worked_and_that_is_said_once(
    inbox: Inbox, database: AsyncEngine, caplog: pytest.LogCaptureFixture
) -> None:
    async with database.begin() as connection:
        await connection.execute(text("ALTER TABLE inbox RENAME TO away"))
    for number in range(3):
        assert await inbox.keep("slack", f"Ev{number}", EVENT)
        await inbox.done("slack", f"Ev{number}")
    with caplog.at_level(logging.INFO):
        await inbox.look()
        actions = [getattr(each, "action", "") for each in caplog.records]
        assert actions == ["inbox.away"]
        async with database.begin() as connection:
            await connection.execute(text("ALTER TABLE away RENAME TO inbox"))
        await inbox.look()
        await inbox.look()
    actions = [getattr(each, "action", "") for each in caplog.records]
    assert actions == ["inbox.away", "inbox.back"]
    assert await inbox.rows.is_empty()


@dataclass
class Leaving(Worker):
    """A platform that goes offline amid its first work."""

    online: dict[str, Platform] = field(default_factory=dict)

    async def work(self, event: Mapping[str, object]) -> None:
        await super().work(event)
        self.online.clear()


async def test_what_nobody_is_here_to_work_any_more_waits_for_somebody_else(
    rows: Rows, platform: Worker, clock: MovedClock
) -> None:
    leaving = Leaving("slack")
    leaving.online = {"slack": leaving}
    inbox = Inbox(rows, leaving.online)
    await inbox.keep("slack", "Ev1", EVENT)
    await inbox.keep("slack", "Ev2", EVENT)
    await inbox.look()
    assert len(leaving.worked) == 1
    clock.move(seconds=LEASE.total_seconds())
    await Inbox(rows, {"slack": platform}).look()
    assert len(platform.worked) == 1


@dataclass
class Slow(Rows):
    """Rows that are written only once somebody opens the gate."""

    rows: Rows
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.__dict__.update(self.rows.__dict__)

    async def keep(self, platform: str, key: str, event: Mapping[str, object]) -> bool:
        await self.gate.wait()
        return await super().keep(platform, key, event)


async def test_a_database_that_is_slow_to_take_an_event_does_not_let_it_be_answered_twice(
    rows: Rows, platform: Worker
) -> None:
    slow = Slow(rows)
    inbox = Inbox(slow, {"slack": platform})
    assert await inbox.keep("slack", "Ev1", EVENT)
    answered = asyncio.create_task(inbox.done("slack", "Ev1"))
    await inbox.look()
    slow.gate.set()
    await answered
    assert await rows.is_empty()  # also where this process ends before its next look
    await inbox.look()
    await inbox.look()
    assert platform.worked == []
    assert await rows.is_empty()
