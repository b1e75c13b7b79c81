"""The keys to workspaces: renewed in time, once for all processes, and given up when they end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.installation_store.sqlalchemy import AsyncSQLAlchemyInstallationStore
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import PostDelayed
from bot.platforms.slack.keyed import AppClient
from bot.platforms.slack.keys import EARLY, Lock, WorkspaceKey
from bot.sandbox.server import Sandbox
from bot.sandbox.slack.side import SlackSide
from bot.store.database import open_database
from bot.store.workspaces import Workspaces
from tests.bot.conftest import on
from tests.fakes import RunningClock
from tests.platforms.slack.served import until

NAME = "slack:T0SANDBOX1"


@dataclass
class Process:
    """What one process of the bot has in its hands."""

    side: SlackSide
    engine: AsyncEngine
    clock: RunningClock
    name: str
    key: WorkspaceKey = field(init=False)
    vault: Workspaces = field(init=False)
    store: AsyncSQLAlchemyInstallationStore = field(init=False)

    def __post_init__(self) -> None:
        app = self.side.workspace.app
        self.vault = Workspaces(self.engine, self.clock, self.name)
        self.store = AsyncSQLAlchemyInstallationStore(app.client_id, self.engine)
        client = AppClient(None, self.side.settings()["SLACK_API_URL"], retry_handlers=[])
        lock = Lock(app.client_id, app.client_secret, client, self.store, self.vault)
        self.key = WorkspaceKey(NAME, lock)

    async def install(self) -> None:
        said = self.side.grants.redeem(self.side.grants.promise("T0SANDBOX1", ""), "")
        bot = Bot(
            team_id="T0SANDBOX1",
            app_id="A1",
            bot_token=str(said["access_token"]),
            bot_id="B1",
            bot_user_id="U1",
            bot_refresh_token=str(said["refresh_token"]),
            bot_token_expires_at=int(self.clock.seconds()) + 43_200,
            installed_at=self.clock.seconds(),
        )
        await self.store.async_save_bot(bot)
        await self.vault.enter(NAME, "Sandbox")


@pytest.fixture(params=["sqlite", "postgresql"])
async def processes(
    request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncIterator[tuple[Process, ...]]:
    clock = RunningClock()
    side = SlackSide(clock.seconds, request_url="http://127.0.0.1:1/slack/events")
    sandbox = Sandbox([side])
    await sandbox.start()
    async with open_database(on(request.param, request, tmp_path)) as engine:
        found = tuple(Process(side, engine, clock, name) for name in ("one", "two", "three"))
        await found[0].install()
        yield found
    await sandbox.close()


def renewals(side: SlackSide) -> int:
    return sum("oauth.v2.access" in str(each) for each in side.journal.as_json())


async def test_a_key_that_ends_soon_is_renewed_once_whoever_needs_it(
    processes: tuple[Process, ...],
) -> None:
    before = await asyncio.gather(*(each.key.token() for each in processes))
    assert len(set(before)) == 1
    processes[0].clock.move(seconds=43_200 - EARLY + 60)
    await asyncio.gather(*(each.key.token() for each in processes * 5))
    assert renewals(processes[0].side) == 1
    processes[0].clock.move(seconds=EARLY)
    after = await asyncio.gather(*(each.key.token() for each in processes))
    assert len(set(after)) == 1
    assert set(after).isdisjoint(before)
    assert renewals(processes[0].side) == 1


async def test_whoever_loses_patience_cuts_no_renewal_short(
    processes: tuple[Process, ...],
) -> None:
    one, *_ = processes
    before = await one.key.token()
    one.clock.move(seconds=43_200 - EARLY + 60)
    impatient = asyncio.create_task(one.key.token())
    await until(lambda: renewals(one.side))
    impatient.cancel()
    await asyncio.gather(impatient, return_exceptions=True)
    assert await one.key.token() != before
    assert renewals(one.side) == 1


async def test_a_key_that_has_ended_is_waited_for_and_renewed_once(
    processes: tuple[Process, ...],
) -> None:
    processes[0].clock.move(seconds=43_200 + 60)
    found = await asyncio.gather(*(each.key.token() for each in processes))
    assert len(set(found)) == 1
    assert renewals(processes[0].side) == 1


async def test_where_slack_renews_nothing_the_key_is_used_until_its_end_then_given_up(
    processes: tuple[Process, ...],
) -> None:
    one, *_ = processes
    token = await one.key.token()
    one.side.grants.revoke("T0SANDBOX1")
    one.clock.move(seconds=43_200 - EARLY + 60)
    assert await one.key.token() == token
    one.clock.move(seconds=EARLY)
    with pytest.raises(PostDelayed, match="not renewed"):
        await one.key.token()
    (found,) = await one.vault.all("slack")
    assert found.reason
    assert await one.store.async_find_bot(enterprise_id=None, team_id="T0SANDBOX1") is None


async def test_a_key_that_slack_takes_no_longer_puts_the_workspace_out_but_a_newer_one_does_not(
    processes: tuple[Process, ...],
) -> None:
    one, two, _ = processes
    old = await one.key.token()
    one.clock.move(seconds=43_200 - EARLY + 60)
    await two.key.token()
    with pytest.raises(PostDelayed):
        await one.key.judge(old, "token_revoked")
    assert (await one.vault.all("slack"))[0].reason is None
    fresh = await one.key.token()
    assert fresh != old
    await one.key.judge(fresh, "channel_not_found")
    with pytest.raises(PostDelayed):
        await one.key.judge(fresh, "account_inactive")
    assert (await one.vault.all("slack"))[0].reason
