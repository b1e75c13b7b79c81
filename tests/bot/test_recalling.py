"""What was said while nobody listened is read again: page by page, and within the limits."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery.pace import Pace
from bot.errors import PostDelayed, PostRefused, PostUnknown
from bot.platforms.abilities import Recalled
from bot.platforms.events import Place
from bot.platforms.port import CAREFUL, Address
from bot.platforms.talk import Missed, Reacted, Said
from bot.recalling import Recollection
from bot.store.recollections import Progress, Recollections
from bot.store.sayings import Thread
from bot.store.talks import discussion, reaction
from tests.bot.talking import NOON, THREAD, Town, said
from tests.fakes import RecordingPlatform


@dataclass
class Remembering(RecordingPlatform):
    """A platform that tells what stands in its threads, so many messages a call."""

    page: int = 2
    standing: dict[str, list[Said]] = field(default_factory=dict)
    signs: dict[str, Mapping[str, int]] = field(default_factory=dict)
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    sorrows: list[Exception] = field(default_factory=list)

    async def recall(self, at: Address, more: str | None = None) -> Recalled:
        self.asked.append((str(at.thread), more))
        if self.sorrows:
            raise self.sorrows.pop(0)
        every = self.standing.get(str(at.thread), [])
        first = next((n for n, each in enumerate(every, 1) if each.message == more), 0)
        told = every[first : first + self.page]
        more = told[-1].message if len(every) > first + self.page else None
        return Recalled(tuple(told), {e.message: self.signs.get(e.message, {}) for e in told}, more)


@dataclass
class Lanes:
    taken: bool = False

    async def hold(self, lane: str) -> bool:
        return not self.taken

    async def release(self, lane: str) -> None:
        return


@dataclass
class Reader:
    """Who reads again, and what the platform would tell."""

    town: Town
    platform: Remembering
    reading: Recollection

    async def look(self, times: int = 12, seconds: float = 1) -> None:
        for _ in range(times):
            await self.reading.look()
            self.town.clock.move(seconds=seconds)

    async def kept(self, thread: Thread = THREAD) -> list[str]:
        return [each.message for each in await self.town.discussions.said_in(thread)]

    async def progress(self) -> Sequence[Progress]:
        return await self.reading.recollections.progress()


def _reader(town: Town, platform: Remembering) -> Reader:
    store = Recollections(town.database, town.clock)
    pace = Pace(town.clock, CAREFUL)
    online = {"slack": platform}
    reading = Recollection(
        town.listening, store, Lanes(), online, lambda _: pace, town.clock
    )  # fmt: skip
    return Reader(town, platform, reading)


@pytest.fixture
async def reader(database: AsyncEngine) -> Reader:
    town = Town.of(database)
    await town.post()
    town.clock.move(hours=1)
    return _reader(town, Remembering())


async def test_what_was_missed_is_there_after_the_start(reader: Reader) -> None:
    reader.platform.standing["17.0"] = [said(number) for number in range(1, 6)]
    await reader.look()
    assert await reader.kept() == [f"17.{number}" for number in range(1, 6)]
    assert [more for _, more in reader.platform.asked] == [None, "17.2", "17.4"]


async def test_what_was_deleted_meanwhile_is_gone(reader: Reader) -> None:
    for number in range(1, 8):
        await reader.town.listening.listen(said(number))
    reader.platform.standing["17.0"] = [said(number) for number in (2, 3, 5)]
    await reader.look()
    assert await reader.kept() == ["17.2", "17.3", "17.5"]


async def test_two_messages_of_one_moment_on_two_pages_both_stay(reader: Reader) -> None:
    twins = [said(1), *(replace(said(number), at=said(2).at) for number in (2, 3)), said(4)]
    for each in twins:
        await reader.town.listening.listen(each)
    reader.platform.standing["17.0"] = twins
    await reader.look()
    assert await reader.kept() == ["17.1", "17.2", "17.3", "17.4"]


async def test_what_was_said_a_moment_ago_is_not_taken_for_deleted(reader: Reader) -> None:
    just = replace(said(1), message="17.99", at=reader.town.clock.now() - timedelta(seconds=30))
    await reader.town.listening.listen(just)
    await reader.look()
    assert await reader.kept() == ["17.99"]


async def test_signs_are_as_many_as_the_platform_counts(reader: Reader) -> None:
    await reader.town.listening.listen(said(1))
    for person, sign in (("U7", "tada"), ("U8", "eyes")):
        await reader.town.listening.listen(Reacted(said(1).place, "17.1", person, sign))
    reader.platform.standing["17.0"] = [said(1)]
    reader.platform.signs["17.1"] = {"tada": 3}
    await reader.look()
    async with reader.town.database.begin() as connection:
        rows = (await connection.execute(select(reaction))).all()
    assert sorted((row.sign, row.person, row._mapping["count"]) for row in rows) == [
        ("tada", "", 2),
        ("tada", "U7", 1),
    ]
    await reader.town.listening.listen(Reacted(said(1).place, "17.1", "U9", "tada", away=True))
    async with reader.town.database.begin() as connection:
        counted = (await connection.execute(select(reaction).filter_by(person=""))).one()
    assert counted._mapping["count"] == 1


async def test_a_sign_that_is_counted_before_it_is_told_of_counts_once(reader: Reader) -> None:
    just = replace(said(1), message="17.99", at=reader.town.clock.now() - timedelta(seconds=30))
    await reader.town.listening.listen(just)
    reader.platform.standing["17.0"] = [just]
    reader.platform.signs["17.99"] = {"tada": 1}
    await reader.look()
    await reader.town.listening.listen(Reacted(just.place, "17.99", "U7", "tada"))
    async with reader.town.database.begin() as connection:
        (row,) = (await connection.execute(select(reaction))).all()
    assert (row.person, row._mapping["count"]) == ("U7", 1)


async def test_the_newest_threads_are_read_first_and_each_once_a_day(reader: Reader) -> None:
    for number in range(1, 4):
        older = replace(THREAD, thread=f"{number}.0", channel=f"C{number}")
        await reader.town.post(older, NOON - timedelta(days=number))
    await reader.look()
    assert [thread for thread, _ in reader.platform.asked] == ["17.0", "1.0", "2.0", "3.0"]
    reader.town.clock.move(days=1)
    await reader.look()
    assert len(reader.platform.asked) == 8


async def test_posts_of_long_ago_are_left_alone_where_nothing_is_kept(reader: Reader) -> None:
    old = replace(THREAD, thread="3.0", channel="C3")
    await reader.town.post(old, NOON - timedelta(days=20))
    await reader.look()
    assert [thread for thread, _ in reader.platform.asked] == ["17.0"]
    place = Place("slack", "T1", "C3", "3.0")
    await reader.town.listening.listen(replace(said(1), place=place))
    reader.town.clock.move(days=1)
    await reader.look()
    assert "3.0" in [thread for thread, _ in reader.platform.asked]


async def test_a_cut_connection_has_everything_read_again(reader: Reader) -> None:
    await reader.look()
    await reader.town.listening.listen(Missed(Place("slack", "T1", "")))
    await reader.look()
    assert len(reader.platform.asked) == 2


async def test_a_platform_that_wants_a_pause_gets_it_between_all_calls(reader: Reader) -> None:
    reader.platform.standing["17.0"] = [said(number) for number in range(1, 8)]
    reader.platform.sorrows = [PostDelayed("Slow down.", 60, limited=True)]
    await reader.look(times=11, seconds=20)
    assert len(reader.platform.asked) == 4
    assert await reader.kept() == [f"17.{number}" for number in range(1, 7)]


async def test_a_thread_that_is_refused_holds_up_no_other(reader: Reader) -> None:
    await reader.town.post(replace(THREAD, thread="1.0", channel="C2"), NOON - timedelta(days=1))
    reader.platform.sorrows = [PostRefused("Gone.")]
    await reader.look()
    assert [thread for thread, _ in reader.platform.asked] == ["17.0", "1.0"]
    assert [each.read for each in await reader.progress()] == [2]


async def test_a_page_that_does_not_come_is_asked_for_three_times(reader: Reader) -> None:
    reader.platform.sorrows = [PostUnknown("Who knows?")] * 3
    await reader.look(times=20, seconds=20)
    assert reader.platform.asked == [("17.0", None)] * 3


async def test_a_page_that_cannot_be_read_holds_up_no_other(reader: Reader) -> None:
    await reader.town.post(replace(THREAD, thread="1.0", channel="C2"), NOON - timedelta(days=1))
    reader.platform.sorrows = [KeyError("id"), TypeError("id"), ValueError("id")]
    await reader.look(times=20, seconds=20)
    assert [thread for thread, _ in reader.platform.asked] == ["17.0"] * 3 + ["1.0"]


@dataclass
class Pageless(Remembering):
    """A platform that tells the first page whichever is asked for, and that there is more."""

    async def recall(self, at: Address, more: str | None = None) -> Recalled:
        return replace(await super().recall(at, None), more="next")


async def test_a_server_that_knows_no_pages_is_not_read_for_ever(reader: Reader) -> None:
    platform = Pageless(standing={"17.0": [said(1), said(2), said(3)]})
    endless = _reader(reader.town, platform)
    await endless.look()
    assert len(platform.asked) == 2
    assert await endless.kept() == ["17.1", "17.2"]


async def test_a_restart_goes_on_where_it_was_and_then_reads_from_the_start(reader: Reader) -> None:
    for number in range(1, 7):
        await reader.town.listening.listen(said(number))
    reader.platform.standing["17.0"] = [said(number) for number in (1, 2, 4, 5, 6)]
    await reader.look(times=2)
    async with reader.town.database.begin() as connection:
        assert (await connection.execute(select(discussion.c.read_to))).scalar_one() == "17.2"
    again = _reader(reader.town, reader.platform)
    reader.platform.asked.clear()
    del reader.platform.standing["17.0"][0]
    await again.look()
    assert [more for _, more in reader.platform.asked][:3] == ["17.2", "17.5", None]
    assert await again.kept() == ["17.2", "17.4", "17.5", "17.6"]


async def test_one_process_at_a_time_reads(reader: Reader) -> None:
    reader.reading.lanes = Lanes(taken=True)
    await reader.look()
    assert reader.platform.asked == []


async def test_progress_is_written_down_and_told(
    reader: Reader, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for number in range(1, 100):
        thread = replace(THREAD, thread=f"{number}.0", channel=f"C{number}")
        await reader.town.post(thread, NOON - timedelta(minutes=number))
    await reader.look(times=51)
    (told,) = await reader.progress()
    assert (told.threads, told.read, told.ended_at) == (100, 50, None)
    assert "Threads of slack are read again: 50 of 100." in caplog.text
    await reader.look(times=55)
    (told,) = await reader.progress()
    assert (told.read, told.ended_at is None) == (100, False)
    assert len(reader.platform.asked) == 100
