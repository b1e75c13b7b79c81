"""Looking up in a place: what is meant there, and where it was posted before."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import PostRefused
from bot.library.index import Index
from bot.lookup import LookUp
from bot.platforms.events import Place
from bot.platforms.port import Address
from bot.shelf import Shelf
from bot.store.database import open_database
from bot.store.ledger import Ledger
from bot.store.past import PastPosts
from bot.store.rows import Draft, Plan
from bot.store.states import State
from briefings.blocks import spans_in, text_of
from briefings.message import Actions, Menu, Message, Note
from briefings.model import BriefingId, Entry
from briefings.schedule import Edition, SubscriptionId
from tests.bot.conftest import on
from tests.bot.library.makers import entry
from tests.fakes import MovedClock, RecordingPlatform

HERE = Place("slack", "T1", "C1")
TODAY = date(2026, 11, 23)


def dated(name: str, title: str, day: str, *topics: str) -> Entry:
    made = entry(name, title, f"All about {title}.", topics)
    return replace(made, briefing=replace(made.briefing, date=date.fromisoformat(day)))


LIBRARY = {
    each.id: each
    for each in (
        dated("buses", "Electric Buses", "2026-11-17", "Mobility"),
        dated("trams", "Electric Trams", "2026-11-18", "Mobility"),
        dated("today", "Yesterday", "2026-11-02"),
        dated("cables", "Undersea Cables", "2026-10-01"),
    )
}


class SlowPlatform(RecordingPlatform):
    """A platform that never says where a message is."""

    async def link(self, at: Address, message: str) -> str | None:
        await asyncio.sleep(3600)
        return None


class DeadPlatform(RecordingPlatform):
    """A platform that refuses to say where a message is."""

    async def link(self, at: Address, message: str) -> str | None:
        raise PostRefused("Channel C1 is unknown.")


@dataclass
class Desk:
    """A place to ask, with a memory."""

    database: AsyncEngine
    clock: MovedClock
    days_asked: int = 0

    async def today(self, place: Place) -> date:
        self.days_asked += 1
        return TODAY

    def lookup(self, platforms: Mapping[str, RecordingPlatform]) -> LookUp:
        shelf = Shelf(LIBRARY, Index(LIBRARY.values()))
        return LookUp(shelf, PastPosts(self.database), platforms, self.today)

    async def post(self, briefing: str, day: int, state: State = State.SENT) -> None:
        """Let a card of the briefing stand in the channel since some day of November."""
        ledger = Ledger(self.database, self.clock)
        edition = Edition(SubscriptionId("slack/C1"), date(2026, 11, day))
        plan = Plan(edition, "slack", "C1", datetime(2026, 11, day, 9, tzinfo=UTC))
        marker = f"{briefing}-{day}"
        await ledger.claim(replace(plan, briefing=BriefingId(briefing)), [Draft(marker, {})])
        (card,) = await ledger.messages(edition)
        card = await ledger.mark(card, State.SENDING)
        await ledger.mark(card, state, platform_id=f"id-{marker}")


@pytest.fixture(params=["sqlite", "postgresql"])
async def desk(
    request: pytest.FixtureRequest, tmp_path: Path, clock: MovedClock
) -> AsyncIterator[Desk]:
    async with open_database(on(request.param, request, tmp_path)) as engine:
        yield Desk(engine, clock)


def told(message: Message) -> str:
    """Every word of a message but those of its buttons."""
    said = [message.title]
    for part in message.blocks:
        match part:
            case Note(spans):
                said.append(text_of(spans))
            case Actions() | Menu():
                continue
            case _:
                said.append(text_of(spans_in([part])))
    return " ".join(said)


async def test_a_topic_and_days_are_browsed(desk: Desk) -> None:
    lookup = desk.lookup({"slack": RecordingPlatform()})
    topic = told(await lookup.answer("topic:mobility", 0, HERE))
    assert topic.startswith("Briefings on mobility")
    week = told(await lookup.answer("last week", 0, HERE))
    assert "Electric Trams" in week
    assert "Electric Buses" in week
    assert "Undersea Cables" not in week
    assert (await lookup.answer("2026-10", 0, HERE)).title == "Undersea Cables"


async def test_which_day_it_is_matters_to_days_alone(desk: Desk) -> None:
    lookup = desk.lookup({"slack": RecordingPlatform()})
    await lookup.answer("buses", 0, HERE)
    assert desk.days_asked == 0
    await lookup.answer("last week", 0, HERE)
    assert desk.days_asked == 1


async def test_a_name_is_meant_before_days(desk: Desk) -> None:
    lookup = desk.lookup({"slack": RecordingPlatform()})
    assert (await lookup.answer("yesterday", 0, HERE)).title == "Yesterday"


async def test_a_topic_that_nobody_has_leads_to_near_ones(desk: Desk) -> None:
    answer = await desk.lookup({}).answer("topic:mobilty", 0, HERE)
    assert "Did you mean" in told(answer)


async def test_days_without_a_briefing_say_so(desk: Desk) -> None:
    answer = await desk.lookup({}).answer("2020-01", 0, HERE)
    assert "No briefing is there." in told(answer)


async def test_the_newest_card_of_a_briefing_is_linked(desk: Desk) -> None:
    await desk.post("buses", 20)
    await desk.post("buses", 21)
    lookup = desk.lookup({"slack": RecordingPlatform()})
    answer = await lookup.answer("electric buses", 0, HERE)
    note = answer.blocks[-1]
    assert isinstance(note, Note)
    (span,) = note.spans
    assert span.text == "Posted here on Sat 21 Nov 2026"
    assert span.link == "https://example.org/C1/id-buses-21"


async def test_a_choice_says_which_were_posted(desk: Desk) -> None:
    await desk.post("trams", 20)
    answer = await desk.lookup({"slack": RecordingPlatform()}).answer("electric", 0, HERE)
    assert told(answer).count("posted here on Fri 20 Nov 2026") == 1


async def test_a_card_that_does_not_stand_and_other_channels_are_not_told(desk: Desk) -> None:
    await desk.post("buses", 20, State.REFUSED)
    await desk.post("trams", 21)
    lookup = desk.lookup({"slack": RecordingPlatform()})
    assert "osted here" not in told(await lookup.answer("electric buses", 0, HERE))
    elsewhere = replace(HERE, channel="C2")
    assert "osted here" not in told(await lookup.answer("electric trams", 0, elsewhere))


async def test_a_link_is_asked_for_once(desk: Desk) -> None:
    await desk.post("buses", 20)
    platforms = {"slack": RecordingPlatform()}
    lookup = desk.lookup(platforms)
    first = await lookup.answer("electric buses", 0, HERE)
    platforms.clear()
    assert await lookup.answer("electric buses", 0, HERE) == first


@pytest.mark.parametrize("kind", [SlowPlatform, DeadPlatform])
async def test_no_link_is_better_than_a_late_answer(
    desk: Desk, kind: type[RecordingPlatform]
) -> None:
    await desk.post("buses", 20)
    async with asyncio.timeout(5):
        answer = await desk.lookup({"slack": kind()}).answer("electric buses", 0, HERE)
    assert answer.title == "Electric Buses"


async def test_an_empty_library_says_how_to_fill_it(desk: Desk) -> None:
    lookup = LookUp(Shelf({}, Index()), PastPosts(desk.database), {}, desk.today)
    for query in ("wombats", "last week", "topic:mobility"):
        assert "The library is empty: put documents" in told(await lookup.answer(query, 0, HERE))
