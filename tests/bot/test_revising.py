"""What becomes of a copy: its notes as it reads now, and a word in its thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery.plan import drafts, draw_post
from bot.platforms.registry import room
from bot.revising import Revising
from bot.store.agreements import Act
from bot.store.briefings import Briefings
from bot.store.copies import Copies, Copy
from bot.store.discussions import Contribution, Discussions
from bot.store.keeping import Document, Found
from bot.store.ledger import Ledger
from bot.store.manners import USUAL, ChannelManners
from bot.store.retold import Retold
from bot.store.rows import Plan, State
from bot.store.subscriptions import Subscriptions
from bot.store.versions import Versions
from bot.today import Today
from briefings.blocks import text_of
from briefings.card import compose_post
from briefings.message import Note, Part
from briefings.model import BriefingId, Entry
from briefings.owning import Now, noting_late
from briefings.packing import pack
from briefings.reading.reader import read
from briefings.retold import Told, noting_related
from briefings.schedule import Edition, Layout, SubscriptionId
from briefings.terms import Terms
from tests.fakes import MovedClock

BERLIN = ZoneInfo("Europe/Berlin")
PLACE = ("slack", "C1")
TRAM = BriefingId("tram")
CAUSE = "the bot was down"
FIRST = "# Tram 7\n\n## What's Happening?\n\nIt drew 1,200 people.\n\n## More\n\nIt is old.\n"
ON_TRAMS = f"---\ntopics: [trams]\n---\n\n{FIRST}"
OLD = BriefingId("old")
DRAW = room("slack").draw


@dataclass
class Town:
    store: Briefings
    ledger: Ledger
    copies: Copies
    revising: Revising
    clock: MovedClock
    library: dict[BriefingId, Entry]
    woken: list[str]

    async def write(self, text: str) -> Entry:
        """A version of the briefing, a minute after the last one."""
        self.clock.move(minutes=1)
        briefing = read(text.encode(), "tram.md").briefing
        kept = Document("tram.md", text.encode(), briefing.title, pack(briefing))
        found = Found("file:tram.md", "here", text, (TRAM,), self.clock.now(), kept)
        await self.store.take_in([found])
        return Entry(TRAM, briefing, self.clock.now())

    async def post(
        self,
        entry: Entry,
        late: str | None = None,
        *,
        noted: bool = True,
        talks: Sequence[Told] = (),
    ) -> Copy:
        """The copy of a post that went out just now."""
        self.clock.move(minutes=1)
        now = self.clock.now()
        due = now - timedelta(minutes=40)
        edition = Edition(SubscriptionId("slack/C1"), now.date())
        plan = Plan(edition, *PLACE, due, briefing=TRAM, title="Tram 7", late_reason=late)
        post = compose_post(entry, Layout.THREAD, USUAL)
        if late and noted:
            post = replace(post, card=noting_late(post.card, due, late, Now(now, BERLIN)))
        post = replace(post, card=noting_related(post.card, talks))
        payloads = draw_post(post, DRAW)
        await self.ledger.claim(plan, drafts(plan, payloads, await self.ledger.secret()))
        taken = await self.ledger.take(edition)
        assert taken
        await self.ledger.open_thread(edition, "1.0")
        await self.ledger.finish(taken, State.SENT)
        (copy,) = await self.copies.of("slack", TRAM)
        return copy

    async def notes(self, copy: Copy, entry: Entry) -> list[str]:
        """What the card says above its own first note, and whether the thread is told."""
        revision = await self.revising.of(copy, entry, Layout.THREAD)
        await self.revising.tell(copy, entry, revision, DRAW)
        before = compose_post(entry, Layout.THREAD, USUAL).card.blocks
        added = len(revision.post.card.blocks) - len(before)
        told = revision.post.card.blocks[:added]
        return [text_of(each.spans) for each in told if isinstance(each, Note)]

    async def told(self) -> list[str]:
        """The titles and names of what threads are told."""
        records = await self.ledger.open_editions()
        assert all(each.plan.within == "1.0" for each in records)
        return [each.plan.edition.subscription for each in records]


@pytest.fixture
async def town(database: AsyncEngine, held: Subscriptions, clock: MovedClock) -> Town:
    terms = Terms((time(9),), BERLIN)
    await held.agree(PLACE, terms, Act("U1", "subscribe"))
    ledger, woken = Ledger(database, clock), list[str]()
    today = Today(held, ledger, dict, terms, clock)
    manners, versions = ChannelManners(database, clock), Versions(database)
    retold, library = Retold(database), dict[BriefingId, Entry]()
    revising = Revising(
        versions, manners, retold, ledger, today, lambda: library, woken.append, clock
    )
    store, copies = Briefings(database, clock), Copies(database, clock)
    return Town(store, ledger, copies, revising, clock, library, woken)


async def test_a_copy_of_the_newest_version_has_no_note(town: Town) -> None:
    entry = await town.write(FIRST)
    assert await town.notes(await town.post(entry), entry) == []
    assert await town.told() == []


async def test_a_correction_is_noted_with_the_time_of_its_version_and_told_once(
    town: Town,
) -> None:
    copy = await town.post(await town.write(FIRST))
    after = await town.write(FIRST.replace("1,200", "1,500"))
    at = town.clock.now().astimezone(BERLIN)
    town.clock.move(hours=2)
    for _ in range(2):
        assert await town.notes(copy, after) == [f"Corrected {at:%H:%M}"]
    assert await town.told() == ["correction/2/slack/C1"]
    assert town.woken == ["slack"]


async def test_what_does_not_matter_is_noted_and_not_told_until_something_does(town: Town) -> None:
    copy = await town.post(await town.write(FIRST))
    await town.notes(copy, await town.write(FIRST.replace("is old", "is ancient")))
    assert await town.told() == []
    third = FIRST.replace("is old", "is ancient").replace("1,200", "1,500")
    await town.notes(copy, await town.write(third))
    assert await town.told() == ["correction/3/slack/C1"]
    await town.notes(copy, await town.write(third.replace("1,500", "1,600")))
    assert sorted(await town.told()) == ["correction/3/slack/C1", "correction/4/slack/C1"]


async def test_what_was_told_is_not_told_again_with_a_change_that_does_not_matter(
    town: Town,
) -> None:
    copy = await town.post(await town.write(FIRST))
    second = FIRST.replace("1,200", "1,500")
    await town.notes(copy, await town.write(second))
    await town.notes(copy, await town.write(second.replace("is old", "is ancient")))
    assert await town.told() == ["correction/2/slack/C1"]


async def test_a_correction_that_is_taken_back_leaves_no_note(town: Town) -> None:
    copy = await town.post(await town.write(FIRST))
    await town.write(FIRST.replace("1,200", "1,500"))
    assert await town.notes(copy, await town.write(FIRST)) == []


@pytest.mark.parametrize("noted", [True, False])
async def test_a_corrected_card_keeps_the_note_that_it_was_late(town: Town, noted: bool) -> None:
    copy = await town.post(await town.write(FIRST), CAUSE, noted=noted)
    notes = await town.notes(copy, await town.write(FIRST.replace("1,200", "1,500")))
    assert notes.pop().startswith("Corrected")
    assert [CAUSE in each for each in notes] == ([True] if noted else [])


async def test_a_version_of_another_day_is_noted_with_its_day(town: Town) -> None:
    town.clock.moment = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    copy = await town.post(await town.write(FIRST))
    town.clock.move(days=1)
    (note,) = await town.notes(copy, await town.write(FIRST.replace("1,200", "1,500")))
    assert note.startswith("Corrected Tue 24 Nov 2026, ")


async def test_a_corrected_card_keeps_the_line_about_earlier_discussions(
    town: Town, database: AsyncEngine
) -> None:
    entry = await town.write(ON_TRAMS)
    town.library.update({TRAM: entry, OLD: replace(entry, id=OLD)})
    day, since = Edition(SubscriptionId("old"), date(2026, 11, 1)), town.clock.now()
    old = Plan(day, *PLACE, since, State.SENT, OLD, "Tram 6")
    await town.ledger.claim(old)
    await town.ledger.open_thread(day, "9.0")
    discussions = Discussions(database, town.clock)
    thread = await discussions.thread(*PLACE, "9.0")
    assert thread
    await discussions.keep(thread, Contribution("9.1", "U1", since))
    talks = await Retold(database).of(PLACE, [OLD], 5)
    copy = await town.post(entry, talks=talks)
    after = await town.write(ON_TRAMS.replace("1,200", "1,500"))
    told = (await town.revising.of(copy, after, Layout.THREAD)).post.card
    assert any("Discussed before: Tram 6" in words_of(each) for each in told.blocks)


def words_of(part: Part) -> str:
    return text_of(part.spans) if isinstance(part, Note) else ""
