"""Quiet signals: counted once a person and kind, and nobody is named anywhere."""

from __future__ import annotations

from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.agreements import Act
from bot.store.ledger import Ledger
from bot.store.manners import ChannelManners
from bot.store.retention import Retention
from bot.store.signals import Signals, hashed
from briefings.followups import Kind
from briefings.manners import Manners
from briefings.model import BriefingId
from tests.fakes import MovedClock

PLACE, OTHER = ("slack", "C1"), ("slack", "C2")
TRAM, DAY = BriefingId("tram"), date(2026, 11, 23)
PERSON = "U0ALICE001"


async def test_pressing_again_takes_a_signal_back(database: AsyncEngine) -> None:
    signals = Signals(database)
    given = [await signals.turn(PLACE, TRAM, Kind.KNEW, "a", DAY) for _ in range(3)]
    assert given == [True, False, True]
    assert dict(await signals.counts(PLACE, TRAM)) == {Kind.KNEW: 1}


async def test_signals_are_counted_by_person_kind_briefing_and_channel(
    database: AsyncEngine,
) -> None:
    signals = Signals(database)
    for who in ("a", "b"):
        await signals.turn(PLACE, TRAM, Kind.KNEW, who, DAY)
        await signals.turn(PLACE, TRAM, Kind.EXPLAIN, who, DAY)
    await signals.turn(OTHER, TRAM, Kind.KNEW, "a", DAY)
    await signals.turn(PLACE, BriefingId("bus"), Kind.KNEW, "a", DAY)
    await signals.note_reader(PLACE, TRAM, "c", DAY)
    await signals.note_reader(PLACE, TRAM, "c", DAY)
    assert dict(await signals.counts(PLACE, TRAM)) == {Kind.KNEW: 2, Kind.EXPLAIN: 2}
    assert dict(await signals.counts(OTHER, TRAM)) == {Kind.KNEW: 1}


async def test_no_row_of_any_table_names_who_signalled(
    database: AsyncEngine, ledger: Ledger
) -> None:
    who = hashed(await ledger.secret(), "slack", PERSON)
    await Signals(database).turn(PLACE, TRAM, Kind.AFFECTS, who, DAY)
    async with database.connect() as connection:
        listed = "SELECT name FROM sqlite_master WHERE type = 'table'"
        tables = (await connection.execute(text(listed))).scalars().all()
        told = [
            repr(row)
            for table in tables
            for row in await connection.execute(text(f'SELECT * FROM "{table}"'))
        ]
    assert any(who in row for row in told)
    assert not any(PERSON in row for row in told)


def test_the_same_person_is_the_same_hash_for_one_secret_alone() -> None:
    assert hashed(b"x", "slack", PERSON) == hashed(b"x", "slack", PERSON)
    assert hashed(b"x", "slack", PERSON) != hashed(b"y", "slack", PERSON)
    assert hashed(b"x", "slack", PERSON) != hashed(b"x", "discord", PERSON)
    assert len(hashed(b"x", "slack", PERSON)) == 64


async def test_signals_are_forgotten_as_late_as_what_is_said(
    database: AsyncEngine, clock: MovedClock
) -> None:
    signals, retention = Signals(database), Retention(database, clock)
    today = clock.now().date()
    await signals.turn(PLACE, TRAM, Kind.KNEW, "a", today)
    await signals.turn(OTHER, TRAM, Kind.KNEW, "a", today)
    manners = ChannelManners(database, clock)
    await manners.agree(OTHER, Manners(kept_days=7), Act("U1", "discussions"))
    clock.move(days=8)
    await retention.forget()
    assert await signals.counts(PLACE, TRAM)
    assert not await signals.counts(OTHER, TRAM)
    clock.move(days=90)
    await retention.forget()
    assert not await signals.counts(PLACE, TRAM)
