"""Slack where not all goes as usual, as on servers that speak its language: people are answered."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import time
from typing import cast
from zoneinfo import ZoneInfo

import pytest
from aiohttp import web

from bot.errors import PostRefused
from bot.platforms.desk import Answer
from bot.platforms.events import Event, Pressed
from bot.platforms.port import Address
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.inline import Json
from bot.platforms.slack.links import link
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.slack.side import SlackSide
from briefings.agreeing import compose_form
from briefings.forms import AGREED
from briefings.intents import OpenSection
from briefings.message import Action, Actions, Home
from briefings.terms import Terms
from tests.platforms.samples import CHERY
from tests.platforms.slack.served import Parrot, messages, online, until, words
from tests.platforms.slack.test_homes import open_tab

FORM = compose_form(next(iter(AGREED)), Terms((time(9),), ZoneInfo("Europe/Berlin")))
BUTTON = Home("Find", "words", (Actions((Action("Open", OpenSection(CHERY, 1)),)),))


class Clerk(Parrot):
    """A desk that answers with a form."""

    async def answer(self, event: Event) -> Answer:  # type: ignore[override] # a form for once
        self.heard.append(event)
        return FORM


def opened(side: SlackSide) -> list[object]:
    return [call.body for call in side.journal.calls if call.path.endswith("views.open")]


@pytest.mark.parametrize("kind", [Kind.BROKEN, Kind.LIMITED])
async def test_whoever_is_shown_no_form_is_told_so(side: SlackSide, kind: Kind) -> None:
    async with online(side, Clerk()):
        side.faults.plan(Fault("views.open", kind))
        await side.command("daily-briefing", "alice", "/briefings subscribe")
        await until(lambda: messages(side))
        (told,) = messages(side)
        assert told["only_for"] == "U0ALICE001"
        assert "did not open the form" in words(told)


async def test_a_form_opens_from_the_home_tab_too(side: SlackSide) -> None:
    desk = Clerk()
    desk.shown = BUTTON
    async with online(side, desk):
        await open_tab(side)
        await side.modals.press_home(side.workspace.person("alice"), "b1:0")
        await until(lambda: opened(side))
        (heard,) = desk.heard
        assert isinstance(heard, Pressed)


async def test_an_answer_that_a_response_url_does_not_take_comes_another_way(
    side: SlackSide, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Parrot()
    desk.busy.clear()
    async with online(side, desk):
        side.faults.plan(Fault("response_url", Kind.LIMITED))
        with caplog.at_level(logging.INFO):
            await side.command("daily-briefing", "alice", "/briefing slow")
            desk.busy.set()
            await until(lambda: any("slow" in words(each) for each in messages(side)))
        assert [each["only_for"] for each in messages(side)] == ["U0ALICE001"]
        assert "reply.elsewhere" in [getattr(each, "action", "") for each in caplog.records]


async def test_an_address_where_nobody_answers_surely_took_no_answer() -> None:
    calls = Calls("xoxb", "http://127.0.0.1:9/api/", 5.0)
    with pytest.raises(PostRefused):
        await calls.respond("http://127.0.0.1:9/", {"text": "x"})
    await calls.close()


@asynccontextmanager
async def server(*kinds: str) -> AsyncIterator[tuple[str, list[dict[str, str]]]]:
    """A server of the method `users.info` that takes these kinds of calls; what it was asked."""
    asked: list[dict[str, str]] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append({**request.query, **{k: str(v) for k, v in (await request.post()).items()}})
        return web.json_response({"ok": True, "user": {"tz": "Asia/Tokyo"}})

    served = web.Application()
    for kind in kinds:
        served.router.add_route(kind, "/api/users.info", answer)
    runner = web.AppRunner(served)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/api/", asked
    await runner.cleanup()


@pytest.mark.parametrize("kinds", [("POST",), ("GET",), ("GET", "POST")])
async def test_a_server_is_asked_in_the_way_that_it_knows(kinds: tuple[str, ...]) -> None:
    async with server(*kinds) as (url, asked):
        calls = Calls("xoxb", url, 5.0)
        for _ in range(2):
            told = await calls.ask("users.info", {"user": "U1", "limit": 3, "all": True})
            assert told["user"] == {"tz": "Asia/Tokyo"}
        await calls.close()
    assert [(each["user"], each["limit"]) for each in asked] == [("U1", "3")] * 2
    assert {each["all"] for each in asked} <= {"1", "true"}


async def test_what_a_server_does_not_know_at_all_is_said() -> None:
    async with server() as (url, _):
        calls = Calls("xoxb", url, 5.0)
        with pytest.raises(PostRefused, match=r"users\.info"):
            await calls.ask("users.info", {"user": "U1"})
        with pytest.raises(PostRefused, match="404"):
            await calls.read("conversations.info", {"channel": "C1"})
        await calls.close()


class Mute:
    """Slack's calls to a server that leaves addresses out."""

    def __init__(self, *answers: Json | PostRefused) -> None:
        self._answers = list(answers)

    async def read(self, method: str, query: Json) -> Json:
        assert (method, query["channel"]) == ("chat.getPermalink", "C1")
        answer = self._answers.pop()
        if isinstance(answer, PostRefused):
            raise answer
        return answer


@pytest.mark.parametrize("answer", [{"ok": True}, {"permalink": None}, PostRefused("no")])
async def test_a_message_without_an_address_has_none(answer: Json | PostRefused) -> None:
    assert await link(cast("Calls", Mute(answer)), Address("C1", "1.1"), "1.1") is None
