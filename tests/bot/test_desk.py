"""The desk: what it answers to every kind of event, and that it always answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.absences import Absences
from bot.candidates import Candidates
from bot.channels import Channels
from bot.concluding import Concluding
from bot.desk import FrontDesk
from bot.discussing import Discussing
from bot.editors import Editors
from bot.followups import followups_of
from bot.holding import Holding
from bot.library.index import Index
from bot.listening import Listening
from bot.lookup import LookUp
from bot.newsroom import Newsroom
from bot.owners import OwnersDesk
from bot.platforms.desk import Answer
from bot.platforms.events import Asked, Channel, Person, Place, Pressed, Visited
from bot.recap_asking import RecapAsking
from bot.recap_press import Desk as RecapDesk
from bot.retelling import Retelling
from bot.roundtable import RoundTable
from bot.sections import Sections
from bot.shelf import Shelf
from bot.store.agreements import Act
from bot.store.approvals import Approvals
from bot.store.briefings import Briefings
from bot.store.conclusions import Conclusions
from bot.store.discussions import Discussions
from bot.store.drafts import Drafts
from bot.store.ledger import Ledger
from bot.store.losses import Losses
from bot.store.manners import ChannelManners
from bot.store.mending import Mending
from bot.store.past import PastPosts
from bot.store.quotes import Quotes
from bot.store.recaps import Recaps
from bot.store.recollections import Recollections
from bot.store.releasing import Releasing
from bot.store.retold import Retold
from bot.store.rows import Draft, Plan, State
from bot.store.subscriptions import Subscriptions
from bot.today import Today
from bot.visiting import Visiting
from bot.writers import Writers
from briefings.blocks import List
from briefings.choosing import PAGE
from briefings.intents import (
    Discuss,
    Intent,
    MoreResults,
    MoreSections,
    OpenBriefing,
    OpenForm,
    OpenSection,
    Share,
)
from briefings.message import Audience, Home, Message, Reply
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

    held, ledger = Subscriptions(database, clock), Releasing(database, clock)
    today = Today(held, ledger, library, TERMS, clock)
    approvals = Approvals(database, clock)
    recollections, past = Recollections(database, clock), PastPosts(database)
    channels = Channels(held, ledger, today, library, approvals, recollections)
    owners = OwnersDesk(held, channels, shelf, TERMS, clock, Holding(ledger))
    platforms = {"slack": RecordingPlatform()}
    conclusions = Conclusions(database, clock)
    retelling = Retelling(Retold(database), conclusions, held, shelf, TERMS)
    recaps = Recaps(database, clock)
    concluding = Concluding(conclusions, recaps, retelling, platforms, clock)
    desk = RecapDesk(
        recaps, Mending(database), retelling.terms_of, library, platforms, lambda _: None, clock
    )
    asking = RecapAsking(desk, retelling, conclusions)
    table = RoundTable(concluding, retelling, ChannelManners(database, clock), asking)
    lookup = LookUp(shelf, past, platforms, today.day, retelling)
    visiting = Visiting(held, channels, past, today, library, clock, platforms)
    absences = Absences(Losses(database, clock), platforms)
    store = Briefings(database, clock)
    writers = Writers(Drafts(database, clock), store, shelf, lambda: None, clock)
    candidates = Candidates(approvals, held, ledger, library)
    editors = Editors(approvals, held, candidates, writers, platforms, clock)
    newsroom = Newsroom(writers, editors, table)
    discussions = Discussions(database, clock)
    listening = Listening(discussions, Sections(discussions, Quotes(database), library))
    manners = ChannelManners(database, clock)
    discussing = Discussing(ledger, Quotes(database), held, manners, platforms, clock)
    return FrontDesk(
        shelf, lookup, discussing, today, owners, newsroom, visiting, absences, listening,
        followups_of(database, today, ledger, library, platforms, clock), platforms,
    )  # fmt: skip


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


async def claim(ledger: Ledger, day: date, briefing: str, *card: Draft) -> Edition:
    edition = Edition(NAME, day)
    plan = Plan(edition, "slack", "C1", datetime(2026, 11, 23, 8, tzinfo=UTC))
    await ledger.claim(replace(plan, briefing=BriefingId(briefing), title=briefing), card)
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
    edition = await claim(ledger, clock.now().date(), "newer", Draft("marker", {"title": "Newer"}))
    (card,) = await ledger.messages(edition)
    await ledger.mark(await ledger.mark(card, State.SENDING), State.SENT, "77")
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


async def visited(desk: FrontDesk, zone: str | None = None) -> Home:
    person = Person("U1", may_manage=False, managers="nobody", zone=zone)
    channels = Channel("C1", "daily"), Channel("C2", "quiet")
    return await desk.home(Visited(Place("slack", "T1", ""), person, channels))


async def test_a_visitor_sees_today_what_comes_and_what_was_posted_in_their_channels(
    desk: FrontDesk, ledger: Ledger, clock: MovedClock
) -> None:
    await claim(ledger, date(2026, 11, 22), "newer")
    elsewhere = Edition(SubscriptionId("slack/C9"), date(2026, 11, 22))
    plan = Plan(elsewhere, "slack", "C9", clock.now(), title="A secret", threaded=True)
    await ledger.claim(plan, [Draft("secret", {"text": "x"})])
    await ledger.open_thread(elsewhere, "T9")
    told = repr(await visited(desk, "America/New_York"))
    assert "Nothing was posted in your channels lately" in told
    assert "#daily" in told
    assert "04:00 in New York" in told
    assert "#quiet" not in told
    assert "A secret" not in told
    assert "Older" in told


@pytest.mark.parametrize("zone", [None, "", "Nowhere/At_All", "../../etc/passwd", "Europe", "\0"])
async def test_a_zone_that_is_none_is_that_of_the_settings(
    desk: FrontDesk, zone: str | None
) -> None:
    assert "09:00 in UTC" in repr(await visited(desk, zone))


async def test_a_form_is_opened_in_a_channel_alone(desk: FrontDesk) -> None:
    reply = await pressed(desk, OpenForm("when"), Place("slack", "T1", ""))
    assert reply.message.title == "Not there any more"


async def test_a_home_that_breaks_is_a_sentence_and_a_box_to_search_with(
    library: Library, database: AsyncEngine, clock: MovedClock
) -> None:
    desk = desk_over(library, database, clock)
    await database.dispose()
    async with database.begin() as connection:
        await connection.execute(text("DROP TABLE subscription"))
    home = await visited(desk)
    assert home.search
    assert "written down" in repr(home)


def test_completions_come_from_the_library(desk: FrontDesk) -> None:
    assert [each.label for each in desk.complete("new")] == ["Newer"]
