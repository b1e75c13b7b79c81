"""Recaps: when they come, what they tell, and that each is told once, whoever looks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery.deliver import Delivery
from bot.errors import PostDelayed, PostError, PostRefused, PostUnknown
from bot.mending import Mender
from bot.platforms.port import Address, Payload, Platform
from bot.recap_press import Desk
from bot.recapping import Recapping
from bot.store.agreements import Act
from bot.store.agreements import Place as Where
from bot.store.conclusion_rows import conclusion_name
from bot.store.database import open_database
from bot.store.discussions import Contribution, Discussions, Thread
from bot.store.ledger import Ledger
from bot.store.manners import ChannelManners
from bot.store.mending import Mending
from bot.store.recaps import Recaps
from bot.store.retold import Retold
from bot.store.rows import Plan, Record, State, edition_row
from bot.store.tables import edition
from briefings.blocks import spans_in
from briefings.manners import Manners
from briefings.message import Actions, Menu, Message, Note
from briefings.model import BriefingId, Entry, Library
from briefings.schedule import Edition, SubscriptionId
from briefings.terms import Terms
from tests.bot.conftest import on
from tests.fakes import MovedClock, RecordingPlatform

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
THREAD = Thread("slack", "C1", "17.1", BriefingId("older"), "Older")
HERE = ("slack", "C1")
ACT = Act("U1", "discussions")
KEPT = Manners(keeps_text=True, recap="quiet 4h")


@dataclass
class Drawing(RecordingPlatform):
    """A platform that draws all words of a message."""

    drawn: list[Message] = field(default_factory=list)

    def draw(self, message: Message) -> tuple[Payload, ...]:
        self.drawn.append(message)
        return ({"title": message.title, "words": words_of(message)},)


def words_of(message: Message) -> str:
    told = [message.title]
    for part in message.blocks:
        match part:
            case Actions(actions):
                told += [each.label for each in actions]
            case Menu(placeholder):
                told.append(placeholder)
            case Note(spans):
                told += [span.text for span in spans]
            case _:
                told += [span.text for span in spans_in([part])]
    return " ".join(told)


@dataclass
class Process:
    """What one process has of the discussions."""

    database: AsyncEngine
    library: Library
    clock: MovedClock

    def __post_init__(self) -> None:
        self.platform = Drawing()
        self.ledger = Ledger(self.database, self.clock)
        self.manners = ChannelManners(self.database, self.clock)
        self.discussions = Discussions(self.database, self.clock)
        self.retold = Retold(self.database)
        self.woken: list[str] = []
        self.platforms: dict[str, Platform] = {"slack": self.platform}
        desk = Desk(
            Recaps(self.database, self.clock),
            Mending(self.database),
            self.terms,
            lambda: self.library,
            self.platforms,
            self.woken.append,
            self.clock,
        )
        self.recapping, self.mender = Recapping(desk), Mender(desk)

    async def terms(self, _: Where) -> Terms:
        return Terms((time(9),), ZoneInfo("Europe/Berlin"))

    async def begin(self, thread: Thread) -> None:
        """Have a discussion in a channel that wants recaps."""
        here = (thread.platform, thread.channel)
        key = Edition(SubscriptionId("/".join(here)), NOON.date())
        plan = Plan(key, *here, NOON, briefing=thread.briefing, title="Older")
        async with self.database.begin() as connection:
            row = {**edition_row(plan, NOON), "thread": thread.thread, "state": "sent"}
            await connection.execute(edition.insert().values(row))
        await self.discussions.thread(*here, thread.thread)
        await self.manners.agree(here, KEPT, ACT)

    async def say(
        self, number: int, person: str, words: str = "", minutes: int = 0, thread: Thread = THREAD
    ) -> None:
        at = NOON + timedelta(minutes=minutes)
        said = Contribution(f"17.{number}", person, at, 0, words or None)
        await self.discussions.keep(thread, said)

    async def talk(self, thread: Thread = THREAD) -> None:
        """What three replies of two people are."""
        await self.say(2, "U1", "They sell 500 cars.", thread=thread)
        await self.say(3, "U2", "Really?", 1, thread)
        where = (thread.platform, thread.channel, "17.2")
        await self.discussions.react(where, ("U2", "tada"), away=False)

    async def recaps(self) -> list[Record]:
        """The recaps that are written down."""
        recent = await self.ledger.newest(50)
        return [each for each in recent if each.plan.edition.subscription.startswith("recap/")]

    async def post_recap(self, *others: Thread) -> None:
        """Have the recap of a talk in its thread, and of the same in others."""
        for thread in (THREAD, *others):
            await self.talk(thread)
        self.clock.move(hours=5)
        await self.recapping.look()
        delivery = Delivery(self.ledger, self.platforms, self.clock)
        for record in await self.recaps():
            assert await delivery.deliver(record.plan.edition) is State.SENT

    async def everything(self) -> str:
        """All that is in the tables which hold what was said or posted."""
        told = []
        async with self.database.begin() as connection:
            for table in ("contribution", "payload", "conclusion", "edition"):
                rows = await connection.execute(text(f"SELECT * FROM {table}"))
                told += [str(tuple(row)) for row in rows]
        return "\n".join(told)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return on(getattr(request, "param", "sqlite"), request, tmp_path)


BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
async def process(
    database: AsyncEngine, library: dict[BriefingId, Entry], clock: MovedClock
) -> Process:
    clock.moment = NOON
    found = Process(database, library, clock)
    await found.begin(THREAD)
    return found


@pytest.fixture
async def another(process: Process, database_url: str) -> AsyncIterator[Process]:
    """A second process on the same database."""
    async with open_database(database_url) as engine:
        yield Process(engine, process.library, process.clock)


@BOTH
async def test_a_recap_comes_after_the_quiet_that_the_channel_chose_into_the_thread(
    process: Process,
) -> None:
    await process.talk()
    process.clock.moment = NOON + timedelta(hours=4)
    await process.recapping.look()
    assert await process.recaps() == []
    process.clock.move(minutes=2)
    await process.recapping.look()
    await process.recapping.look()
    (record,) = await process.recaps()
    assert (record.plan.within, record.plan.threaded, record.plan.briefing) == ("17.1", False, None)
    assert process.woken == ["slack"]
    assert words_of(process.platform.drawn[-1]) == (
        "Recap: Older 2 replies from 2 people:  U1 ,  U2 What drew the talk: What's Happening? (2)"
        " Most reactions They sell 500 cars. U1  · 1 reaction  ·  see it Still open Really?  ·  U2"
        "  ·  see it Write what we said"
    )


async def test_a_recap_is_no_post_of_its_channel(process: Process) -> None:
    await process.manners.agree(HERE, Manners(recap="quiet 4h", recap_in="channel"), ACT)
    await process.talk()
    process.clock.move(hours=5)
    await process.recapping.look()
    (record,) = await process.recaps()
    assert record.plan.within is None
    assert [each.plan.title for each in await process.ledger.recent("slack", "C1", 9)] == ["Older"]
    assert "The whole discussion" in words_of(process.platform.drawn[-1])


async def test_without_the_channels_leave_a_recap_has_no_words(process: Process) -> None:
    await process.manners.agree(HERE, Manners(recap="quiet 4h"), ACT)
    await process.talk()
    process.clock.move(hours=5)
    await process.recapping.look()
    told = words_of(process.platform.drawn[-1])
    assert "500" not in told
    assert "Really" not in told
    assert "U1  · 1 reaction  ·  see it" in told


async def test_what_is_said_after_a_recap_has_the_next_one_to_itself(process: Process) -> None:
    await process.talk()
    process.clock.move(hours=5)
    await process.recapping.look()
    await process.say(4, "U1", "Yes, 500.", 400)
    await process.say(5, "U3", "Thanks!", 401)
    process.clock.move(hours=8)
    await process.recapping.look()
    first, second = sorted(await process.recaps(), key=lambda each: each.plan.due_at)
    assert first.plan.edition != second.plan.edition
    told = words_of(process.platform.drawn[-1])
    assert "2 replies from 2 people:  U1 ,  U3" in told
    assert "Really" not in told


async def test_at_its_hour_a_recap_tells_what_was_said_before(process: Process) -> None:
    await process.manners.agree(HERE, Manners(keeps_text=True, recap="17:00"), ACT)
    await process.talk()
    process.clock.moment = datetime(2026, 11, 23, 15, 59, tzinfo=UTC)  # 16:59 in Berlin
    await process.recapping.look()
    assert await process.recaps() == []
    process.clock.move(minutes=1)
    await process.recapping.look()
    assert len(await process.recaps()) == 1


async def test_a_deleted_message_is_in_no_recap(process: Process) -> None:
    await process.talk()
    await process.say(4, "U3", "Secret?", 2)
    await process.discussions.forget("slack", "C1", "17.4")
    process.clock.move(hours=5)
    await process.recapping.look()
    told = words_of(process.platform.drawn[-1])
    assert "Secret" not in told
    assert "U3" not in told


@pytest.mark.parametrize("recap", ["off", "quiet 4h"])
async def test_nobody_is_bothered_with_a_recap_of_one_voice_or_where_nobody_wants_any(
    process: Process, recap: str
) -> None:
    await process.manners.agree(HERE, Manners(recap=recap), ACT)
    await process.say(2, "U1")
    if recap == "off":
        await process.say(3, "U2")
    process.clock.move(hours=5)
    await process.recapping.look()
    await process.recapping.look()
    assert await process.recaps() == []


async def test_talks_of_long_ago_are_not_recapped_once_a_channel_wants_recaps(
    process: Process,
) -> None:
    await process.talk()
    process.clock.move(days=4)
    await process.recapping.look()
    assert await process.recaps() == []


@BOTH
async def test_two_processes_that_look_at_once_tell_it_once(
    process: Process, another: Process
) -> None:
    await process.talk()
    process.clock.move(hours=5)
    await asyncio.gather(process.recapping.look(), another.recapping.look())
    await asyncio.gather(another.recapping.look(), process.recapping.look())
    assert len(await process.recaps()) == 1
    async with process.database.begin() as connection:
        names = (await connection.execute(text("SELECT name FROM conclusion"))).scalars().all()
    assert names == [conclusion_name(THREAD)]


@BOTH
async def test_the_address_of_a_discussion_is_kept_for_later(process: Process) -> None:
    await process.talk()
    await process.recapping.look()
    (told,) = await process.retold.newest(HERE, 5)
    assert told.link == "https://example.org/C1/17.1"
    assert told.replies == 2


@BOTH
async def test_a_deleted_message_leaves_the_recap_that_quotes_it(process: Process) -> None:
    await process.post_recap()
    assert "500 cars" in await process.everything()
    await process.mender.look()
    assert process.platform.edits == []
    await process.discussions.forget("slack", "C1", "17.2")
    await process.mender.look()
    (edited,) = process.platform.edits
    assert edited.to == Address("C1", "17.1")
    assert "500 cars" not in str(edited.payload)
    assert "1 reply from 1 person:  U2" in str(edited.payload)
    assert "500 cars" not in await process.everything()
    await process.mender.look()
    assert len(process.platform.edits) == 1


@BOTH
async def test_an_edited_message_reads_in_the_recap_as_it_does_by_now(process: Process) -> None:
    await process.post_recap()
    await process.say(2, "U1", "They sell 500 cars.")  # a platform may tell of it once more
    await process.mender.look()
    assert process.platform.edits == []
    await process.say(2, "U1", "They sell 900 cars.")
    await process.mender.look()
    (edited,) = process.platform.edits
    assert edited.to == Address("C1", "17.1")
    assert "900 cars" in str(edited.payload)
    assert "500 cars" not in str(edited.payload)
    assert "500 cars" not in await process.everything()
    await process.mender.look()
    assert len(process.platform.edits) == 1


async def test_a_question_that_was_edited_away_is_open_no_longer(process: Process) -> None:
    await process.post_recap()
    await process.say(3, "U2", "Really.", 1)
    await process.mender.look()
    (edited,) = process.platform.edits
    assert "Really" not in str(edited.payload)
    await process.say(3, "U2", "Or not?", 1)  # it is quoted nowhere: a recap is no live view
    await process.mender.look()
    assert len(process.platform.edits) == 1


@BOTH
async def test_words_that_a_channel_no_longer_allows_leave_its_recaps(process: Process) -> None:
    await process.post_recap()
    await process.manners.agree(HERE, Manners(recap="quiet 4h"), ACT)
    await process.mender.look()
    (edited,) = process.platform.edits
    assert "U1  · 1 reaction" in str(edited.payload)
    assert "500 cars" not in await process.everything()
    assert "Really" not in await process.everything()


async def test_of_a_discussion_that_was_taken_back_nothing_is_left(process: Process) -> None:
    await process.post_recap()
    for message in ("17.2", "17.3"):
        await process.discussions.forget("slack", "C1", message)
    await process.mender.look()
    (edited,) = process.platform.edits
    assert "no longer kept" in str(edited.payload)
    assert "U1" not in str(edited.payload)
    await process.mender.look()
    assert len(process.platform.edits) == 1


@pytest.mark.parametrize("trouble", [PostDelayed("Slow down.", 5), PostUnknown("Nobody knows.")])
async def test_a_recap_that_cannot_be_mended_now_is_mended_later(
    process: Process, trouble: PostError
) -> None:
    await process.post_recap()
    await process.discussions.forget("slack", "C1", "17.2")
    process.platform.troubles = [trouble]
    await process.mender.look()
    assert process.platform.edits == []
    await process.mender.look()
    assert len(process.platform.edits) == 1


async def test_a_platform_that_is_away_holds_up_no_recap_of_another(process: Process) -> None:
    other = process.platforms["discord"] = Drawing("discord")
    elsewhere = replace(THREAD, platform="discord")
    await process.begin(elsewhere)
    await process.post_recap(elsewhere)
    for platform in ("slack", "discord"):
        await process.discussions.forget(platform, "C1", "17.2")
    process.platform.troubles = [PostDelayed("Slow down.", 5)]
    other.troubles = [PostUnknown("Nobody knows.")]
    await process.mender.look()
    assert (process.platform.troubles, other.troubles) == ([], [])
    await process.mender.look()
    assert (len(process.platform.edits), len(other.edits)) == (1, 1)


async def test_a_recap_that_somebody_deleted_is_let_go(process: Process) -> None:
    await process.post_recap()
    await process.discussions.forget("slack", "C1", "17.2")
    process.platform.troubles = [PostRefused("It is gone.")]
    await process.mender.look()
    await process.mender.look()
    assert process.platform.edits == []
    assert "500 cars" not in await process.everything()
