"""`briefing-bot report`: the same figures as a table, JSON, CSV and a picture; nobody is named."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.report import BARS, HEAD, sparks
from bot.clock import SystemClock
from bot.store.briefings import Briefings
from bot.store.database import open_database
from bot.store.discussions import Contribution, Discussions, Thread
from bot.store.keeping import Document, Found
from bot.store.ledger import Ledger
from bot.store.rows import Plan, State
from bot.store.signals import Signals, hashed
from briefings.followups import Kind
from briefings.model import BriefingId
from briefings.packing import pack
from briefings.reading.reader import read
from briefings.schedule import Edition, SubscriptionId
from tests.bot.cli.test_cli import run, told

TEXT = b"# Tram 7\n\n## What's Happening?\n\nIt reopens.\n\n## What's Next?\n\nA report.\n"
TRAM = BriefingId("tram")
PLACE = ("slack", "C0DAILY01")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with a post, three replies by two people, and a signal of one of them."""
    found = f"sqlite:///{tmp_path_factory.mktemp('report') / 'bot.db'}"
    asyncio.run(_fill(found))
    return found


async def _fill(url: str) -> None:
    clock = SystemClock()
    now = datetime.now(UTC) - timedelta(hours=1)  # noqa: TID251 (the command has the real clock)
    async with open_database(url) as engine:
        kept = Document("tram.md", TEXT, "Tram 7", pack(read(TEXT, "tram.md").briefing))
        found = Found("file:tram.md", "here", "seen", (TRAM,), now, kept)
        await Briefings(engine, clock).take_in([found])
        ledger = Ledger(engine, clock)
        edition = Edition(SubscriptionId("slack/C0DAILY01"), now.date())
        plan = Plan(edition, *PLACE, now, State.SENT, TRAM, "Tram 7")
        await ledger.claim(plan)
        await ledger.open_thread(edition, "1.0")
        thread = Thread(*PLACE, "1.0", TRAM, "Tram 7")
        discussions = Discussions(engine, clock)
        assert await discussions.thread(*PLACE, "1.0") == thread
        for number, (person, section) in enumerate((("U1", 1), ("U1", 1), ("U2", None))):
            await discussions.keep(thread, Contribution(f"1.{number + 1}", person, now, section))
        secret = await ledger.secret()
        signals = Signals(engine)
        await signals.turn(PLACE, TRAM, Kind.KNEW, hashed(secret, "slack", "U2"), now.date())
        await signals.note_reader(PLACE, TRAM, hashed(secret, "slack", "U3"), now.date())


def test_the_figures_as_json(url: str) -> None:
    (channel,) = json.loads(run("report", "--json", DATABASE_URL=url).stdout)["channels"]
    assert (channel["posts"], channel["readers"]) == (1, 3)
    assert channel["signals"] == {"knew": 1}
    counts = {each["section"]: each["count"] for each in channel["replies"]}
    assert counts == {"What's Next?": 2, "(the whole)": 1}


def test_the_figures_as_csv_are_a_row_each(url: str) -> None:
    rows = list(csv.reader(io.StringIO(run("report", "--csv", DATABASE_URL=url).stdout)))
    assert tuple(rows[0]) == HEAD
    assert ["slack", "C0DAILY01", "posts", "", "", "1"] in rows
    assert ["slack", "C0DAILY01", "signals", "knew", "", "1"] in rows


def test_the_figures_as_tables_and_a_picture_name_nobody(url: str, tmp_path: Path) -> None:
    file = tmp_path / "report.png"
    result = run("report", "--png", str(file), "--days", "7", DATABASE_URL=url, COLUMNS="120")
    assert "What's Next?" in result.stdout
    assert "█" in result.stdout
    assert not {"U1", "U2", "U3"} & set(result.stdout.split())
    assert file.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("channel", ["C0OTHER001", "discord:C0DAILY01"])
def test_a_channel_without_posts_has_none(url: str, channel: str) -> None:
    result = run("report", "--channel", channel, DATABASE_URL=url)
    assert result.stdout == "Nothing was posted or said in these days.\n"


def test_without_a_database_the_sentence_says_what_makes_one(tmp_path: Path) -> None:
    missing = f"sqlite:///{tmp_path / 'none.db'}"
    assert "briefing-bot run" in told(run("report", DATABASE_URL=missing))


@given(st.lists(st.integers(0, 1_000), max_size=20))
def test_a_bar_is_as_high_as_its_number(numbers: list[int]) -> None:
    drawn = sparks(numbers)
    assert len(drawn) == len(numbers)
    assert all((bar == " ") is (number == 0) for bar, number in zip(drawn, numbers, strict=True))
    if any(numbers):
        assert drawn[numbers.index(max(numbers))] == BARS[-1]
