"""A posted briefing and its thread, for tests of what is said there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery.plan import drafts, draw_post
from bot.listening import Listening
from bot.platforms.events import Place
from bot.platforms.slack.render import draw
from bot.platforms.talk import Said
from bot.sections import Sections
from bot.store.discussions import Discussions
from bot.store.ledger import Ledger
from bot.store.quotes import Quotes
from bot.store.rows import Draft, Plan, State, key
from bot.store.sayings import Thread
from bot.store.tables import edition, message
from briefings.blocks import Paragraph, plain
from briefings.card import compose_post
from briefings.model import Briefing, BriefingId, Entry, Library, Section
from briefings.schedule import Edition, SubscriptionId
from tests.fakes import MovedClock

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DAY = date(2026, 11, 23)
CHERY = BriefingId("chery")
THREAD = Thread("slack", "C1", "17.0", CHERY, "Chery")
HEADINGS = ("What's Happening?", "Why It's Important?", "What's Next?")


def _section(heading: str) -> Section:
    return Section(plain(heading), 2, (Paragraph(plain(f"{heading} Something.")),))


ENTRY = Entry(CHERY, Briefing("Chery", tuple(_section(each) for each in HEADINGS)), NOON)
LIBRARY: Library = {CHERY: ENTRY}


@dataclass
class Town:
    """A database with posts in it, and who listens."""

    database: AsyncEngine
    clock: MovedClock
    discussions: Discussions
    listening: Listening

    @classmethod
    def of(cls, database: AsyncEngine) -> Town:
        clock = MovedClock(NOON)
        discussions = Discussions(database, clock)
        sections = Sections(discussions, Quotes(database), lambda: LIBRARY)
        return cls(database, clock, discussions, Listening(discussions, sections))

    async def post(self, thread: Thread = THREAD, at: datetime = NOON) -> None:
        """A post that stands: its messages are `<thread>`, then `<thread>+1` and so on."""
        name = SubscriptionId(f"{thread.platform}/{thread.channel}/{thread.thread}")
        plan = Plan(
            Edition(name, DAY), thread.platform, thread.channel, at - timedelta(minutes=5),
            State.SENT, thread.briefing, thread.title,
        )  # fmt: skip
        secret = await Ledger(self.database, self.clock).secret()
        written = drafts(plan, draw_post(compose_post(ENTRY), draw), secret)
        await self._write(plan, written, thread.thread)

    async def quote(self, name: str, at: datetime, sent: str) -> None:
        """A section that was quoted in the thread, under its name in the ledger."""
        edition = Edition(SubscriptionId(name), DAY)
        plan = Plan(edition, "slack", "C1", at, State.SENT, within="17.0")
        await self._write(plan, (Draft(f"marker of {sent}", {"text": sent}),), sent)

    async def _write(self, plan: Plan, written: Sequence[Draft], first: str) -> None:
        assert await Ledger(self.database, self.clock).claim(plan, written)
        async with self.database.begin() as connection:
            if plan.briefing:
                post = update(edition).filter_by(**key(plan.edition))
                await connection.execute(post.values(thread=first))
            for number in range(len(written)):
                known = f"{first}+{number}" if number else first
                sent = update(message).filter_by(**key(plan.edition), number=number)
                await connection.execute(sent.values(state=State.SENT, platform_id=known))


def said(number: int, text: str | None = None, to: str | None = None) -> Said:
    """What somebody says in the thread, so many minutes after noon."""
    place = Place("slack", "T1", "C1", "17.0")
    return Said(place, f"U{number}", f"17.{number}", NOON + timedelta(minutes=number), text, to)
