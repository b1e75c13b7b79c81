"""The way to the desk: one person's flood is theirs alone, and nothing that was written is lost."""

from __future__ import annotations

import logging

import pytest

from bot.entrance import Turnstile
from bot.platforms.desk import Answer
from bot.platforms.events import Asked, Event, Person, Place, Submitted
from briefings.message import Reply
from tests.bot.test_once import ANSWER, HOME, Notebook
from tests.fakes import MovedClock

HERE = Place("slack", "T1", "C1")
LIMIT = 5


def ask(person: str = "U1", place: Place = HERE) -> Asked:
    return Asked("chery", place, person)


def told(answer: Answer) -> str:
    assert isinstance(answer, Reply)
    return answer.message.title


async def flood(door: Turnstile, event: Event, times: int) -> list[str]:
    return [told(await door.answer(event)) for _ in range(times)]


async def test_whoever_sends_too_much_is_asked_to_wait_and_others_are_not() -> None:
    clock, book = MovedClock(), Notebook()
    door = Turnstile(book, clock, LIMIT)
    said = await flood(door, ask(), LIMIT + 3)
    assert said == ["Paused"] * LIMIT + ["One moment, please"] * 3
    assert len(book.came) == LIMIT
    for other in (
        ask("U2"),
        ask(place=Place("slack", "T2", "C1")),
        ask(place=Place("d", "1", "2")),
    ):
        assert await flood(door, other, 1) == ["Paused"]
    clock.move(seconds=60 / LIMIT)
    assert await flood(door, ask(), 2) == ["Paused", "One moment, please"]


async def test_what_somebody_filled_in_is_never_sent_back() -> None:
    book = Notebook()
    door = Turnstile(book, MovedClock(), LIMIT)
    await flood(door, ask(), LIMIT + 1)
    form = Submitted(None, {}, HERE, Person("U1", may_manage=True, managers=""))
    assert await door.answer(form) == ANSWER
    assert book.came[-1] == form


async def test_a_flood_is_written_down_once(caplog: pytest.LogCaptureFixture) -> None:
    clock = MovedClock()
    door = Turnstile(Notebook(), clock, LIMIT)
    with caplog.at_level(logging.WARNING):
        await flood(door, ask(), 50)
        assert len(caplog.records) == 1
        clock.move(seconds=60)
        await flood(door, ask(), 50)
        assert len(caplog.records) == 2


async def test_whoever_asked_longest_ago_is_forgotten_first() -> None:
    door = Turnstile(Notebook(), MovedClock(), LIMIT, people=2)
    await flood(door, ask("U1"), LIMIT + 1)
    await flood(door, ask("U2"), 1)
    assert await flood(door, ask("U1"), 1) == ["One moment, please"]
    await flood(door, ask("U3"), 1)
    await flood(door, ask("U4"), 1)
    assert await flood(door, ask("U1"), 1) == ["Paused"]


async def test_all_else_goes_to_the_desk() -> None:
    door = Turnstile(Notebook(), MovedClock(), LIMIT)
    assert [each.text for each in door.complete("che")] == ["che"]
    assert await door.home(object()) == HOME  # type: ignore[arg-type]
