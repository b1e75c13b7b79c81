"""Approvals and drafts under trouble: two processes, crashes in the middle, presses too late."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.asking import Asking, Desk
from bot.candidates import Candidates
from bot.library.index import Index
from bot.planner import Planner
from bot.platforms.events import Person, Place, Submitted
from bot.shelf import Shelf
from bot.store.agreements import Act
from bot.store.approval_rows import Barred, approval_name
from bot.store.approvals import Approvals
from bot.store.briefings import Briefings
from bot.store.claims import Claimed, Claims
from bot.store.database import open_database
from bot.store.drafts import Drafts
from bot.store.ledger import Ledger
from bot.store.manners import ChannelManners
from bot.store.rows import Plan, State
from bot.store.subscriptions import Subscriptions
from bot.writers import Writers
from briefings.approving import Approval, Decision, Rule, Silence
from briefings.forms import Form, FormName
from briefings.intents import SaveDraft, Verdict
from briefings.message import Actions, Reply
from briefings.model import BriefingId, Entry, Library
from briefings.schedule import Edition, SubscriptionId
from briefings.terms import Terms
from tests.bot.conftest import on
from tests.fakes import MovedClock, RecordingPlatform

HERE, EDITORS = ("slack", "C1"), "C2"
TERMS = Terms((time(9),), ZoneInfo("UTC"))
EVENING = datetime(2026, 11, 22, 17, tzinfo=UTC)
DUE = datetime(2026, 11, 23, 9, tzinfo=UTC)
EDITION = Edition(SubscriptionId("slack/C1"), DUE.date())
SPOKEN = Place("slack", "T1", "C1")
WRITER = Person("U1", may_manage=False, managers="owners")


@dataclass
class Process:
    """What one process has of the newsroom."""

    database: AsyncEngine
    library: dict[BriefingId, Entry]
    clock: MovedClock

    def __post_init__(self) -> None:
        self.approvals = Approvals(self.database, self.clock)
        self.held = Subscriptions(self.database, self.clock)
        self.ledger = Ledger(self.database, self.clock)
        platform = RecordingPlatform()
        draws = {"slack": platform.draw}
        candidates = Candidates(self.approvals, self.held, self.ledger, self.shown)
        self.asking = Asking(
            Desk(
                self.approvals,
                self.held,
                self.ledger,
                candidates,
                self.shown,
                ChannelManners(self.database, self.clock),
                draws,
                {"slack": platform},
                lambda _: None,
                self.clock,
            )
        )
        self.planner = Planner(Claims(self.database, self.clock), self.shown, draws, self.clock)
        self.drafts, self.store = (
            Drafts(self.database, self.clock),
            Briefings(self.database, self.clock),
        )
        shelf = Shelf(self.library, Index(self.library.values()))
        self.writers = Writers(self.drafts, self.store, shelf, lambda: None, self.clock)

    def shown(self) -> Library:
        return self.library

    async def plan(self) -> list[tuple[State, str | None, str | None]]:
        """Claim what is due; the state, title and reason of each."""
        found = [each async for plans in self.planner.claim_due() for each in plans]
        return [(each.state, each.title, each.reason) for each in found]

    async def cards(self) -> int:
        """How often the editors were asked."""
        return len([e for e in await self.ledger.newest(50) if e.plan.channel == EDITORS])

    async def decide(self, verdict: Verdict, number: int = 0) -> object:
        decision = Decision(verdict, "U9", self.clock.now())
        return await self.approvals.decide(approval_name(EDITION), number, decision)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return on(request.param, request, tmp_path)


@pytest.fixture
async def process(
    database: AsyncEngine, library: dict[BriefingId, Entry], clock: MovedClock
) -> Process:
    clock.moment = EVENING.replace(hour=12)
    found = Process(database, dict(library), clock)
    await found.held.agree(HERE, TERMS, Act("U1", "subscribe"))
    rule = Rule(EDITORS, "#editors", Silence.HOLD)
    await found.approvals.agree(HERE, rule, Act("U1", "approval"))
    return found


@pytest.fixture
async def another(process: Process, database_url: str) -> AsyncIterator[Process]:
    """A second process on the same database."""
    async with open_database(database_url) as engine:
        yield Process(engine, process.library, process.clock)


async def test_nobody_is_asked_before_the_evening_and_once_after_it(process: Process) -> None:
    await process.asking.look()
    assert await process.cards() == 0
    process.clock.moment = EVENING
    await process.asking.look()
    await process.asking.look()
    assert await process.cards() == 1


async def test_what_editors_are_asked_is_no_post_of_their_channel(process: Process) -> None:
    process.clock.moment = EVENING
    await process.asking.look()
    assert await process.cards() == 1
    assert await process.ledger.recent("slack", EDITORS, 50) == ()


async def test_two_processes_that_look_at_once_ask_once(process: Process, another: Process) -> None:
    process.clock.moment = EVENING
    await asyncio.gather(process.asking.look(), another.asking.look())
    await asyncio.gather(another.asking.look(), process.asking.look())
    assert await process.cards() == 1


async def test_a_press_that_comes_with_the_hour_is_too_late_or_counts_but_never_both(
    process: Process, another: Process
) -> None:
    process.clock.moment = EVENING
    await process.asking.look()
    await process.decide(Verdict.APPROVE)
    process.clock.moment = DUE
    held, planned = await asyncio.gather(another.decide(Verdict.HOLD), process.plan())
    assert held is Barred.TOO_LATE
    assert planned == [(State.PLANNED, "Newer", None)]


async def test_at_the_hour_itself_nothing_is_decided_any_more(process: Process) -> None:
    process.clock.moment = EVENING
    await process.asking.look()
    process.clock.moment = DUE
    assert await process.decide(Verdict.APPROVE) is Barred.TOO_LATE


@pytest.mark.parametrize("number", [0, 1])
async def test_of_two_processes_that_show_the_same_the_second_shows_nothing(
    process: Process, another: Process, number: int
) -> None:
    process.clock.moment = EVENING
    if number:
        await process.asking.look()
    rule = Rule(EDITORS, "#editors", Silence.HOLD)
    newer = BriefingId("newer")
    up = Approval(approval_name(EDITION), EDITION, "C1", DUE, newer, "print", number, rule)
    editions = [Edition(SubscriptionId(f"approval/{each}"), DUE.date()) for each in "ab"]
    asking = [Claimed(Plan(each, "slack", EDITORS, EVENING)) for each in editions]
    assert await process.approvals.show(HERE, up, asking[0])
    assert not await another.approvals.show(HERE, up, asking[1])
    assert await process.cards() == number + 1


async def test_a_decision_about_what_was_shown_before_does_not_count(process: Process) -> None:
    process.clock.moment = EVENING
    await process.asking.look()
    assert await process.decide(Verdict.APPROVE, 1) is Barred.STALE
    process.clock.moment = DUE
    assert await process.plan() == [
        (State.SKIPPED, "Newer", "nobody approved of it before its hour")
    ]


async def test_a_briefing_that_changes_after_its_approval_is_shown_again(process: Process) -> None:
    process.clock.moment = EVENING
    await process.asking.look()
    await process.decide(Verdict.APPROVE)
    newer = process.library[BriefingId("newer")]
    edited = replace(newer.briefing, title="Newer still")
    process.library[newer.id] = replace(newer, briefing=edited)
    process.clock.moment = DUE
    assert await process.plan() == [
        (State.SKIPPED, "Newer still", "it was changed after it was approved")
    ]


async def test_a_changed_briefing_asks_anew_before_the_hour(process: Process) -> None:
    process.clock.moment = EVENING
    await process.asking.look()
    await process.decide(Verdict.APPROVE)
    newer = process.library[BriefingId("newer")]
    process.library[newer.id] = replace(newer, briefing=replace(newer.briefing, title="Anew"))
    await process.asking.look()
    assert await process.cards() == 2
    await process.decide(Verdict.APPROVE, 1)
    process.clock.moment = DUE
    assert await process.plan() == [(State.PLANNED, "Anew", None)]


async def test_a_briefing_that_is_taken_out_gives_way_to_the_next(process: Process) -> None:
    process.clock.moment = EVENING
    await process.asking.look()
    del process.library[BriefingId("newer")]
    await process.asking.look()
    await process.decide(Verdict.APPROVE, 1)
    process.clock.moment = DUE
    assert await process.plan() == [(State.PLANNED, "Older", None)]


async def test_without_a_rule_posts_go_out_as_ever(process: Process) -> None:
    await process.approvals.agree(HERE, None, Act("U1", "approval"))
    process.clock.moment = EVENING
    await process.asking.look()
    assert await process.cards() == 0
    process.clock.moment = DUE
    assert [each[0] for each in await process.plan()] == [State.PLANNED]


async def test_a_bot_that_was_away_all_evening_posts_nothing_unapproved(process: Process) -> None:
    process.clock.moment = DUE
    assert await process.plan() == [
        (State.SKIPPED, "Newer", "nobody could approve of it before its hour")
    ]


async def written(process: Process, **texts: str) -> str:
    """The name of a new draft."""
    filled = {name: (told,) for name, told in texts.items()}
    shown = await process.writers.submit(Submitted(FormName.WRITE, filled, SPOKEN, WRITER))
    assert isinstance(shown, Reply)
    (buttons,) = [each for each in shown.message.blocks if isinstance(each, Actions)]
    (save,) = [each.intent for each in buttons.actions if isinstance(each.intent, SaveDraft)]
    return save.draft


async def test_a_crash_while_saving_is_made_good_by_the_next_press(process: Process) -> None:
    name = await written(process, title="Tram", happening="It opens.")
    draft = await process.drafts.find(("slack", "U1"), name)
    assert draft is not None
    await process.writers.save(name, SPOKEN, "U1")
    (held,) = [each for each in (await process.store.held()).values() if each.title == "Tram"]
    async with process.database.begin() as crash:  # the library has it, the draft does not know
        await crash.execute(text("UPDATE draft SET saved_at = NULL, briefing = NULL, version = 0"))
    await asyncio.gather(*(process.writers.save(name, SPOKEN, "U1") for _ in range(3)))
    again = await process.store.find(held.id)
    assert again is not None
    assert again.version == 1


async def test_of_two_edits_of_one_version_the_second_is_told_and_loses_nothing(
    process: Process, another: Process
) -> None:
    name = await written(process, title="Tram", happening="It opens.")
    await process.writers.save(name, SPOKEN, "U1")
    (held,) = [each for each in (await process.store.held()).values() if each.title == "Tram"]
    forms = [await each.writers.rewrite(held.id, SPOKEN, "U1") for each in (process, another)]
    for each, form in zip((process, another), forms, strict=True):
        assert isinstance(form, Form)
        filled = {"happening": (f"It opens, says {form.subject}.",)}
        sent = Submitted(FormName.WRITE, filled, SPOKEN, WRITER, form.subject)
        await each.writers.submit(sent)
    first, second = (form.subject for form in forms if isinstance(form, Form))
    await process.writers.save(first, SPOKEN, "U1")
    told = await another.writers.save(second, SPOKEN, "U1")
    assert "another version meanwhile" in repr(told.message)
    kept = await another.drafts.find(("slack", "U1"), second)
    assert kept is not None
    assert second in kept.texts["happening"]
    versions = await process.store.versions(held.id)
    assert [each.number for each in versions] == [1, 2]


async def test_a_draft_is_nobodys_but_its_writers(process: Process) -> None:
    name = await written(process, title="Tram", happening="It opens.")
    for platform, person in (("slack", "U2"), ("discord", "U1")):
        place = replace(SPOKEN, platform=platform)
        told = await process.writers.save(name, place, person)
        assert "not yours" in repr(told.message)
    assert not [each for each in (await process.store.held()).values() if each.title == "Tram"]
