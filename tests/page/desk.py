"""A bot's page over a real database and library, without the bot: the tests write what it shows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from aiohttp import web
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.page.door import Door, LockedDoor, OpenDoor
from bot.page.site import Site
from bot.page.sources import Names, Painter, Sources
from bot.platforms.registry import ROOMS, room
from bot.shelf import LiveShelf, open_live_shelf
from bot.store import tables
from bot.store.agreements import Act, Place
from bot.store.approvals import Approvals
from bot.store.briefings import Briefings
from bot.store.database import open_database
from bot.store.discussions import Contribution, Discussions
from bot.store.overview import Overview
from bot.store.releasing import Releasing
from bot.store.rows import Draft, Plan, State
from bot.store.subscriptions import Subscriptions
from bot.store.talks import conclusion
from bot.store.visits import Visits
from bot.web import FILES
from briefings.model import BriefingId
from briefings.schedule import Edition, SubscriptionId
from briefings.search import Results
from briefings.terms import Terms
from tests.fakes import MovedClock

SLACK, DISCORD = ("slack", "C1"), ("discord", "12")
TODAY = date(2026, 11, 23)
BERLIN = "Europe/Berlin"
DOCUMENTS = {
    "chery-summit.md": "# Chery Summit\n\n## What's Happening?\n\nA summit.\n\n## Why?\n\nCars.\n",
    "leap-second.md": "# Leap Second\n\n## What's Next?\n\n" + "The clocks go on. " * 400,
    "hostile.md": "# <img src=x onerror=alert(1)>\n\n## Who?\n\n@everyone <script>1</script>\n",
    "unsure.txt": "What's Happening?\nSomething that has no title.\n",
}


@dataclass
class Office:
    """What the page shows, and how to write it down."""

    database: AsyncEngine
    clock: MovedClock
    shelf: LiveShelf
    ledger: Releasing
    address: str = ""

    def sources(self) -> Sources:
        async def results(query: str) -> Results:
            return self.shelf.search(query, 10, 0)

        return Sources(
            Overview(self.database),
            self.ledger,
            Subscriptions(self.database, self.clock),
            Approvals(self.database, self.clock),
            Briefings(self.database, self.clock),
            lambda: self.shelf.library,
            results,
            {name: Painter(room(name).draw, room(name).gauges) for name in ROOMS},
            Names({}),
            self.clock,
        )

    async def subscribe(self, place: Place, at: time = time(12), zone: str = BERLIN) -> None:
        """A post every day, at noon in Berlin unless told otherwise, which is still to come."""
        terms = Terms((at,), ZoneInfo(zone))
        await Subscriptions(self.database, self.clock).agree(place, terms, Act("U1", "subscribe"))

    async def post(self, place: Place, day: date, state: State, title: str = "Chery") -> Edition:
        """An edition of one message, as it ended."""
        edition = Edition(SubscriptionId("/".join(place)), day)
        due = datetime(day.year, day.month, day.day, 7, tzinfo=UTC)
        plan = Plan(
            edition,
            *place,
            due,
            state,
            BriefingId("chery-summit"),
            title,
            "the newest not yet posted here",
            BriefingId("leap-second"),
            "nobody knows why",
        )
        await self.ledger.claim(plan, [Draft(f"{place[1]}-{day}", {"text": title})])
        async with self.database.begin() as connection:
            rows = update(tables.message).filter_by(subscription=edition.subscription, day=day)
            await connection.execute(rows.values(state=state))
        return edition

    async def discuss(self, place: Place, people: int) -> None:
        """A thread under the post of a channel, in which so many people said something."""
        async with self.database.begin() as connection:
            await connection.execute(update(tables.edition).values(thread="171.1"))
        talks = Discussions(self.database, self.clock)
        thread = await talks.thread(*place, "171.1")
        assert thread
        for number in range(people):
            at = self.clock.now() - timedelta(weeks=number)
            await talks.keep(thread, Contribution(f"m{number}", f"U{number}", at))

    async def recap(self, place: Place) -> None:
        """The discussion was recapped, and nobody approved of anything yet."""
        row = {
            "name": "a", "platform": place[0], "channel": place[1], "thread": "171.1",
            "briefing": "chery-summit", "text": "", "state": "draft", "version": 0,
            "workspace": "T1", "changed_at": self.clock.now(),
        }  # fmt: skip
        async with self.database.begin() as connection:
            await connection.execute(conclusion.insert().values(row))

    async def link(self, person: str, places: list[Place] | None) -> str:
        """A link that lets somebody in."""
        secret = await Visits(self.database, self.clock).invite(person, places)
        return f"{self.address}/bot/enter/{secret}"


@asynccontextmanager
async def open_office(folder: Path, *, locked: bool = False) -> AsyncIterator[Office]:
    """The page, served; with a login where it is locked."""
    clock = MovedClock()
    documents = folder / "documents"
    documents.mkdir()
    for name, text in DOCUMENTS.items():
        (documents / name).write_text(text, encoding="utf-8")
    async with AsyncExitStack() as stack:
        url = f"sqlite:///{folder / 'bot.db'}"
        database = await stack.enter_async_context(open_database(url))
        store = Briefings(database, clock)
        shelf = await stack.enter_async_context(open_live_shelf(store, [documents]))
        await shelf.caught_up()
        office = Office(database, clock, shelf, Releasing(database, clock))
        door: Door = LockedDoor(Visits(database, clock), is_secure=False) if locked else OpenDoor()
        office.address = await _serve(stack, Site(door, sources=office.sources()))
        yield office


async def _serve(stack: AsyncExitStack, site: Site) -> str:
    app = web.Application()
    app.router.add_static("/web", FILES)
    site.mount(app)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}"
