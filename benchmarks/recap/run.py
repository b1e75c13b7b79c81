"""Recaps of long discussions: what was said in two thousand replies, told in a message.

uv run python -m benchmarks.recap.run [REPLIES]
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TypeVar

from bot.clock import SystemClock
from bot.library.folding import folded
from bot.platforms.discord.render import draw as draw_discord
from bot.platforms.slack.render import draw as draw_slack
from bot.store.conclusions import Conclusions
from bot.store.database import open_database
from bot.store.discussions import Thread
from bot.store.recaps import Recaps
from bot.store.retold import Retold
from bot.store.talks import contribution, discussion
from briefings.blocks import Paragraph, plain
from briefings.model import Briefing, BriefingId, Section
from briefings.recap import Remark, recap
from briefings.recapping import Talk, compose_draft, compose_recap

T = TypeVar("T")

ALLOWED = 1.0
"""Seconds that a recap of two thousand replies may take."""

PEOPLE, SECTIONS, TIMES = 60, 6, 20
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WORDS = "what they sell here is new to us and the plant may help or not as far as we know"


def main(count: int) -> None:
    """Measure and print, as the share of what is allowed and in milliseconds."""
    random = Random(7)
    remarks = [remark(number, random) for number in range(count)]
    names = [f"Section {number}" for number in range(SECTIONS)]
    sections = tuple(Section(plain(name), 2, (Paragraph(plain("…")),)) for name in names)
    talk = Talk("0" * 16, "A long day", Briefing("A long day", sections), {})
    print(f"{count} replies of {PEOPLE} people, the middle of {TIMES} recaps")
    told = timed("counted and read", lambda: recap(remarks))
    message = timed("composed", lambda: compose_recap(told, talk))
    timed("its draft", lambda: compose_draft(told))
    timed("drawn for Slack", lambda: draw_slack(message))
    timed("drawn for Discord", lambda: draw_discord(message))
    timed("all of that", lambda: draw_slack(compose_recap(recap(remarks), talk)))
    asyncio.run(in_a_database(remarks))


async def in_a_database(remarks: Sequence[Remark]) -> None:
    """The same replies in SQLite, and what they cost a look-up."""
    clock = SystemClock()
    thread = Thread("slack", "C1", "17.1", BriefingId("chery"), "A long day")
    with TemporaryDirectory() as folder:
        async with open_database(f"sqlite:///{Path(folder) / 'bot.db'}") as database:
            async with database.begin() as connection:
                await connection.execute(discussion.insert().values(**discussed(thread)))
                await connection.execute(contribution.insert(), [*map(kept, remarks)])
            recaps, retold = Recaps(database, clock), Retold(database)
            conclusions = Conclusions(database, clock)
            await waited("read from SQLite", lambda: recaps.remarks(thread))
            here = ("slack", "C1")
            await waited("its line on a card", lambda: retold.of(here, [thread.briefing], 3))
            about = [thread.briefing]
            await waited("its conclusions", lambda: conclusions.about("slack", "T1", about))
            await waited("sought by a word", lambda: retold.naming(here, ["plant"], folded))


def discussed(thread: Thread) -> dict[str, object]:
    """The row of the discussion."""
    place = {"platform": thread.platform, "channel": thread.channel, "thread": thread.thread}
    about = {"briefing": thread.briefing, "title": thread.title}
    return {**place, **about, "opened_at": START, "heard_at": START}


def kept(remark: Remark) -> dict[str, object]:
    """The row of a reply."""
    place = {"platform": "slack", "channel": "C1", "thread": "17.1", "message": remark.message}
    said = {"person": remark.person, "at": remark.at, "section": remark.section}
    return {**place, **said, "text": remark.text, "links": list(remark.links)}


async def waited(name: str, work: Callable[[], Awaitable[object]]) -> None:
    """Do it several times, and print how long it took in the middle."""
    took = []
    for _ in range(TIMES):
        began = perf_counter()
        await work()
        took.append(perf_counter() - began)
    tell(name, median(took))


def remark(number: int, random: Random) -> Remark:
    """A reply as people write them: some ask, some share a link, few have many reactions."""
    text = " ".join(random.choices(WORDS.split(), k=random.randint(3, 60)))
    links = (f"https://example.org/{number % 90}",) if random.random() < 0.1 else ()
    return Remark(
        f"m{number}",
        f"U{random.randrange(PEOPLE)}",
        START + timedelta(seconds=number),
        random.choice([None, *range(SECTIONS)]),
        f"{text}?" if random.random() < 0.3 else f"{text}.",
        links,
        int(random.paretovariate(1.2)) - 1,
    )


def timed(name: str, work: Callable[[], T]) -> T:
    """Do it several times, and print how long it took in the middle."""
    took, made = [], work()
    for _ in range(TIMES):
        began = perf_counter()
        made = work()
        took.append(perf_counter() - began)
    tell(name, median(took))
    return made


def tell(name: str, seconds: float) -> None:
    """Print a figure, and its share of what a whole recap may take."""
    print(f"{name:20}{seconds / ALLOWED:8.1%} of the second{seconds * 1_000:9.2f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
