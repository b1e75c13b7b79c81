"""Watched lines, signals and comparisons at the desk, and when a channel is asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery.deliver import Delivery
from bot.errors import PostRefused, PostUnknown
from bot.followups import FollowUps, followups_of, promise_desk
from bot.platforms.events import Place
from bot.platforms.port import Payload
from bot.promising import Promising, asked_at, newer_than
from bot.store.agreements import Act
from bot.store.drafts import Drafts
from bot.store.ledger import Ledger
from bot.store.manners import ChannelManners
from bot.store.rows import Plan, State
from bot.store.subscriptions import Subscriptions
from bot.today import Today
from briefings.blocks import Paragraph, plain
from briefings.daysoff import DaysOff, Region
from briefings.followups import Compare, Fate, FollowUp, Kind, Settle, Signal, Watch
from briefings.manners import Manners
from briefings.message import Actions, Audience, Reply
from briefings.model import Briefing, BriefingId, Entry, Library, Section
from briefings.promises import promises
from briefings.schedule import Edition, Subscription, SubscriptionId
from briefings.terms import Terms
from tests.bot.conftest import on
from tests.fakes import MovedClock, RecordingPlatform

BERLIN = ZoneInfo("Europe/Berlin")
HERE = Place("slack", "T1", "C1")
VOTE = BriefingId("vote")
MONDAY = date(2026, 11, 23)
LINES = "The vote is on 24 November. The report comes next week."


def promising(text: str = LINES) -> Entry:
    sections = (Section(plain("What's Next?"), 2, (Paragraph(plain(text)),)),)
    briefing = Briefing("The Vote", sections, date=MONDAY, topics=("votes",))
    return Entry(VOTE, briefing, datetime(2026, 11, 23, tzinfo=UTC))


@dataclass
class ReachingPlatform(RecordingPlatform):
    """A platform that speaks to people, unless it is hindered."""

    told: list[tuple[str, Payload]] = field(default_factory=list)
    hindered: bool = False

    async def tell(self, person: str, payload: Payload) -> None:
        if self.hindered:
            raise PostUnknown("Nobody answers.")
        self.told.append((person, payload))

    async def called(self, channel: str) -> str:
        return channel

    async def bar(self, channel: str) -> str | None:
        return None


@dataclass
class Town:
    database: AsyncEngine
    clock: MovedClock
    library: dict[BriefingId, Entry]
    platform: ReachingPlatform
    followups: FollowUps
    ledger: Ledger
    woken: list[str] = field(default_factory=list)

    async def press(self, intent: FollowUp, person: str = "U1", place: Place = HERE) -> Reply:
        found = await self.followups.press(intent, place, person)
        assert isinstance(found, Reply)
        return found

    async def look(self) -> None:
        desk = promise_desk(self.followups, {"slack": self.platform}, self.woken.append, self.clock)
        await Promising(desk).look()

    async def asked(self) -> list[Plan]:
        records = await self.ledger.open_editions()
        return [each.plan for each in records if "promise/" in each.plan.edition.subscription]

    async def watch(self, number: int = 0) -> str:
        line = promises(self.library[VOTE], 0)[number]
        await self.press(Watch(VOTE, 0, line.name))
        (watched, *_) = await self.followups.watching.promises.at(("slack", "C1"))
        return watched.name


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return on(getattr(request, "param", "sqlite"), request, tmp_path)


@pytest.fixture
async def town(database: AsyncEngine, held: Subscriptions, clock: MovedClock) -> Town:
    terms = Terms((time(9),), BERLIN)
    await held.agree(("slack", "C1"), terms, Act("U1", "subscribe"))
    library = {VOTE: promising()}
    platform, ledger = ReachingPlatform(), Ledger(database, clock)

    def shown() -> Library:
        return library

    today = Today(held, ledger, shown, terms, clock)
    online = {"slack": platform}
    followups = followups_of(database, today, ledger, shown, online, clock)
    return Town(database, clock, library, platform, followups, ledger)


async def test_one_line_is_watched_at_once_and_of_several_one_is_chosen(town: Town) -> None:
    reply = await town.press(Watch(VOTE, 0))
    rows = [each for each in reply.message.blocks if isinstance(each, Actions)]
    assert len(rows[0].actions) == 2
    town.library[VOTE] = promising("The vote is on 24 November.")
    reply = await town.press(Watch(VOTE, 0))
    assert reply.message.title == "Watching"
    assert reply.audience is Audience.ASKER


async def test_what_is_over_or_gone_cannot_be_watched(town: Town) -> None:
    town.clock.move(days=30)
    assert "is over" in repr(await town.press(Watch(VOTE, 0)))
    assert "Not there" in repr(await town.press(Watch(BriefingId("gone"), 0)))
    assert "is over" in repr(await town.press(Watch(VOTE, 0, "00000000")))
    assert "Not there" in repr(await town.press(Settle(Fate.DONE, "0" * 16, 0)))


async def test_it_is_asked_at_the_hour_of_the_channel_once(town: Town) -> None:
    await town.watch()
    town.clock.moment = datetime(2026, 11, 24, 7, 59, 59, tzinfo=UTC)
    await town.look()
    assert await town.asked() == []
    town.clock.move(seconds=1)
    for _ in range(2):
        await town.look()
    (plan,) = await town.asked()
    assert plan.title == "Due today: did it happen?"
    assert town.woken == ["slack"]


async def test_it_is_asked_in_the_thread_of_the_briefing(town: Town) -> None:
    edition = Edition(SubscriptionId("slack/C1"), MONDAY)
    await town.ledger.claim(Plan(edition, "slack", "C1", town.clock.now(), State.SENT, VOTE))
    await town.watch()
    await town.ledger.open_thread(edition, "1.0")  # it was opened after the line was watched
    town.clock.move(days=2)
    await town.look()
    (plan,) = await town.asked()
    assert (plan.within, plan.threaded) == ("1.0", False)


async def refuse(town: Town) -> Plan:
    """The platform refuses the question that is open."""
    (plan,) = await town.asked()
    town.platform.troubles = [PostRefused("The thread is locked.")]
    delivery = Delivery(town.ledger, {"slack": town.platform}, town.clock)
    assert await delivery.deliver(plan.edition) is State.REFUSED
    return plan


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
async def test_a_question_that_was_refused_is_asked_again_in_the_channel_and_not_for_ever(
    town: Town,
) -> None:
    edition = Edition(SubscriptionId("slack/C1"), MONDAY)
    await town.ledger.claim(Plan(edition, "slack", "C1", town.clock.now(), State.SENT, VOTE))
    await town.ledger.open_thread(edition, "1.0")
    name = await town.watch()
    town.clock.moment = datetime(2026, 11, 24, 8, tzinfo=UTC)
    within = []
    for _ in range(3):
        await town.look()
        within.append((await refuse(town)).within)
        await town.look()
        assert await town.asked() == []  # not before the next day
        town.clock.move(days=1)
    assert within == ["1.0", None, None]
    await town.look()
    assert await town.asked() == []
    listed = repr(await town.followups.watching.listed(HERE))
    assert "the question was refused here" in listed
    assert "Dropped" in repr(await town.press(Settle(Fate.DROP, name, 0)))


async def test_a_question_that_got_through_is_not_asked_again(town: Town) -> None:
    await town.watch()
    town.clock.move(days=1)
    await town.look()
    await refuse(town)
    town.clock.move(days=1)
    await town.look()
    (plan,) = await town.asked()
    delivery = Delivery(town.ledger, {"slack": town.platform}, town.clock)
    assert await delivery.deliver(plan.edition) is State.SENT
    for _ in range(9):
        town.clock.move(days=1)
        await town.look()
    assert await town.asked() == []


async def test_a_paused_channel_is_not_asked(town: Town, held: Subscriptions) -> None:
    await town.watch()
    until = town.clock.now() + timedelta(days=9)
    paused = Terms((time(9),), BERLIN, paused_until=until)
    await held.agree(("slack", "C1"), paused, Act("U1", "pause"))
    town.clock.move(days=2)
    await town.look()
    assert await town.asked() == []


async def test_an_answer_counts_once_and_only_where_it_was_asked(town: Town) -> None:
    name = await town.watch()
    early = await town.press(Settle(Fate.DONE, name, 0))
    assert "answered" in repr(early)
    town.clock.move(days=2)
    await town.look()
    elsewhere = await town.press(Settle(Fate.DONE, name, 0), place=Place("slack", "T1", "C2"))
    assert "Not there" in repr(elsewhere)
    done = await town.press(Settle(Fate.LATER, name, 0))
    assert done.audience is Audience.CHANNEL
    assert "Wed 2 Dec 2026" in repr(done)
    assert "answered" in repr(await town.press(Settle(Fate.DONE, name, 0)))


async def test_a_watched_line_can_be_dropped_before_its_day(town: Town) -> None:
    name = await town.watch()
    assert "Dropped" in repr(await town.press(Settle(Fate.DROP, name, 0)))
    town.clock.move(days=2)
    await town.look()
    assert await town.asked() == []


WEEKDAYS = frozenset(range(5))


@pytest.mark.parametrize(
    ("due", "at"),
    [
        (date(2026, 11, 27), "2026-11-27 08:30"),
        (date(2026, 11, 28), "2026-11-30 08:30"),
        (date(2026, 12, 25), "2026-12-28 08:30"),
    ],
)
def test_it_is_asked_on_a_day_of_the_channel(due: date, at: str) -> None:
    subscription = Subscription(
        SubscriptionId("slack/C1"), "slack", "C1", time(8, 30), ZoneInfo("UTC"),
        datetime(2026, 1, 1, tzinfo=UTC), WEEKDAYS, off=DaysOff(region=Region("DE")),
    )  # fmt: skip
    assert asked_at(due, subscription) == datetime.fromisoformat(f"{at}+00:00")


def test_the_newer_briefing_is_of_the_same_subject_and_later() -> None:
    def about(name: str, day: int, *topics: str) -> Entry:
        told = Briefing(name, (), date=date(2026, 11, day), topics=topics)
        return Entry(BriefingId(name), told, datetime(2026, 11, day, tzinfo=UTC))

    old, new, other = about("old", 1, "votes"), about("new", 9, "votes"), about("other", 9, "cars")
    library = {each.id: each for each in (old, new, other)}
    assert newer_than(old, library) == new
    assert newer_than(new, library) is None


async def test_a_signal_is_private_and_counts_a_person_once(town: Town) -> None:
    for person in ("U1", "U2"):
        reply = await town.press(Signal(Kind.KNEW, VOTE), person)
        assert reply.audience is Audience.ASKER
    assert "Knew it 2" in repr(reply)
    assert "Knew it 1" in repr(await town.press(Signal(Kind.KNEW, VOTE), "U1"))


async def test_a_channel_without_signals_takes_none(town: Town) -> None:
    manners = ChannelManners(town.database, town.clock)
    await manners.agree(("slack", "C1"), Manners(signals=False), Act("U1", "discussions"))
    assert "Not there" in repr(await town.press(Signal(Kind.KNEW, VOTE)))
    await town.followups.signalling.note_reader(VOTE, HERE, "U1")
    hashes = await town.followups.signalling.signals.counts(("slack", "C1"), VOTE)
    assert not hashes


async def written_by(town: Town, person: str) -> None:
    drafts = Drafts(town.database, town.clock)
    draft = await drafts.begin(("slack", person), {"title": "The Vote"})
    await drafts.saved(draft, VOTE, 1)


async def test_the_author_is_told_once_a_day_and_never_who_asked(town: Town) -> None:
    await written_by(town, "U9")
    for person in ("U1", "U2"):
        assert "author" in repr(await town.press(Signal(Kind.EXPLAIN, VOTE), person))
    town.clock.move(days=1)
    await town.press(Signal(Kind.EXPLAIN, VOTE), "U3")
    assert [person for person, _ in town.platform.told] == ["U9", "U9"]
    assert not any(each in repr(town.platform.told) for each in ("U1", "U2", "U3"))


async def test_nobody_is_told_of_their_own_question_nor_where_there_is_no_author(
    town: Town,
) -> None:
    assert "author" not in repr(await town.press(Signal(Kind.EXPLAIN, VOTE), "U1"))
    await written_by(town, "U9")
    await town.press(Signal(Kind.EXPLAIN, VOTE), "U9")
    assert town.platform.told == []


async def test_an_author_who_cannot_be_reached_keeps_nobody_from_an_answer(town: Town) -> None:
    await written_by(town, "U9")
    town.platform.hindered = True
    assert "Noted" in repr(await town.press(Signal(Kind.EXPLAIN, VOTE), "U1"))


async def test_versions_that_are_not_there_cannot_be_compared(town: Town) -> None:
    assert "Not there" in repr(await town.press(Compare(VOTE, 1, 2)))
