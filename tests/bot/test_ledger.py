"""The ledger on a real SQLite file."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import SettingError
from bot.store.database import open_database
from bot.store.ledger import Ledger
from bot.store.rows import Draft, Plan, State
from briefings.model import BriefingId
from briefings.schedule import Edition, SubscriptionId
from tests.bot.conftest import on
from tests.fakes import MovedClock


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return on(request.param, request, tmp_path)


NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)


def plan(subscription: str = "slack/C1", day: int = 23, **more: object) -> Plan:
    edition = Edition(SubscriptionId(subscription), date(2026, 11, day))
    given = {"briefing": BriefingId("chery"), "title": "Chery", **more}
    return Plan(edition, "slack", "C1", NINE + timedelta(days=day - 23), **given)  # type: ignore[arg-type]


async def test_an_edition_is_claimed_once(ledger: Ledger) -> None:
    assert await ledger.claim(plan(), [Draft("m0", {"text": "card"})])
    assert not await ledger.claim(plan(), [Draft("m1", {"text": "another"})])
    (message,) = await ledger.messages(plan().edition)
    assert message.draft == Draft("m0", {"text": "card"})


async def test_two_processes_claim_an_edition_once(database_url: str, clock: MovedClock) -> None:
    async with open_database(database_url) as one, open_database(database_url) as other:
        claims = [await Ledger(each, clock).claim(plan()) for each in (one, other)]
        assert claims == [True, False]


async def test_the_same_body_for_many_channels_is_kept_once(
    database_url: str, clock: MovedClock
) -> None:
    async with open_database(database_url) as engine:
        ledger = Ledger(engine, clock)
        for number in range(5):
            assert await ledger.claim(plan(f"slack/C{number}"), [Draft(f"m{number}", {"a": 1})])
        async with engine.connect() as connection:
            count = await connection.exec_driver_sql("select count(*) from payload")
            assert count.scalar() == 1


async def test_a_claim_that_breaks_off_leaves_nothing_behind(ledger: Ledger) -> None:
    first = plan("slack/C1")
    await ledger.claim(first, [Draft("same", {"text": "card"})])
    second = plan("slack/C2")
    with pytest.raises(Exception, match=r"(?i)unique"):
        await ledger.claim(second, [Draft("same", {"text": "card"})])
    assert await ledger.find(second.edition) is None


async def test_the_history_of_a_channel_is_what_went_there_last(ledger: Ledger) -> None:
    for day, state in ((20, State.SENT), (21, State.SENT), (22, State.REFUSED)):
        await ledger.claim(plan(day=day, state=state))
    assert await ledger.history("slack", "C1") == {"chery": date(2026, 11, 21)}
    assert await ledger.history("slack", "C2") == {}


async def test_the_newest_thread_about_a_briefing_is_found(ledger: Ledger) -> None:
    for day in (20, 21, 22):
        await ledger.claim(plan(day=day))
    await ledger.open_thread(plan(day=20).edition, "t20")
    await ledger.open_thread(plan(day=21).edition, "t21")
    found = await ledger.posted("slack", "C1", BriefingId("chery"))
    assert found is not None
    assert found.thread == "t21"
    assert await ledger.posted("slack", "C1", BriefingId("other")) is None


async def test_the_secret_is_made_once(ledger: Ledger) -> None:
    assert await ledger.secret() == await ledger.secret()
    assert len(await ledger.secret()) == 32


async def test_editions_are_known_from_a_day_on(ledger: Ledger) -> None:
    for day in (20, 21, 22):
        await ledger.claim(plan(day=day))
    assert await ledger.editions(date(2026, 11, 21)) == {
        plan(day=21).edition,
        plan(day=22).edition,
    }


async def test_times_come_back_in_utc(ledger: Ledger) -> None:
    await ledger.claim(plan())
    record = await ledger.find(plan().edition)
    assert record is not None
    assert record.plan.due_at == NINE
    assert record.plan.due_at.tzinfo is UTC


@pytest.mark.parametrize(
    ("url", "named"),
    [
        ("nonsense", "DATABASE_URL"),
        ("oracle://host/db", "DATABASE_URL"),
        ("sqlite://", "DATABASE_URL names no file"),
        ("sqlite:///", "DATABASE_URL names no file"),
        ("sqlite:///:memory:", "DATABASE_URL names no file"),
        ("sqlite:////no/such/folder/bot.db", "/no/such/folder/bot.db"),
    ],
)
async def test_a_database_that_cannot_be_used_is_named(url: str, named: str) -> None:
    with pytest.raises(SettingError, match=named):
        async with open_database(url):
            pass
