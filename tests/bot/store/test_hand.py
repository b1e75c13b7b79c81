"""The hand that writes, on a real database."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.errors import Overtaken
from bot.store.database import open_database
from bot.store.ledger import Ledger
from bot.store.rows import Draft, Plan, State
from briefings.schedule import Edition, SubscriptionId
from tests.fakes import MovedClock
from tests.postgres import Postgres

EDITION = Edition(SubscriptionId("slack/C1"), date(2026, 11, 23))
PLAN = Plan(EDITION, "slack", "C1", datetime(2026, 11, 23, 9, tzinfo=UTC))


async def test_a_write_goes_through_after_the_server_cut_every_connection(
    postgres: Postgres, postgres_url: str
) -> None:
    async with open_database(postgres_url) as engine:
        ledger = Ledger(engine, MovedClock())
        await ledger.claim(PLAN, [Draft("m0", {"text": "card"})])
        (message,) = await ledger.messages(EDITION)
        sending = await ledger.mark(message, State.SENDING)
        postgres.restart()
        await ledger.mark(sending, State.SENT, "1")
        (found,) = await ledger.messages(EDITION)
        assert (found.state, found.platform_id) == (State.SENT, "1")


async def test_a_write_without_haste_is_there_when_it_returns(ledger: Ledger) -> None:
    await ledger.claim(PLAN, [Draft("m0", {"text": "card"})])
    (message,) = await ledger.messages(EDITION)
    await ledger.mark(message, State.SENDING, haste=False)
    (found,) = await ledger.messages(EDITION)
    assert found.state is State.SENDING


async def test_a_move_that_is_overtaken_leaves_nothing_behind(ledger: Ledger) -> None:
    await ledger.claim(PLAN, [Draft("m0", {"text": "card"})])
    (message,) = await ledger.messages(EDITION)
    await ledger.mark(message, State.SENDING)
    moves = await ledger.moves(EDITION)
    with pytest.raises(Overtaken):
        await ledger.mark(message, State.SENDING)
    assert await ledger.moves(EDITION) == moves
