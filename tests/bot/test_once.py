"""Events that are heard twice: what they change is changed once, whoever hears them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import StoreError
from bot.once import Once
from bot.platforms.desk import Answer, Completion, Repeated
from bot.platforms.events import (
    Asked,
    Event,
    News,
    Ordered,
    Person,
    Place,
    Pressed,
    Regained,
    Submitted,
    Visited,
)
from bot.platforms.talk import Talk
from bot.store.database import open_database
from bot.store.heard import KEPT, Heard
from briefings.home import compose_broken_home
from briefings.intents import Discuss, OpenForm, Share
from briefings.message import Home, Message, Reply
from briefings.model import BriefingId
from tests.bot.conftest import on
from tests.fakes import MovedClock

HERE = Place("slack", "T1", "C1")
ALICE = Person("U1", may_manage=True, managers="members")
PAUSE = Ordered("pause 2 weeks", HERE, ALICE, "event-1")
ANSWER = Reply(Message("Paused", ()))
HOME = compose_broken_home()
CHERY = BriefingId("chery")


@dataclass
class Notebook:
    """A desk that writes down what comes to it."""

    came: list[object] = field(default_factory=list)

    async def answer(self, event: Event) -> Answer:
        self.came.append(event)
        return ANSWER

    def complete(self, text: str) -> tuple[Completion, ...]:
        return (Completion(text, text),)

    async def home(self, visit: Visited) -> Home:
        self.came.append(visit)
        return HOME

    async def hear(self, news: News) -> None:
        self.came.append(news)

    async def listen(self, talk: Talk) -> None:
        self.came.append(talk)


class Oblivious:
    """A memory whose database is away."""

    async def is_first(self, platform: str, key: str) -> bool:
        raise StoreError(f"{platform} {key} is not remembered: the database does not answer.")


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    async with open_database(on(request.param, request, tmp_path)) as engine:
        yield engine


async def test_of_many_who_hear_an_event_at_once_one_carries_it_out(
    database: AsyncEngine, clock: MovedClock
) -> None:
    desk = Notebook()
    hearers = [Once(desk, Heard(database, clock)) for _ in range(5)]
    answers = await asyncio.gather(*(each.answer(PAUSE) for each in hearers))
    assert desk.came == [PAUSE]
    assert answers.count(ANSWER) == 1
    others = [each for each in answers if each is not ANSWER]
    assert all(isinstance(each, Repeated) for each in others)


async def test_the_same_words_in_another_event_are_carried_out_again(
    database: AsyncEngine, clock: MovedClock
) -> None:
    desk = Notebook()
    once = Once(desk, Heard(database, clock))
    for event in (PAUSE, replace(PAUSE, key="event-2"), replace(PAUSE, place=DISCORD)):
        assert await once.answer(event) == ANSWER


DISCORD = replace(HERE, platform="discord")


async def test_an_event_is_remembered_for_a_day_across_restarts(
    database: AsyncEngine, clock: MovedClock
) -> None:
    assert await Heard(database, clock).is_first("slack", "event-1")
    clock.move(seconds=KEPT.total_seconds())
    assert not await Heard(database, clock).is_first("slack", "event-1")
    clock.move(seconds=1)
    assert await Heard(database, clock).is_first("slack", "event-1")


@pytest.mark.parametrize(
    "event",
    [
        Submitted(None, {}, HERE, ALICE, key="event-1"),
        Pressed(Share(CHERY), HERE, "U1", "event-1"),
        Ordered("unsubscribe", HERE, ALICE, "event-1"),
        Ordered("nonsense", HERE, ALICE, "event-1"),
    ],
)
async def test_whatever_may_change_something_is_done_once(
    database: AsyncEngine, clock: MovedClock, event: Event
) -> None:
    once = Once(Notebook(), Heard(database, clock))
    assert await once.answer(event) == ANSWER
    assert isinstance(await once.answer(event), Repeated)


@pytest.mark.parametrize(
    "event",
    [
        Asked("chery", HERE, "U1", "event-1"),
        Pressed(None, HERE, "U1", "event-1"),
        Pressed(Discuss(CHERY), HERE, "U1", "event-1"),
        Pressed(OpenForm("when"), HERE, "U1", "event-1"),
        Ordered(" List ", HERE, ALICE, "event-1"),
        Ordered("", HERE, ALICE, "event-1"),
        replace(PAUSE, key=""),
    ],
)
async def test_looks_and_events_without_a_name_are_always_answered(event: Event) -> None:
    once = Once(Notebook(), Oblivious())
    assert await once.answer(event) == ANSWER
    assert await once.answer(event) == ANSWER


async def test_without_a_database_the_desk_answers_for_itself() -> None:
    assert await Once(Notebook(), Oblivious()).answer(PAUSE) == ANSWER


async def test_all_else_goes_straight_to_the_desk() -> None:
    desk = Notebook()
    once = Once(desk, Oblivious())
    visit, news = Visited(HERE, ALICE), Regained(HERE)
    assert await once.home(visit) == HOME
    await once.hear(news)
    assert once.complete("che") == (Completion("che", "che"),)
    assert desk.came == [visit, news]
