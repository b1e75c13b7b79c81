"""What was said comes back: with a look-up, in a list, on the next post, and as a conclusion."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.concluding import Concluding
from bot.library.index import Index
from bot.lookup import LookUp
from bot.planner import Planner
from bot.platforms.desk import Amiss
from bot.platforms.events import Ordered, Person, Place, Submitted
from bot.recap_asking import RecapAsking
from bot.retelling import Retelling
from bot.roundtable import RoundTable
from bot.shelf import Shelf
from bot.store.agreements import Act
from bot.store.claims import Claims
from bot.store.conclusion_rows import conclusion_name
from bot.store.conclusions import Conclusions
from bot.store.discussions import Contribution, Thread
from bot.store.mending import Mending
from bot.store.past import PastPosts
from bot.store.recaps import Recaps, milliseconds
from bot.store.rows import Plan, edition_row
from bot.store.subscriptions import Subscriptions
from bot.store.tables import edition
from briefings.blocks import Paragraph, plain
from briefings.forms import Form, FormName, TextField
from briefings.manners import Manners
from briefings.message import Actions, Message, Reply
from briefings.model import Briefing, BriefingId, Entry, Section
from briefings.owner_words import NOT_ALLOWED_TITLE
from briefings.schedule import Edition, SubscriptionId
from briefings.talk_intents import Conclude, OpenConclusions, PostRecap
from briefings.terms import Terms
from tests.bot.conftest import on
from tests.bot.test_recapping import Process, words_of
from tests.fakes import MovedClock

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TERMS = Terms((time(9),), ZoneInfo("UTC"))
HERE, THERE = Place("slack", "T1", "C1"), Place("slack", "T1", "C2")
THREAD = Thread("slack", "C1", "17.1", BriefingId("chery"), "Why Chery Grows")
OWNER = Person("U9", may_manage=True, managers="owners")
SPEAKER = Person("U1", may_manage=False, managers="owners")
STRANGER = Person("U7", may_manage=False, managers="owners")
ACT = Act("U9", "subscribe")


def entry(name: str, title: str, text: str, day: int) -> Entry:
    sections = (Section(plain("What's Happening?"), 2, (Paragraph(plain(text)),)),)
    added = datetime(2026, 11, day, tzinfo=UTC)
    return Entry(BriefingId(name), Briefing(title, sections), added)


LIBRARY = {
    each.id: each
    for each in (
        entry("chery", "Why Chery Grows", "Last year Chery sold more cars.", 1),
        entry("neom", "The Line", "A city in the sand is planned.", 2),
        entry("chery-in-spain", "Chery Enters Spain", "The maker Chery opens a plant.", 3),
    )
}


class Town(Process):
    """A process with everybody who answers about discussions."""

    def __post_init__(self) -> None:
        super().__post_init__()
        shelf = Shelf(self.library, Index(self.library.values()))
        self.held = Subscriptions(self.database, self.clock)
        self.conclusions = Conclusions(self.database, self.clock)
        retelling = Retelling(self.retold, self.conclusions, self.held, shelf, TERMS)
        recaps, platforms = Recaps(self.database, self.clock), {"slack": self.platform}
        concluding = Concluding(self.conclusions, recaps, retelling, platforms, self.clock)
        self.table = RoundTable(
            concluding,
            retelling,
            self.manners,
            RecapAsking(self.recapping.desk, retelling, self.conclusions, self.woken.append),
        )
        past = PastPosts(self.database)
        self.lookup = LookUp(shelf, past, platforms, self.today, retelling)
        draws = {"slack": self.platform.draw}
        self.planner = Planner(
            Claims(self.database, self.clock), lambda: self.library, draws, self.clock
        )

    async def today(self, _: Place) -> date:
        return NOON.date()

    async def asked(self, query: str, place: Place = HERE) -> str:
        """All words of the answer to a look-up."""
        return words_of(await self.lookup.answer(query, 0, place))

    async def typed(self, line: str, person: Person = OWNER, place: Place = HERE) -> Message:
        """The answer to a line after /briefings."""
        reply = await self.table.order(Ordered(line, place, person))
        assert isinstance(reply, Reply)
        return reply.message

    async def wrote(self, text: str, person: Person = SPEAKER, version: int = 0) -> str:
        """What somebody is told who sends the form."""
        name = conclusion_name(THREAD, version)
        sent = Submitted(FormName.CONCLUDE, {"text": (text,)}, HERE, person, name)
        reply = await self.table.submit(sent)
        assert isinstance(reply, Reply)
        return words_of(reply.message)

    async def discuss(self) -> None:
        """Three replies about the first briefing."""
        for number, (person, words) in enumerate(
            [("U1", "They sell 500 cars."), ("U2", "Really?"), ("U1", "The zeppelin plant helps.")]
        ):
            at = NOON - timedelta(days=10, minutes=-number)
            said = Contribution(f"17.{number + 2}", person, at, 0, words)
            await self.discussions.keep(THREAD, said)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return on(getattr(request, "param", "sqlite"), request, tmp_path)


@pytest.fixture
async def town(database: AsyncEngine, clock: MovedClock) -> Town:
    clock.moment = NOON
    long_ago = NOON - timedelta(days=10)
    key = Edition(SubscriptionId("slack/C1"), long_ago.date())
    plan = Plan(key, "slack", "C1", long_ago, briefing=THREAD.briefing, title=THREAD.title)
    async with database.begin() as connection:
        row = {**edition_row(plan, long_ago), "thread": "17.1", "state": "sent"}
        await connection.execute(edition.insert().values(row))
    found = Town(database, LIBRARY, clock)
    await found.manners.agree(("slack", "C1"), Manners(keeps_text=True), ACT)
    await found.discussions.thread("slack", "C1", "17.1")
    await found.discuss()
    await found.conclusions.begin(THREAD)
    return found


async def test_a_briefing_tells_where_it_was_discussed_in_this_channel_and_how_much(
    town: Town,
) -> None:
    await town.recapping.look()
    assert "Discussed here:  Fri 13 Nov 2026  (3 replies)" in await town.asked("chery grows")
    assert "Discussed here" not in await town.asked("chery grows", THERE)
    assert "Discussed here" not in await town.asked("the line")


async def test_the_form_begins_with_what_was_said(town: Town) -> None:
    await town.discussions.react(("slack", "C1", "17.2"), ("U2", "tada"), away=False)
    form = await town.table.press(Conclude(conclusion_name(THREAD)), HERE)
    assert isinstance(form, Form)
    (field,) = form.fields
    assert isinstance(field, TextField)
    assert field.value == "- They sell 500 cars."
    elsewhere = await town.table.press(Conclude(conclusion_name(THREAD)), THERE)
    assert isinstance(elsewhere, Reply)


async def test_what_a_team_concludes_is_with_the_briefing_from_then_on(town: Town) -> None:
    assert "with “Why Chery Grows” from now on" in await town.wrote("We **buy** one. It is good.")
    for place in (HERE, THERE):
        told = await town.asked("chery grows", place)
        assert "What we said We  buy  one. It is good. U1" in told
        assert "3 replies" in told
    other = replace(HERE, workspace="T2")
    assert "What we said" not in await town.asked("chery grows", other)
    all_of_it = await town.table.press(OpenConclusions(THREAD.briefing), HERE)
    assert isinstance(all_of_it, Reply)
    assert "We  buy  one. It is good." in words_of(all_of_it.message)


async def test_whoever_asks_for_the_discussion_may_conclude_from_it(town: Town) -> None:
    told = Message("Discuss", ())
    offered = await town.table.offering(told, LIBRARY[THREAD.briefing], HERE)
    (row,) = [part for part in offered.blocks if isinstance(part, Actions)]
    assert [each.intent for each in row.actions] == [Conclude(conclusion_name(THREAD))]
    assert await town.table.offering(told, LIBRARY[BriefingId("neom")], HERE) == told
    assert await town.table.offering(told, LIBRARY[THREAD.briefing], THERE) == told


async def test_it_is_told_in_the_thread_once(town: Town) -> None:
    await town.wrote("We buy one.")
    told = [
        each
        for each in await town.ledger.newest(9)
        if each.plan.edition.subscription[:5] == "said/"
    ]
    (record,) = told
    assert record.plan.within == "17.1"
    assert "What we said: Why Chery Grows We buy one. U1" in words_of(town.platform.drawn[-1])


async def test_every_version_is_kept_and_the_newest_one_shown(town: Town) -> None:
    await town.wrote("We buy one.")
    await town.wrote("We buy two.", OWNER, 1)
    told = await town.asked("chery grows")
    assert "We buy two." in told
    assert "We buy one." not in told
    texts = [each.text for each in await town.conclusions.versions(THREAD)]
    assert texts == ["", "We buy one.", "We buy two."]


async def test_who_comes_second_is_told_and_keeps_what_they_wrote(town: Town) -> None:
    await town.wrote("We buy one.")
    told = await town.wrote("We buy none.", OWNER, 0)
    assert "newer version" in told
    assert "We buy none." in told
    assert "We buy one." in await town.asked("chery grows")


async def test_only_those_who_took_part_or_manage_the_channel_conclude(town: Town) -> None:
    told = await town.wrote("Buy my coins.", STRANGER)
    assert "and owners" in told
    assert "coins" not in await town.asked("chery grows")
    assert "from now on" in await town.wrote("We wait.", OWNER)


@pytest.mark.parametrize("text", ["", "  ", "x" * 3_001])
async def test_a_text_that_cannot_be_kept_is_sent_back(town: Town, text: str) -> None:
    sent = Submitted(FormName.CONCLUDE, {"text": (text,)}, HERE, SPEAKER, conclusion_name(THREAD))
    assert isinstance(await town.table.submit(sent), Amiss)


async def test_a_form_about_nothing_that_is_kept_changes_nothing(town: Town) -> None:
    sent = Submitted(FormName.CONCLUDE, {"text": ("Hi",)}, HERE, OWNER, "0" * 16)
    reply = await town.table.submit(sent)
    assert isinstance(reply, Reply)
    assert "no longer kept" in words_of(reply.message)


async def test_words_of_a_conclusion_lead_to_its_briefing(town: Town) -> None:
    assert "No briefing about" in await town.asked("gyroscope")
    await town.wrote("The gyroscope decides.")
    told = await town.asked("gyroscope")
    assert "Why Chery Grows" in told
    assert "What we said The gyroscope decides." in told
    other = replace(HERE, workspace="T2")
    assert "No briefing about" in await town.asked("gyroscope", other)


async def test_a_channel_lists_its_discussions_and_finds_them_by_their_words(town: Town) -> None:
    listed = words_of(await town.typed("discussed"))
    assert "Why Chery Grows  · Fri 13 Nov 2026 · 3 replies" in listed
    for subject in ("chery", "zeppelin plant", "ZEPPELIN", "grows really"):
        assert "3 replies" in words_of(await town.typed(f"discussed {subject}")), subject
    assert "The zeppelin plant helps." in words_of(await town.typed("discussed zeppelin"))
    assert "No discussion here" in words_of(await town.typed("discussed wombat"))
    assert "Nobody has discussed" in words_of(await town.typed("discussed", place=THERE))
    await town.wrote("The gyroscope decides.")
    assert "gyroscope" in words_of(await town.typed("discussed gyroscope"))


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
async def test_words_are_found_whatever_their_case_and_accents_in_every_script(town: Town) -> None:
    for number, words in enumerate(("ÜBERGRÖSSE am Café", "ГАЗПРОМ звонил", "ΣΊΣΥΦΟΣ", "奇瑞汽车")):
        said = Contribution(f"17.{number + 9}", "U1", NOON, 0, words)
        await town.discussions.keep(THREAD, said)
    for subject in ("übergröße", "UBERGROSSE", "cafe", "газпром", "σίσυφος", "奇瑞"):
        assert "3 replies" not in words_of(await town.typed(f"discussed {subject}"))
        assert "7 replies" in words_of(await town.typed(f"discussed {subject}")), subject
    assert "ГАЗПРОМ звонил" in words_of(await town.typed("discussed Газпром"))
    await town.wrote("Das ÄNDERT alles.")
    assert "Das ÄNDERT alles." in await town.asked("ändert")


async def test_a_hostile_word_is_sought_letter_by_letter(town: Town) -> None:
    for word in ("100%", "_", "!", "%", "'; --"):
        assert "No discussion here" in words_of(await town.typed(f"discussed {word}q"))


async def test_the_next_post_on_the_subject_tells_of_the_discussion(town: Town) -> None:
    for place in (HERE, THERE):
        await town.held.agree((place.platform, place.channel), TERMS, ACT)
    town.clock.moment = NOON + timedelta(hours=21)
    plans = [each async for some in town.planner.claim_due() for each in some]
    assert {each.title for each in plans} == {"Chery Enters Spain"}
    cards = [words_of(each) for each in town.platform.drawn if each.title == "Chery Enters Spain"]
    told = [card for card in cards if "Discussed before:  Why Chery Grows  (3 replies)" in card]
    assert len(told) == 1
    assert len({each.printed for each in plans}) == 2


async def test_a_channel_says_how_it_discusses_and_changes_it(town: Town) -> None:
    shown = words_of(await town.typed("discussions", STRANGER))
    assert "What people reply is kept for 90 days." in shown
    assert "There are no recaps." in shown
    barred = await town.typed("discussions recap 17:00", STRANGER)
    assert barred.title == NOT_ALLOWED_TITLE
    changed = words_of(await town.typed("discussions recap quiet 90m in channel text off"))
    assert "A recap comes after 90 minutes of quiet, in the channel." in changed
    assert "no words" in changed
    assert await town.manners.of(("slack", "C1")) == Manners(recap="quiet 90m", recap_in="channel")
    assert "Did you mean recap?" in words_of(await town.typed("discussions recpa off"))


async def test_a_recap_is_told_on_demand_to_those_who_took_part_and_those_who_manage(
    town: Town,
) -> None:
    for person in (SPEAKER, OWNER):
        for line in ("recap", "recap chery", "recap zeppelin"):
            told = words_of(await town.typed(line, person))
            assert "3 replies from 2 people" in told
            assert "Post in the thread" in told
    assert "Only people who took part" in words_of(await town.typed("recap", STRANGER))
    assert "No discussion here" in words_of(await town.typed("recap wombat"))
    assert "Nobody has discussed" in words_of(await town.typed("recap", place=THERE))


async def test_a_recap_on_demand_is_posted_once_until_something_new_is_said(town: Town) -> None:
    async def press(place: Place = HERE) -> str:
        reply = await town.table.press(PostRecap(conclusion_name(THREAD)), place)
        assert isinstance(reply, Reply)
        return words_of(reply.message)

    assert "no longer kept" in await press(THERE)
    assert "comes in the thread now" in await press()
    town.clock.moment += timedelta(days=1)
    assert "in the thread already" in await press()
    (record,) = [each for each in await town.ledger.newest(9) if each.plan.within]
    assert (record.plan.within, record.plan.threaded, record.plan.briefing) == ("17.1", False, None)
    assert town.woken == ["slack"]
    at = NOON - timedelta(days=9)
    await town.discussions.keep(THREAD, Contribution("17.9", "U2", at, 0, "One more."))
    assert "comes in the thread now" in await press()


async def test_a_recap_of_all_is_mended_from_all_that_was_said(town: Town) -> None:
    await town.table.press(PostRecap(conclusion_name(THREAD)), HERE)
    (record,) = [each for each in await town.ledger.newest(9) if each.plan.within]
    first, last = await Mending(town.database).span_of(record.plan.edition)
    assert first == 0
    said = await town.discussions.said_in(THREAD)
    assert milliseconds(max(each.at for each in said)) == last
