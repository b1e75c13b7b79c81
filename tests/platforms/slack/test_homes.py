"""The Home tab: drawn within Slack's rules, searched and pressed, and shown again."""

from __future__ import annotations

from typing import Any

import pytest

from bot.platforms.events import Asked, Channel, Pressed
from bot.platforms.slack import limits
from bot.platforms.slack.home import BACK, SEARCH, home_view
from bot.platforms.slack.render import draw
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.slack.blocks import check_view
from bot.sandbox.slack.liveness import live_parts
from bot.sandbox.slack.side import SlackSide
from briefings.blocks import Paragraph, Span, plain
from briefings.intents import OpenSection
from briefings.message import Home, Message, Reply
from tests.platforms.hostile import HOSTILE
from tests.platforms.samples import CHERY, SAMPLES, paragraph
from tests.platforms.slack.served import Parrot, online, until, words

HOME = Home("Find a briefing", "A few words", SAMPLES["card"].blocks)


@pytest.fixture
def side(reached: SlackSide) -> SlackSide:
    """Everything here holds by sockets and by signed HTTP."""
    return reached


def tab(side: SlackSide, person: str = "U0ALICE001") -> str:
    view = side.slack.views.homes.get(person)
    return words({"body": view.content}) if view else ""


async def open_tab(side: SlackSide) -> None:
    side.modals.open_home(side.workspace.person("alice"))
    await until(lambda: tab(side))


async def test_who_looks_at_the_bot_is_shown_their_home(side: SlackSide) -> None:
    desk = Parrot()
    async with online(side, desk):
        await open_tab(side)
        assert "Welcome." in tab(side)
        (visit,) = desk.visits
        assert visit.channels == (
            Channel("C0DAILY01", "daily-briefing"),
            Channel("C0GENERAL1", "general"),
        )
        assert (visit.person.id, visit.person.zone, visit.place.channel) == (
            "U0ALICE001",
            "Etc/UTC",
            "",
        )
    assert side.slack.complaints == []


async def test_what_is_searched_for_there_is_found_there_and_back_leads_back(
    side: SlackSide,
) -> None:
    desk = Parrot()
    async with online(side, desk):
        await open_tab(side)
        alice = side.workspace.person("alice")
        assert (await side.modals.press_home(alice, SEARCH, ["chery  sumit"]))["ok"]
        await until(lambda: "chery sumit" in tab(side))
        (heard,) = desk.heard
        assert isinstance(heard, Asked)
        assert (heard.text, heard.person) == ("chery sumit", "U0ALICE001")
        await side.modals.press_home(alice, BACK)
        await until(lambda: "chery sumit" not in tab(side))
        await side.modals.press_home(alice, SEARCH, ["  "])
        await until(lambda: len(desk.visits) == 4)
        assert len(desk.heard) == 1


async def test_buttons_on_the_home_tab_are_answered_on_it(side: SlackSide) -> None:
    desk = Parrot()
    desk.shown = HOME
    async with online(side, desk):
        await open_tab(side)
        await side.modals.press_home(side.workspace.person("alice"), "b1:0")
        await until(lambda: "Heard" in tab(side))
        (heard,) = desk.heard
        assert isinstance(heard, Pressed)
        assert heard.intent == OpenSection(CHERY, 1)


async def test_a_home_and_what_it_has_no_room_for_name_people_without_pinging_them(
    side: SlackSide,
) -> None:
    who = Paragraph((*plain("By "), Span("U0BOB00001", person="U0BOB00001")))
    parts = (*(paragraph(str(number)) for number in range(70)), who)
    desk = Parrot(Reply(Message("Long", parts)))
    desk.shown = Home("Find a briefing", "words", (who, paragraph("Welcome.")))
    async with online(side, desk):
        await open_tab(side)
        await side.modals.press_home(side.workspace.person("alice"), SEARCH, ["long"])
        direct = side.workspace.direct("U0ALICE001")
        await until(lambda: direct.messages)
        told = [each.body for each in direct.messages.values()]
        view: Any = side.slack.views.homes["U0ALICE001"].content
    assert [live_parts(each, unfurls=False) for each in (view, *told)] == [[]] * (1 + len(told))
    assert "bob" in str(view)
    assert "bob" in str(told)


async def test_an_answer_too_long_for_the_tab_goes_on_in_direct_messages(side: SlackSide) -> None:
    parts = tuple(paragraph(f"{number}. " + "words " * 30) for number in range(150))
    desk = Parrot(Reply(Message("Long", parts)))
    async with online(side, desk):
        await open_tab(side)
        await side.modals.press_home(side.workspace.person("alice"), SEARCH, ["long"])
        direct = side.workspace.direct("U0ALICE001")
        pages = draw(Message("Long", parts))
        await until(lambda: len(direct.messages) == len(pages) - 1)
        told = tab(side) + "".join(str(each.body) for each in direct.messages.values())
        assert all(f"{number}. words" in told for number in range(150))


@pytest.mark.parametrize("kind", [Kind.LIMITED, Kind.BROKEN, Kind.DROP, Kind.GARBAGE, Kind.HANG])
@pytest.mark.parametrize("on", ["views.publish", "users.conversations", "users.info"])
async def test_whatever_happens_to_a_home_the_next_visit_shows_it(
    side: SlackSide, kind: Kind, on: str
) -> None:
    desk = Parrot()
    async with online(side, desk):
        side.faults.plan(Fault(on, kind))
        side.modals.open_home(side.workspace.person("alice"))
        await until(lambda: desk.visits)
        side.modals.open_home(side.workspace.person("alice"))
        await until(lambda: "Welcome." in tab(side))


@pytest.mark.parametrize("name", SAMPLES)
def test_any_message_makes_a_home_that_slack_takes(name: str) -> None:
    home = Home("Search", "words", SAMPLES[name].blocks * 4)
    view: Any = home_view(home, draw(SAMPLES[name]))[0]
    check_view(view)
    assert len(view["blocks"]) <= limits.VIEW_BLOCKS


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_on_a_home_is_live(text: str) -> None:
    said = Message(text or "x", (paragraph(text),))
    view, _ = home_view(Home("Search", "words", said.blocks), draw(said))
    check_view(view)
    assert live_parts(view, unfurls=False) == []
