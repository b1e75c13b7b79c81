"""Many workspaces of Slack that install the bot by a link, over the sandbox and the real SDK."""

from __future__ import annotations

import asyncio
import html
import logging
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import aiohttp
import pytest

from bot.app import Bot, open_bot
from bot.doctor import examine
from bot.errors import SettingError
from bot.findings import Level
from bot.logs import Redacting
from bot.posting import post, take_order
from bot.sandbox.server import Sandbox
from bot.sandbox.slack import events
from bot.sandbox.slack.further import FurtherSide
from bot.sandbox.slack.oauth import uninstall
from bot.sandbox.slack.side import SlackSide
from bot.sandbox.slack.workspace import Message
from bot.settings import Configuration, read_configuration
from bot.store.rows import State
from bot.works import Role
from tests.bot.conftest import on
from tests.fakes import RunningClock
from tests.journeys.conftest import PATIENCE, SEEDS, free_url, until, words

FIRST, SECOND = "T0SANDBOX1", "T0SANDBOX2"
NAMES = {FIRST: "slack:T0SANDBOX1", SECOND: "slack:T0SANDBOX2"}
EVERY_DAY = "/briefings subscribe every day at {at} UTC"


@dataclass
class Estate:
    """One app and two workspaces, and a person with a browser."""

    first: SlackSide
    second: FurtherSide
    sandbox: Sandbox
    configuration: Configuration
    clock: RunningClock
    http: aiohttp.ClientSession
    origin: str

    @property
    def sides(self) -> tuple[SlackSide, ...]:
        return self.first, self.second

    async def link(self) -> tuple[str, str]:
        """The address of Slack's page, and the cookie that came with it."""
        async with self.http.get(f"{self.origin}/slack/install") as page:
            assert page.status == 200
            found = re.search(r'<a href="([^"]+)"', await page.text())
            assert found
            cookie = page.headers["Set-Cookie"].partition(";")[0]
        return html.unescape(found[1]), cookie

    async def agree(self, team: str) -> tuple[str, str]:
        """The address that Slack sends the browser back to, and the cookie."""
        page, cookie = await self.link()
        async with self.http.get(f"{page}&team={team}", allow_redirects=False) as sent:
            assert sent.status == 302, await sent.text()
            return sent.headers["Location"], cookie

    async def come_back(self, address: str, cookie: str = "") -> tuple[int, str]:
        headers = {"Cookie": cookie} if cookie else {}
        async with self.http.get(address, headers=headers) as page:
            return page.status, await page.text()

    async def install(self, bot: Bot, *teams: str) -> None:
        for team in teams:
            status, shown = await self.come_back(*await self.agree(team))
            assert status == 200, shown
        await until(lambda: {NAMES[team] for team in teams} <= set(bot.platforms))

    async def subscribe(self, side: SlackSide, at_channel: int = 0) -> None:
        """A channel gets a briefing a day, at this minute."""
        at = f"{self.clock.now().hour:02}:{self.clock.now().minute:02}"
        channel = list(side.workspace.channels)[at_channel]
        before = len(said(side, at_channel))
        await side.command(channel, "alice", EVERY_DAY.format(at=at))
        await until(lambda: len(said(side, at_channel)) > before)
        assert "Every day" in words(said(side, at_channel)[-1].body)

    async def next_day(self, bot: Bot) -> None:
        self.clock.move(days=1)
        await bot.scheduler.look()
        await bot.scheduler.settle()


@pytest.fixture
async def estate(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Estate]:
    url, clock = free_url(), RunningClock()
    first = SlackSide(clock.seconds, request_url=url)
    second = FurtherSide(first)
    sandbox = Sandbox((first, second))
    await sandbox.start()
    app = first.workspace.app
    given = {
        "SLACK_CLIENT_ID": app.client_id,
        "SLACK_CLIENT_SECRET": app.client_secret,
        "SLACK_SIGNING_SECRET": app.signing_secret,
        "SLACK_API_URL": first.settings()["SLACK_API_URL"],
        "SLACK_HTTP_PORT": str(urlsplit(url).port),
        "BRIEFING_FOLDERS": str(SEEDS),
        "DATABASE_URL": on(getattr(request, "param", "sqlite"), request, tmp_path),
    }
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        configuration = read_configuration(None, given)
        origin = url.removesuffix("/slack/events")
        yield Estate(first, second, sandbox, configuration, clock, http, origin)
    await sandbox.close()


@pytest.fixture
async def bot(estate: Estate) -> AsyncIterator[Bot]:
    async with open_bot(estate.configuration, estate.clock) as bot:
        yield bot


def said(side: SlackSide, at: int = 0) -> list[Message]:
    return list(list(side.workspace.channels.values())[at].messages.values())


def renewals(estate: Estate) -> int:
    asked = [str(each) for each in estate.first.journal.as_json()]
    return sum("oauth.v2.access" in each and "grant_type" in each for each in asked)


def cards(side: SlackSide, at: int = 0) -> list[Message]:
    """What the bot said to everybody in a channel itself."""
    user = side.workspace.app.user
    return [
        each for each in said(side, at) if each.user == user and not (each.thread or each.only_for)
    ]


async def until_paused(bot: Bot, place: tuple[str, str], *, paused: bool = True) -> None:
    async with asyncio.timeout(10):
        while True:
            found = await bot.held.at(place)
            if found and (found.terms.paused_until is not None) is paused:
                return
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("estate", ["sqlite", "postgresql"], indirect=True)
async def test_two_workspaces_get_the_days_post_each_with_its_own_key(
    estate: Estate, bot: Bot
) -> None:
    await estate.install(bot, FIRST, SECOND)
    for side in estate.sides:
        await estate.subscribe(side)
    await estate.next_day(bot)
    assert [len(cards(side)) for side in estate.sides] == [1, 1]
    states = [(each.plan.platform, each.plan.state) for each in await bot.ledger.newest(9)]
    assert sorted(states) == [(NAMES[FIRST], State.SENT), (NAMES[SECOND], State.SENT)]
    assert not estate.first.slack.rates.refused
    assert not estate.second.slack.rates.refused


async def test_a_restart_finds_the_workspaces_again_and_posts_nothing_twice(
    estate: Estate,
) -> None:
    async with open_bot(estate.configuration, estate.clock) as bot:
        await estate.install(bot, FIRST, SECOND)
        for side in estate.sides:
            await estate.subscribe(side)
        await estate.next_day(bot)
    async with open_bot(estate.configuration, estate.clock) as bot:
        assert set(bot.platforms) == set(NAMES.values())
        await bot.scheduler.settle()
        assert [len(cards(side)) for side in estate.sides] == [1, 1]
        await estate.next_day(bot)
        assert [len(cards(side)) for side in estate.sides] == [2, 2]


async def test_a_key_is_renewed_once_before_an_unprompted_post(estate: Estate, bot: Bot) -> None:
    await estate.install(bot, FIRST)
    await estate.subscribe(estate.first)
    assert renewals(estate) == 0
    await estate.next_day(bot)
    assert len(cards(estate.first)) == 1
    assert renewals(estate) == 1


async def test_an_uninstalled_workspace_pauses_the_others_go_on_and_a_new_install_resumes(
    estate: Estate, bot: Bot
) -> None:
    await estate.install(bot, FIRST, SECOND)
    for side in estate.sides:
        await estate.subscribe(side)
    estate.second.uninstall()
    await until(lambda: NAMES[SECOND] not in bot.platforms)
    place = (NAMES[SECOND], "C0DAILY02")
    await until_paused(bot, place)
    assert "removed from the workspace" in (await bot.held.changes(place))[0].person
    await estate.next_day(bot)
    assert [len(cards(side)) for side in estate.sides] == [1, 0]
    for channel in estate.second.workspace.channels.values():
        channel.members.add(estate.second.workspace.app.user)
    await estate.install(bot, SECOND)
    await until_paused(bot, place, paused=False)
    await estate.next_day(bot)
    assert [len(cards(side)) for side in estate.sides] == [2, 1]


async def test_a_workspace_that_left_while_the_bot_was_down_gets_nothing(estate: Estate) -> None:
    async with open_bot(estate.configuration, estate.clock) as bot:
        await estate.install(bot, FIRST, SECOND)
        for side in estate.sides:
            await estate.subscribe(side)
    estate.second.grants.revoke(SECOND)
    async with open_bot(estate.configuration, estate.clock) as bot:
        await estate.next_day(bot)
        assert [len(cards(side)) for side in estate.sides] == [1, 0]
        await until(lambda: NAMES[SECOND] not in bot.platforms)


async def test_late_news_of_an_earlier_removal_does_not_put_the_bot_out(
    estate: Estate, bot: Bot
) -> None:
    await estate.install(bot, SECOND)
    uninstall(estate.second.grants, estate.second.slack)
    await until(lambda: NAMES[SECOND] not in bot.platforms)
    await estate.install(bot, SECOND)
    late = events.wrap(estate.second.workspace, {"type": "app_uninstalled"})
    estate.second.slack.delivery.announce(late)
    await estate.second.slack.delivery.settle()
    await asyncio.sleep(1.5)
    assert NAMES[SECOND] in bot.platforms


async def test_keys_that_end_during_a_fan_out_are_renewed_once_a_workspace(
    estate: Estate, bot: Bot
) -> None:
    await estate.install(bot, FIRST, SECOND)
    for side in estate.sides:
        await estate.subscribe(side)
        await estate.subscribe(side, 1)
    before = renewals(estate)
    await estate.next_day(bot)
    assert renewals(estate) - before == 2
    assert [len(cards(side, at)) for side in estate.sides for at in (0, 1)] == [1, 1, 1, 1]


async def test_a_workspace_that_removes_the_bot_in_the_middle_of_a_post_holds_up_no_other(
    estate: Estate, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    await estate.install(bot, FIRST, SECOND)
    for side in estate.sides:
        await estate.subscribe(side)
    posting = asyncio.create_task(estate.next_day(bot))
    await until(lambda: len(cards(estate.second)) == 1)
    estate.second.uninstall()
    await posting
    await until(lambda: NAMES[SECOND] not in bot.platforms)
    count = len(said(estate.second))
    await bot.scheduler.settle()
    assert len(said(estate.second)) == count
    states = {each.plan.platform: each.plan.state for each in await bot.ledger.newest(9)}
    assert states[NAMES[FIRST]] is State.SENT
    assert len(cards(estate.first)) == 1
    assert not [each for each in caplog.records if each.exc_info]


async def test_the_doctor_looks_at_every_workspace_by_its_name(
    estate: Estate, tmp_path: Path
) -> None:
    async with open_bot(estate.configuration, estate.clock) as bot:
        await estate.install(bot, FIRST, SECOND)
        await estate.subscribe(estate.first)
    estate.second.uninstall()
    async with open_bot(estate.configuration, estate.clock):
        pass
    found = await examine(estate.configuration, tmp_path / ".env", estate.clock)
    told = {each.about: each for each in found}
    assert told[f"{NAMES[FIRST]} slack bot token"].level is Level.OK
    assert told[f"{NAMES[FIRST]} slack channel C0DAILY01"].level is Level.OK
    assert "no longer in Second sandbox" in told[NAMES[SECOND]].told
    assert not any(token in each.told for each in found for token in estate.first.grants.tokens)


@pytest.mark.parametrize("how", ["expired", "forged", "reused", "another browser", "no state"])
async def test_a_state_that_is_not_of_this_installation_is_refused(
    estate: Estate, bot: Bot, how: str
) -> None:
    address, cookie = await estate.agree(FIRST)
    page, _, query = address.partition("?")
    asked = dict(parse_qsl(query))
    match how:
        case "expired":
            await asyncio.to_thread(expire_states, estate.configuration.own.database_url)
        case "forged":
            asked["state"] = "0" * 36
            cookie = f"slack-app-oauth-state={asked['state']}"
        case "reused":
            assert (await estate.come_back(address, cookie))[0] == 200
        case "another browser":
            cookie = ""
        case _:
            del asked["state"]
    status, shown = await estate.come_back(f"{page}?{urlencode(asked)}", cookie)
    assert status in {400, 401}
    assert "invalid_" in shown
    if how != "reused":
        await asyncio.sleep(1.2)
        assert not bot.platforms


def expire_states(url: str) -> None:
    """Let every state be too old; not on the loop, whose own writes could then never end."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=PATIENCE)) as database:
        database.execute("UPDATE slack_oauth_states SET expire_at = '2020-01-01 00:00:00'")
        database.commit()


async def test_no_key_and_no_code_ever_reaches_the_log(
    estate: Estate, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with open_bot(estate.configuration, estate.clock) as bot:
        address, cookie = await estate.agree(FIRST)
        assert (await estate.come_back(address, cookie))[0] == 200
        await until(lambda: NAMES[FIRST] in bot.platforms)
        await estate.subscribe(estate.first)
        estate.clock.move(hours=11)
        await estate.next_day(bot)
        await estate.come_back(address, cookie)
    form = Redacting(estate.configuration.secrets())
    told = "\n".join(form.format(each) for each in caplog.records)
    code = dict(parse_qsl(urlsplit(address).query))["code"]
    tokens = estate.first.grants.tokens
    assert len(tokens) >= 2
    for secret in (code, *tokens, *estate.configuration.secrets()):
        assert secret not in told
    assert "xoxe-1-" not in told


async def test_operators_post_by_hand_to_a_channel_of_one_workspace(
    estate: Estate, bot: Bot
) -> None:
    await estate.install(bot, FIRST, SECOND)
    channel = next(iter(estate.second.workspace.channels))
    place = f"slack:{SECOND}/{channel}"
    order = await take_order(estate.configuration, estate.clock, place, "chery")
    record = await post(estate.configuration, estate.clock, order)
    assert (record.plan.platform, record.plan.state) == (NAMES[SECOND], State.SENT)
    assert [len(cards(side)) for side in estate.sides] == [0, 1]
    for wrong, sentence in (
        (f"slack:{channel}", "write slack:T0123456789/C0123456789"),
        (f"slack:{SECOND}/general", "no id of a channel"),
    ):
        with pytest.raises(SettingError, match=sentence):
            await take_order(estate.configuration, estate.clock, wrong, "chery")
    elsewhere = replace(order, platform="slack:T0NOWHERE")
    with pytest.raises(SettingError, match="not in workspace T0NOWHERE"):
        await post(estate.configuration, estate.clock, elsewhere)


async def test_two_processes_share_the_work_of_many_workspaces(estate: Estate) -> None:
    """One is reached by Slack; the other writes down what is due, and sends it."""
    apart = frozenset({Role.SCHEDULE, Role.DELIVER})
    async with (
        open_bot(estate.configuration, estate.clock, frozenset({Role.CONNECT})) as front,
        open_bot(estate.configuration, estate.clock, apart) as back,
    ):
        await estate.install(front, FIRST, SECOND)
        await until(lambda: set(back.platforms) == set(NAMES.values()))
        for side in estate.sides:
            await estate.subscribe(side)
        await estate.next_day(back)
        assert [len(cards(side)) for side in estate.sides] == [1, 1]
        estate.second.uninstall()
        await until(lambda: NAMES[SECOND] not in back.platforms)
        await estate.next_day(back)
        assert [len(cards(side)) for side in estate.sides] == [2, 1]
