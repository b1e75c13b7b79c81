"""The desk: what it answers to every kind of event, and that it always answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels import Channels
from bot.desk import FrontDesk
from bot.library.index import Index
from bot.lookup import LookUp
from bot.owners import OwnersDesk
from bot.platforms.port import Answer, Asked, Place, Pressed
from bot.shelf import Shelf
from bot.store.agreements import Act
from bot.store.ledger import Ledger
from bot.store.past import PastPosts
from bot.store.rows import Plan
from bot.store.subscriptions import Subscriptions
from bot.today import Today
from briefings.answers import PAGE
from briefings.blocks import List
from briefings.intents import (
    Discuss,
    Intent,
    MoreResults,
    MoreSections,
    OpenBriefing,
    OpenSection,
    Share,
)
from briefings.message import Audience, Message, Reply
from briefings.model import BriefingId, Entry, Library
from briefings.schedule import Edition, SubscriptionId
from briefings.search import Results
from briefings.terms import Terms
from tests.bot.conftest import entry
from tests.fakes import MovedClock, RecordingPlatform

HERE = Place("slack", "T1", "C1")
ELSEWHERE = Place("slack", "T1", "C9")
NEWER = BriefingId("newer")
TERMS = Terms((time(9),), ZoneInfo("UTC"))
NAME = SubscriptionId("slack/C1")


def desk_over(library: Library, database: AsyncEngine, clock: MovedClock) -> FrontDesk:
    return desk_on(Shelf(library, Index(library.values())), database, clock)


def desk_on(shelf: Shelf, database: AsyncEngine, clock: MovedClock) -> FrontDesk:
    def library() -> Library:
        return shelf.library

    held, ledger = Subscriptions(database, clock), Ledger(database, clock)
    today = Today(held, ledger, library, TERMS, clock)
    owners = OwnersDesk(held, Channels(held, ledger, today, library), shelf, TERMS, clock)
    platforms = {"slack": RecordingPlatform()}
    lookup = LookUp(shelf, PastPosts(database), platforms, today.day)
    return FrontDesk(shelf, lookup, ledger, today, owners, platforms)


@pytest.fixture
async def desk(
    library: Library, database: AsyncEngine, held: Subscriptions, clock: MovedClock
) -> FrontDesk:
    await held.agree(("slack", "C1"), TERMS, Act("U1", "subscribe"))
    return desk_over(library, database, clock)


def shelved(*entries: Entry) -> dict[BriefingId, Entry]:
    return {each.id: each for each in entries}


async def said(desk: FrontDesk, text: str, place: Place = HERE) -> Message:
    return as_reply(await desk.answer(Asked(text, place, "U1"))).message


def as_reply(answer: Answer) -> Reply:
    assert isinstance(answer, Reply)
    return answer


async def pressed(desk: FrontDesk, intent: Intent | None, place: Place = HERE) -> Reply:
    return as_reply(await desk.answer(Pressed(intent, place, "U1")))


async def claim(ledger: Ledger, day: date, briefing: str) -> Edition:
    edition = Edition(NAME, day)
    plan = Plan(edition, "slack", "C1", datetime(2026, 11, 23, 8, tzinfo=UTC))
    await ledger.claim(replace(plan, briefing=BriefingId(briefing), title=briefing))
    return edition


async def test_alone_it_is_todays_briefing(desk: FrontDesk) -> None:
    assert (await said(desk, "  ")).title == "Newer"


async def test_todays_briefing_is_the_one_that_was_posted_here_today(
    desk: FrontDesk, ledger: Ledger, clock: MovedClock
) -> None:
    await claim(ledger, clock.now().date(), "older")
    assert (await said(desk, "")).title == "Older"
    assert (await said(desk, "", ELSEWHERE)).title == "Newer"


async def test_where_there_is_nothing_today_the_reason_is_told(
    database: AsyncEngine, clock: MovedClock
) -> None:
    answer = await said(desk_over({}, database, clock), "")
    assert answer.title == "No briefing today"


async def test_words_find_a_briefing_and_no_words_find_none(desk: FrontDesk) -> None:
    assert (await said(desk, "newer")).title == "Newer"
    assert "nothing of the kind" in (await said(desk, "nothing of the kind")).title


async def test_the_pages_of_a_long_list_follow_each_other(
    database: AsyncEngine, clock: MovedClock
) -> None:
    many = shelved(*(entry(f"same-{number}") for number in range(2 * PAGE + 1)))
    desk = desk_over(many, database, clock)
    counts = []
    for page in range(3):
        message = (await pressed(desk, MoreResults("same", page))).message
        lists: Sequence[List] = [each for each in message.blocks if isinstance(each, List)]
        counts.append([(each.start, len(each.items)) for each in lists])
    assert counts == [[(1, PAGE)], [(PAGE + 1, PAGE)], [(2 * PAGE + 1, 1)]]


@pytest.mark.parametrize(
    ("intent", "title", "audience"),
    [
        (OpenBriefing(NEWER), "Newer", Audience.ASKER),
        (OpenSection(NEWER, 1), "What's Next?", Audience.ASKER),
        (OpenSection(NEWER, 99), "Not there any more", Audience.ASKER),
        (MoreSections(NEWER, 0), "Newer", Audience.ASKER),
        (Share(NEWER), "Newer", Audience.CHANNEL),
        (Discuss(NEWER), "Discuss", Audience.ASKER),
        (OpenBriefing(BriefingId("gone")), "Not there any more", Audience.ASKER),
        (None, "Not there any more", Audience.ASKER),
    ],
)
async def test_every_press_is_answered(
    desk: FrontDesk, intent: Intent | None, title: str, audience: Audience
) -> None:
    reply = await pressed(desk, intent)
    assert (reply.message.title, reply.audience) == (title, audience)


async def test_discuss_leads_to_the_thread(
    desk: FrontDesk, ledger: Ledger, clock: MovedClock
) -> None:
    edition = await claim(ledger, clock.now().date(), "newer")
    await ledger.open_thread(edition, "T77")
    told = repr((await pressed(desk, Discuss(NEWER))).message)
    assert "https://example.org/C1/T77" in told


async def test_whatever_breaks_the_person_gets_a_sentence(
    library: Library, database: AsyncEngine, clock: MovedClock
) -> None:
    class Burnt(Shelf):
        def search(self, query: str, limit: int, offset: int) -> Results:
            raise RuntimeError(query)

    shelf = Burnt(library, Index(library.values()))
    desk = desk_on(shelf, database, clock)
    assert (await said(desk, "anything")).title == "That did not work"


def test_completions_come_from_the_library(desk: FrontDesk) -> None:
    assert [each.label for each in desk.complete("new")] == ["Newer"]
