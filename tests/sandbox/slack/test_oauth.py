"""Installing an app to a Slack of the sandbox: codes and tokens are used once, and end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from bot.sandbox.server import Sandbox
from bot.sandbox.side import Json
from bot.sandbox.slack.further import SECOND, FurtherSide
from bot.sandbox.slack.grants import TOKEN_SECONDS
from bot.sandbox.slack.side import SlackSide
from tests.fakes import MovedClock

BACK = "http://127.0.0.1:1/slack/oauth_redirect"


class Browser:
    """A person who installs the app, and the app that asks for its tokens."""

    def __init__(self, first: SlackSide, address: str, http: aiohttp.ClientSession) -> None:
        self.first = first
        self.address = address
        self.http = http

    async def code(self, team: str, **asked: str) -> str:
        app = self.first.workspace.app
        query = {"client_id": app.client_id, "scope": "chat:write", "state": "s", "team": team}
        page = f"{self.address}/slack/oauth/v2/authorize"
        async with self.http.get(page, params=query | asked, allow_redirects=False) as sent:
            assert sent.status == 302, await sent.text()
            address = urlsplit(sent.headers["Location"])
        assert f"{address.scheme}://{address.netloc}{address.path}" == BACK
        return parse_qs(address.query)["code"][0]

    async def access(self, **asked: str) -> Json:
        app = self.first.workspace.app
        body = {"client_id": app.client_id, "client_secret": app.client_secret} | asked
        async with self.http.post(f"{self.address}/slack/api/oauth.v2.access", data=body) as said:
            found: Json = await said.json()
            return found

    async def call(self, method: str, token: object) -> Json:
        headers = {"Authorization": f"Bearer {token}"}
        async with self.http.post(f"{self.address}/slack/api/{method}", headers=headers) as said:
            found: Json = await said.json()
            return found


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
async def browser(clock: MovedClock) -> AsyncIterator[Browser]:
    first = SlackSide(clock.ticks, request_url="http://127.0.0.1:1/slack/events")
    sandbox = Sandbox((first, FurtherSide(first)))
    address = await sandbox.start()
    async with aiohttp.ClientSession() as http:
        yield Browser(first, address, http)
    await sandbox.close()


async def test_a_token_belongs_to_the_workspace_that_was_chosen(browser: Browser) -> None:
    for team in ("T0SANDBOX1", SECOND.id):
        said = await browser.access(code=await browser.code(team))
        assert said["ok"] is True
        assert (await browser.call("auth.test", said["access_token"]))["team_id"] == team


async def test_a_code_and_a_refresh_token_are_good_for_one_use(browser: Browser) -> None:
    code = await browser.code(SECOND.id)
    said = await browser.access(code=code)
    assert (await browser.access(code=code))["error"] == "code_already_used"
    renewal = {"grant_type": "refresh_token", "refresh_token": str(said["refresh_token"])}
    renewed = await browser.access(**renewal)
    assert renewed["ok"] is True
    assert (await browser.access(**renewal))["error"] == "invalid_refresh_token"
    for token in (said["access_token"], renewed["access_token"]):
        assert (await browser.call("auth.test", token))["ok"] is True


async def test_codes_and_tokens_end(browser: Browser, clock: MovedClock) -> None:
    code = await browser.code(SECOND.id)
    clock.move(seconds=601)
    assert (await browser.access(code=code))["error"] == "invalid_code"
    said = await browser.access(code=await browser.code(SECOND.id))
    clock.move(seconds=TOKEN_SECONDS)
    assert (await browser.call("auth.test", said["access_token"]))["error"] == "token_expired"


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"client_id": "9"}, "invalid_client_id"),
        ({"client_secret": "guess"}, "bad_client_secret"),
        ({"redirect_uri": "https://evil.example/"}, "bad_redirect_uri"),
        ({"code": "guess"}, "invalid_code"),
        ({"grant_type": "guess"}, "invalid_grant_type"),
    ],
)
async def test_whoever_is_not_the_app_gets_no_token(
    browser: Browser, asked: dict[str, str], error: str
) -> None:
    told = {"code": await browser.code(SECOND.id)} | asked
    assert (await browser.access(**told))["error"] == error


async def test_no_code_and_no_token_is_in_the_journal(browser: Browser) -> None:
    code = await browser.code(SECOND.id)
    said = await browser.access(code=code)
    shown = str(browser.first.journal.as_json())
    for secret in (code, said["access_token"], said["refresh_token"]):
        assert str(secret) not in shown
    assert "oauth.v2.access" in shown


async def test_an_app_that_was_removed_may_call_nothing(browser: Browser) -> None:
    said = await browser.access(code=await browser.code(SECOND.id))
    browser.first.grants.revoke(SECOND.id)
    assert (await browser.call("auth.test", said["access_token"]))["error"] == "account_inactive"
