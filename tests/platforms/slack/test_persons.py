"""People by their names, in plain words that ping nobody, wherever something is sent."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.platforms.events import Asked, Place
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.names import Names
from bot.platforms.slack.persons import named, people_in
from bot.platforms.slack.render import draw
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.slack.liveness import live_parts
from bot.sandbox.slack.side import SlackSide
from bot.tongues import tongue_for
from briefings.blocks import Item, List, Paragraph, Span, Style, Table, plain
from briefings.message import Audience, Message, Note, Reply
from briefings.tongue import speaking, spoken
from tests.platforms.slack.served import DAILY, Parrot, messages, online, until, words

ALICE = "U0ALICE001"
WHO = Span(ALICE, Style.STRONG, person=ALICE)
MESSAGE = Message(
    "Changes",
    (
        Paragraph((*plain("Changed by "), WHO)),
        List((Item((Paragraph((WHO, *plain(" again"))),)),)),
        Note((*plain("Approved by "), WHO, *plain("."))),
        Table(((Span("Who"),),), (((WHO,),),)),
    ),
)
HOSTILE = Message("<@U0ALICE001>", (Paragraph(plain("<@U0ALICE001> U0ALICE001")),))


def test_whoever_is_named_is_a_person_to_slack() -> None:
    (payload,) = draw(MESSAGE)
    assert people_in(payload) == {ALICE}
    assert repr(payload).count("'user_id': 'U0ALICE001'") == 3
    assert payload["text"] == f"Changes\nChanged by <@{ALICE}>"


def test_elsewhere_the_name_stands_in_plain_words() -> None:
    (payload,) = draw(MESSAGE)
    told = named(payload, {ALICE: "Alice <!here> *bold*"})
    assert people_in(told) == frozenset()
    assert ALICE not in repr(told)
    assert live_parts(dict(told), unfurls=False) == []
    assert "Alice" in str(told["text"])


def test_whoever_slack_does_not_name_is_somebody() -> None:
    (payload,) = draw(MESSAGE)
    assert "Changed by somebody" in str(named(payload, {})["text"])


@pytest.mark.parametrize(("tag", "nobody"), [("de", "jemand"), ("zh", "某人"), ("en", "somebody")])
def test_somebody_is_called_so_in_the_language_of_the_message(tag: str, nobody: str) -> None:
    with speaking(tongue_for(tag)):
        message = replace(MESSAGE, tongue=spoken())
    (payload,) = draw(message)
    assert people_in(payload) == {ALICE}
    told = repr(named(payload, {}))
    assert told.count(nobody) == 5
    assert ALICE not in told
    assert nobody not in repr(named(payload, {ALICE: "Alice"}))


@pytest.mark.parametrize("person", ["alice", "U1>", "", "123456789012345678"])
def test_what_is_no_id_of_slack_stays_the_words_that_it_is(person: str) -> None:
    (payload,) = draw(Message("Who", (Paragraph((Span("this", person=person),)),)))
    assert people_in(payload) == frozenset()
    assert "this" in repr(payload)


def test_a_document_names_nobody() -> None:
    (payload,) = draw(HOSTILE)
    assert people_in(payload) == frozenset()
    assert named(payload, {ALICE: "Alice"}) == payload


async def test_a_post_names_people_without_pinging_them(side: SlackSide) -> None:
    async with online(side) as platform:
        (payload,) = draw(MESSAGE)
        card = await platform.post(DAILY, payload, "marker")
        await platform.edit(DAILY, card, payload, "marker")
        await platform.tell("U0BOB00001", payload)
    (posted,) = messages(side)
    assert "Changed by alice" in words(posted)
    assert people_in(posted["body"]) == frozenset()
    asked = [each for each in side.journal.as_json() if str(each["path"]).endswith("users.info")]
    assert len(asked) == 1


@pytest.mark.parametrize("audience", list(Audience))
async def test_an_answer_names_people_without_pinging_them(
    reached: SlackSide, audience: Audience
) -> None:
    desk = Parrot(Reply(MESSAGE, audience))
    async with online(reached, desk):
        await reached.command(DAILY.channel, "bob", "/briefing chery")
        await until(lambda: messages(reached))
        seen: Any = messages(reached)[0]["body"]
        assert isinstance(desk.heard[0], Asked)
        assert desk.heard[0].place == Place("slack", "T0SANDBOX1", DAILY.channel)
    assert live_parts(seen, unfurls=False) == []
    assert "Changed by alice" in words({"body": seen})


async def test_a_mention_is_answered_in_private_without_pinging_anybody(
    reached: SlackSide,
) -> None:
    async with online(reached, Parrot(Reply(MESSAGE))):
        await reached.say(DAILY.channel, "bob", "@briefing chery")
        await until(lambda: len(messages(reached)) == 2)
    answer = messages(reached)[1]
    assert answer["only_for"] == "U0BOB00001"
    assert answer["live"] == []
    assert "Changed by alice" in words(answer)


async def test_a_name_that_is_not_told_in_time_holds_up_no_answer(side: SlackSide) -> None:
    side.faults.plan(Fault("users.info", Kind.HANG))
    calls = Calls(side.workspace.app.bot_token, side.settings()["SLACK_API_URL"], 30.0)
    names, clock = Names(calls), asyncio.get_running_loop().time
    begun = clock()
    try:
        assert await names.of([ALICE], within=0.05) == {}
        assert await names.of([ALICE], within=0.05) == {}  # not asked for again at once
        assert clock() - begun < 1.0
        assert await names.of(["U0BOB00001"]) == {"U0BOB00001": "bob"}
    finally:
        await calls.close()
