"""Parked posts: shown with their reason, and released as a person decides."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.delivery.deliver import Delivery
from bot.delivery.plan import drafts
from bot.errors import PostRefused, PostUnknown, SettingError
from bot.store.database import open_database
from bot.store.releasing import Releasing, Verdict
from bot.store.rows import Plan, Record, State
from briefings.schedule import Edition, SubscriptionId
from tests.fakes import MovedClock, RecordingPlatform

EDITION = Edition(SubscriptionId("slack/C1"), date(2026, 11, 23))


@pytest.fixture
async def held(database_url: str, clock: MovedClock) -> AsyncIterator[Releasing]:
    async with open_database(database_url) as database:
        yield Releasing(database, clock)


async def parked(
    ledger: Releasing,
    clock: MovedClock,
    *troubles: Exception | None,
    expires_at: datetime | None = None,
) -> tuple[RecordingPlatform, Delivery, Record]:
    """An edition of three messages, held because of the last trouble."""
    plan = Plan(EDITION, "slack", "C1", datetime(2026, 11, 23, 8, tzinfo=UTC), title="Chery")
    plan = replace(plan, expires_at=expires_at)
    payloads = [{"title": title} for title in ("card", "one", "two")]
    await ledger.claim(plan, drafts(plan, payloads, await ledger.secret()))
    platform = RecordingPlatform(troubles=list(troubles), blind=True)  # type: ignore[arg-type]
    delivery = Delivery(ledger, {"slack": platform}, clock)
    await delivery.deliver(EDITION)
    record = await ledger.find(EDITION)
    assert record is not None
    return platform, delivery, record


async def test_a_parked_edition_is_listed_with_what_to_do(
    held: Releasing, clock: MovedClock
) -> None:
    _, _, record = await parked(held, clock, PostUnknown("Timed out."))
    assert await held.parked() == (record,)
    assert "briefing-bot parked" in str(record.plan.reason)


async def test_post_it_sends_what_was_in_doubt_and_the_rest(
    held: Releasing, clock: MovedClock
) -> None:
    platform, delivery, record = await parked(held, clock, None, PostUnknown("Timed out."))
    await held.release(record, Verdict.POST)
    assert await delivery.deliver(EDITION) is State.SENT
    assert platform.titles() == ["card", "one", "two"]


async def test_it_is_there_goes_on_behind_it(held: Releasing, clock: MovedClock) -> None:
    platform, delivery, record = await parked(held, clock, None, PostUnknown("Timed out."))
    await held.release(record, Verdict.THERE)
    assert await delivery.deliver(EDITION) is State.SENT
    assert platform.titles() == ["card", "two"]


async def test_a_card_that_is_there_has_to_be_named(held: Releasing, clock: MovedClock) -> None:
    platform, delivery, record = await parked(held, clock, PostUnknown("Timed out."))
    with pytest.raises(SettingError, match="--message"):
        await held.release(record, Verdict.THERE)
    await held.release(record, Verdict.THERE, "171.42")
    assert await delivery.deliver(EDITION) is State.SENT
    assert platform.threads == ["171.42"]
    assert platform.titles() == ["one", "two"]


async def test_skip_ends_it(held: Releasing, clock: MovedClock) -> None:
    platform, delivery, record = await parked(held, clock, PostUnknown("Timed out."))
    await held.release(record, Verdict.SKIP)
    assert await delivery.deliver(EDITION) is State.SKIPPED
    assert platform.titles() == []
    with pytest.raises(SettingError, match="nothing to release"):
        await held.release(await _found(held), Verdict.POST)


async def test_a_refused_post_goes_out_once_the_cause_is_mended(
    held: Releasing, clock: MovedClock
) -> None:
    platform, delivery, record = await parked(held, clock, PostRefused("Invite the bot."))
    with pytest.raises(SettingError, match="not there"):
        await held.release(record, Verdict.THERE)
    await held.release(record, Verdict.POST)
    assert await delivery.deliver(EDITION) is State.SENT
    assert platform.titles() == ["card", "one", "two"]


async def _found(ledger: Releasing) -> Record:
    record = await ledger.find(EDITION)
    assert record is not None
    return record


async def test_what_a_person_releases_is_never_too_late(held: Releasing, clock: MovedClock) -> None:
    noon = clock.now() + timedelta(hours=4)
    platform, delivery, record = await parked(
        held, clock, PostRefused("Invite the bot."), expires_at=noon
    )
    clock.move(days=2)
    await held.release(record, Verdict.POST)
    assert await delivery.deliver(EDITION) is State.SENT
    assert platform.titles() == ["card", "one", "two"]
