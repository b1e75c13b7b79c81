"""Signed HTTP: the same bot behind a request URL."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.app.async_app import AsyncApp

from bot.sandbox.side import Pressing
from bot.sandbox.slack.side import SlackSide
from tests.sandbox.slack.served import DAILY, SOON, button, serve, texts, web_client

PATH = "/slack/events"


@asynccontextmanager
async def behind_a_url() -> AsyncIterator[tuple[SlackSide, Any]]:
    """A side and the Bolt app that it reaches by its request URL."""
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}{PATH}"
    async with serve(SlackSide(limits=False, request_url=url, patience=SOON)) as side:
        secret = side.settings()["SLACK_SIGNING_SECRET"]
        app: Any = AsyncApp(client=web_client(side), signing_secret=secret)
        served = web.Application()
        served.router.add_post(PATH, _events(app))
        runner = web.AppRunner(served, shutdown_timeout=0.2)
        await runner.setup()
        await web.SockSite(runner, listener).start()
        try:
            yield side, app
        finally:
            await runner.cleanup()


def _events(app: Any) -> Any:
    async def answer(request: web.Request) -> Any:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    return answer


async def test_a_command_a_press_and_an_event_arrive_signed() -> None:
    heard: list[str] = []

    async def command(ack: Any, body: Any) -> None:
        heard.append(body["text"])
        await ack("Here it is")

    async def press(ack: Any, body: Any) -> None:
        heard.append(body["actions"][0]["value"])
        await ack()

    async def mention(event: Any) -> None:
        heard.append(event["text"])

    async with behind_a_url() as (side, app):
        app.command("/briefing")(command)
        app.action("open")(press)
        app.event("app_mention")(mention)
        side.slack.subscribed = {"app_mention"}
        assert (await side.command(DAILY, "alice", "/briefing çerez & söz"))["ok"] is True
        client = web_client(side)
        posted = await client.chat_postMessage(channel=DAILY, text="Card", blocks=[button()])
        assert await side.press(Pressing(DAILY, posted["ts"], "open", "alice")) == {"ok": True}
        await side.say(DAILY, "alice", "@briefing chery")
        await side.slack.delivery.settle()
        assert heard == ["çerez & söz", "section-2", "<@U0BRIEFBOT> chery"]
        assert texts(side)[0] == "Here it is"
        assert "SLACK_APP_TOKEN" not in side.settings()


async def test_a_wrong_signature_fails_for_the_person() -> None:
    async with behind_a_url() as (side, _):
        side.workspace.app = replace(side.workspace.app, signing_secret="another")
        assert (await side.command(DAILY, "alice", "/briefing"))["error"] == "dispatch_failed"


async def test_a_bot_that_is_away_fails_for_the_person() -> None:
    nobody = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{nobody.getsockname()[1]}{PATH}"
    nobody.close()
    async with serve(SlackSide(request_url=url, patience=SOON)) as side:
        assert (await side.command(DAILY, "alice", "/briefing"))["error"] == "dispatch_failed"
