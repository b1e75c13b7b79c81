"""Those who watch the bot: readiness, figures, and the alarm for what did not post."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import aiohttp
import pytest

from bot.alarm import GRACE, STUCK, Alarm
from bot.delivery.plan import drafts
from bot.errors import PostDelayed, PostError, PostRefused, PostUnknown, SettingError
from bot.health import open_health
from bot.platforms.port import Platform
from bot.store import tables
from bot.store.database import open_database
from bot.store.rows import Plan, State
from bot.works import ALL, Role, Works, delivery_of, open_works
from briefings.schedule import Edition, SubscriptionId
from tests.fakes import MovedClock, RecordingPlatform

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
PLAN = Plan(Edition(SubscriptionId("slack/C1"), date(2026, 11, 23)), "slack", "C1", NINE, title="T")


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


async def works(
    stack: AsyncExitStack, url: str, clock: MovedClock, roles: frozenset[Role] = ALL
) -> Works:
    return await open_works(stack, url, clock, roles)


def alarm(works: Works) -> Alarm:
    return Alarm(works.ledger, works.workers, works.metrics, works.clock)


async def subscribed(url: str) -> None:
    """A channel that was due at nine, and nobody looked."""
    row = {
        "id": "slack/C1",
        "platform": "slack",
        "channel": "C1",
        "declared": True,
        "at": time(9),
        "zone": "UTC",
        "weekdays": "1234567",
        "breaks": "[]",
        "shift": "skip",
        "topics": "[]",
        "without": "[]",
        "rest_days": 90,
        "repeats": True,
        "layout": "thread",
        "late": "send",
        "late_minutes": 720,
        "since": NINE,
        "next_due_at": NINE,
        "troubled": False,
    }
    async with open_database(url) as database, database.begin() as connection:
        await connection.execute(tables.subscription.insert(), row)


async def test_an_hour_that_passed_without_an_edition_is_called_out_with_the_cause(
    stack: AsyncExitStack, database_url: str, clock: MovedClock
) -> None:
    await subscribed(database_url)
    at_work = await works(stack, database_url, clock, frozenset({Role.DELIVER}))
    clock.moment = NINE + GRACE
    assert await alarm(at_work).look() == ()
    clock.move(seconds=1)
    (told,) = await alarm(at_work).look()
    assert "slack channel C1 at 09:00 UTC" in told
    assert "--role schedule" in told
    assert b"briefing_missing_editions 1.0" in at_work.metrics.text()
    at_work.workers.trouble = "The disk is full."
    (told,) = await alarm(at_work).look()
    assert told.endswith(": The disk is full.")


async def test_an_edition_that_nobody_delivers_is_called_out_with_the_cause(
    stack: AsyncExitStack, database_url: str, clock: MovedClock
) -> None:
    at_work = await works(stack, database_url, clock, frozenset({Role.SCHEDULE}))
    await at_work.ledger.claim(PLAN)
    clock.moment = NINE + STUCK + timedelta(seconds=1)
    (told,) = await alarm(at_work).look()
    assert "--role deliver" in told


async def test_moves_become_figures(
    stack: AsyncExitStack, database_url: str, clock: MovedClock
) -> None:
    at_work = await works(stack, database_url, clock)
    await at_work.ledger.claim(PLAN)
    clock.moment = NINE + timedelta(seconds=7)
    record = await at_work.ledger.take(PLAN.edition)
    assert record is not None
    await at_work.ledger.finish(record, State.SENT)
    text = at_work.metrics.text().decode()
    assert 'briefing_editions_total{platform="slack",state="sent"} 1.0' in text
    assert 'briefing_lag_seconds_sum{platform="slack"} 7.0' in text


async def test_readiness_says_what_is_wrong(
    stack: AsyncExitStack, database_url: str, clock: MovedClock
) -> None:
    at_work = await works(stack, database_url, clock)
    wrong = {"database": "It is away."}

    async def database() -> str:
        return wrong.get("database", "")

    async with (
        open_health(0, at_work.metrics, {"database": database}) as address,
        aiohttp.ClientSession() as http,
    ):
        async with http.get(f"{address}/readyz") as answer:
            assert (answer.status, (await answer.json())["wrong"]) == (503, wrong)
        wrong.clear()
        for path in ("readyz", "healthz", "metrics"):
            async with http.get(f"{address}/{path}") as answer:
                assert answer.status == 200
        port = int(address.rpartition(":")[2])
        with pytest.raises(SettingError, match="BRIEFING_HEALTH_PORT"):
            async with open_health(port, at_work.metrics, {}):
                pass


async def test_without_a_port_nothing_listens(
    stack: AsyncExitStack, database_url: str, clock: MovedClock
) -> None:
    at_work = await works(stack, database_url, clock)
    async with open_health(None, at_work.metrics, {}) as address:
        assert address == ""


async def test_every_figure_moves(
    stack: AsyncExitStack, database_url: str, clock: MovedClock
) -> None:
    at_work = await works(stack, database_url, clock)
    fates: dict[State, list[PostError | None]] = {
        State.PARKED: [PostUnknown("Reset.")],
        State.DELAYED: [PostDelayed("Slow down.", 999)],
        State.REFUSED: [PostRefused("Invite the bot.")],
        State.SENT: [],
    }
    online: dict[str, Platform] = {}
    delivery = delivery_of(at_work, online, ["slack"])
    for number, troubles in enumerate(fates.values()):
        edition = Edition(SubscriptionId(f"slack/C{number}"), PLAN.edition.day)
        plan = replace(PLAN, edition=edition, channel=f"C{number}", threaded=False)
        at_work.metrics.due(plan)
        await at_work.ledger.claim(plan, drafts(plan, [{"title": "T"}], b"secret"))
        platform = RecordingPlatform(troubles=troubles, blind=True)
        online["slack"] = platform
        await delivery.deliver(edition)
    delivery.pace("slack").answer("C9")
    text = at_work.metrics.text().decode()
    for state in (*fates, State.PLANNED):
        assert f'briefing_editions_total{{platform="slack",state="{state}"}}' in text
    for became in ("sending", "sent", "refused", "delayed", "unknown", "parked"):
        assert f'briefing_messages_total{{platform="slack",state="{became}"}}' in text
    assert 'briefing_editions_total{platform="slack",state="planned"} 4.0' in text
    await alarm(at_work).look()
    text = at_work.metrics.text().decode()
    for state in (State.PARKED, State.DELAYED):
        assert f'briefing_standing_editions{{platform="slack",state="{state}"}} 1.0' in text
    (left,) = [line for line in text.splitlines() if line.startswith("briefing_budget_left{")]
    assert 0 <= float(left.split()[-1]) < 1


async def test_every_move_is_one_event_with_its_fields(
    stack: AsyncExitStack,
    database_url: str,
    clock: MovedClock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG", "bot.chronicle")
    at_work = await works(stack, database_url, clock)
    plan = replace(PLAN, threaded=False)
    await at_work.ledger.claim(plan, drafts(plan, [{"title": "T"}], b"secret"))
    online = {"slack": RecordingPlatform(troubles=[PostUnknown("Reset.")])}
    await delivery_of(at_work, online, ["slack"]).deliver(plan.edition)
    told = [each for each in caplog.records if each.name == "bot.chronicle"]
    actions = [vars(each)["action"] for each in told]
    assert actions[:3] == ["edition.claimed", "message.sending", "message.unknown"]
    assert actions[-2:] == ["message.sent", "edition.sent"]
    fields = vars(told[2])
    wanted = ("slack", "C1", "slack/C1 2026-11-23", 0, "Reset.")
    named = ("platform", "channel", "edition", "part", "reason")
    assert tuple(fields[name] for name in named) == wanted
