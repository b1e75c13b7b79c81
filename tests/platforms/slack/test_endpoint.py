"""Signed HTTP: who may speak to the bot there, how old it may be, and what comes twice."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from time import time

import aiohttp
import pytest
from slack_sdk.signature import SignatureVerifier

from bot.errors import PlatformError, SettingError
from bot.platforms.slack.client import SlackPlatform
from bot.platforms.slack.settings import Settings
from bot.sandbox.server import Sandbox
from bot.sandbox.slack.side import SlackSide
from tests.platforms.slack.served import SOON, Parrot, free_url, messages, online, settings, until

MENTION = json.dumps(
    {
        "type": "event_callback",
        "team_id": "T0SANDBOX1",
        "event_id": "Ev1",
        "event": {
            "type": "app_mention",
            "user": "U0ALICE001",
            "text": "<@U0BRIEFBOT> chery",
            "channel": "C0DAILY01",
            "ts": "1515449522.000016",
        },
    }
)


@asynccontextmanager
async def behind_a_url(desk: Parrot) -> AsyncIterator[SlackSide]:
    side = SlackSide(limits=False, request_url=free_url())
    sandbox = Sandbox([side])
    await sandbox.start()
    async with online(side, desk):
        yield side
    await sandbox.close()


def signed(side: SlackSide, body: str, moment: float | None = None) -> dict[str, str]:
    stamp = str(int(time() if moment is None else moment))
    verifier = SignatureVerifier(side.workspace.app.signing_secret)
    signature = verifier.generate_signature(timestamp=stamp, body=body) or ""
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature}


async def post(side: SlackSide, body: str | bytes, headers: Mapping[str, str]) -> tuple[int, str]:
    kind = {"Content-Type": "application/json"}
    url = side.slack.delivery.requests.url
    async with (
        aiohttp.ClientSession() as http,
        http.post(url, data=body, headers={**kind, **headers}) as answer,
    ):
        return answer.status, await answer.text()


async def test_a_request_that_slack_signed_is_heard_once_however_often_it_comes() -> None:
    desk = Parrot()
    async with behind_a_url(desk) as side:
        headers = signed(side, MENTION)
        assert (await post(side, MENTION, headers))[0] == 200
        assert (await post(side, MENTION, headers))[0] == 200
        later = signed(side, MENTION, time() + 2)
        assert (await post(side, MENTION, {**later, "X-Slack-Retry-Num": "1"}))[0] == 200
        await until(lambda: messages(side))
        assert len(desk.heard) == 1


@pytest.mark.parametrize(
    "spoil",
    [
        {"X-Slack-Signature": "v0=00"},
        {"X-Slack-Signature": "v0=ä"},
        {"X-Slack-Signature": ""},
        {"X-Slack-Request-Timestamp": "soon"},
        {"X-Slack-Request-Timestamp": "9" * 5000},
        {"X-Slack-Request-Timestamp": "٣"},
        {"X-Slack-Request-Timestamp": ""},
    ],
)
async def test_what_slack_did_not_sign_is_refused(
    spoil: Mapping[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    desk = Parrot()
    async with behind_a_url(desk) as side:
        assert (await post(side, MENTION, {**signed(side, MENTION), **spoil}))[0] == 401
        assert (await post(side, MENTION, {}))[0] == 401
        assert (await post(side, b"\xff\xfe", {**signed(side, ""), **spoil}))[0] == 401
    assert desk.heard == []
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


@pytest.mark.parametrize("age", [-301, 301])
async def test_what_was_signed_long_ago_is_refused(age: int) -> None:
    desk = Parrot()
    async with behind_a_url(desk) as side:
        assert (await post(side, MENTION, signed(side, MENTION, time() - age)))[0] == 401
    assert desk.heard == []


async def test_slack_may_check_the_address() -> None:
    async with behind_a_url(Parrot()) as side:
        body = json.dumps({"type": "url_verification", "challenge": "3eZbrw1aB"})
        assert await post(side, body, signed(side, body)) == (200, '{"challenge": "3eZbrw1aB"}')


async def test_another_secret_fails_for_the_person() -> None:
    desk = Parrot()
    async with behind_a_url(desk) as side:
        side.workspace.app = replace(side.workspace.app, signing_secret="another")
        answered = await side.command("C0DAILY01", "alice", "/briefing")
        assert answered["error"] == "dispatch_failed"
    assert desk.heard == []


async def test_an_answer_at_hand_is_given_before_the_bot_goes_offline() -> None:
    desk = Parrot()
    side = SlackSide(limits=False, request_url=free_url())
    sandbox = Sandbox([side])
    await sandbox.start()
    platform = SlackPlatform(settings(side), replace(SOON, finish=5.0))
    await platform.connect(desk)
    desk.busy.clear()
    asking = asyncio.create_task(side.command("C0DAILY01", "alice", "/briefing slow"))
    await until(lambda: desk.heard)
    closing = asyncio.create_task(platform.close())
    await asyncio.sleep(0.05)
    desk.busy.set()
    await asyncio.gather(asking, closing)
    assert "slow" in str(messages(side))
    assert (await side.command("C0DAILY01", "alice", "/briefing"))["error"] == "dispatch_failed"
    await sandbox.close()


async def test_a_port_that_is_taken_is_named(side: SlackSide) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        chosen = settings(
            side, SLACK_APP_TOKEN="", SLACK_SIGNING_SECRET="s", SLACK_HTTP_PORT=str(port)
        )
        wanted = chosen.model_copy(update={"slack_app_token": None})
        with pytest.raises(PlatformError, match=f"SLACK_HTTP_PORT {port} cannot be used"):
            await SlackPlatform(wanted, SOON).connect(Parrot())


def test_a_bot_token_needs_a_way_in_and_an_app_token_goes_before_http() -> None:
    both = {"slack_bot_token": "xoxb-1", "slack_signing_secret": "s"}
    assert Settings.model_validate(both).configured
    assert Settings.model_validate(both).by_http
    assert not Settings.model_validate({**both, "slack_app_token": "xapp-1"}).by_http
    with pytest.raises(SettingError, match="SLACK_SIGNING_SECRET"):
        _ = Settings.model_validate({"slack_bot_token": "xoxb-1"}).configured
    with pytest.raises(SettingError, match="SLACK_BOT_TOKEN is missing"):
        _ = Settings.model_validate({"slack_signing_secret": "s"}).configured
