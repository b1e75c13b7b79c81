"""What Slack's JSON is read as."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.platforms.events import Asked, Ordered, Person, Place, Pressed
from bot.platforms.slack.inbound import (
    Heard,
    asker,
    beginning,
    command,
    direct,
    mention,
    order,
    press,
    shortcut,
)
from bot.platforms.slack.modal import modal
from briefings.agreeing import compose_form
from briefings.forms import FormName
from briefings.intents import Discuss, Intent, OpenForm
from briefings.terms import Terms
from briefings.tokens import encode
from tests.platforms.samples import CHERY, HOSTILE

URL = "https://hooks.slack.com/commands/T0SANDBOX1/1/secret"


def typed(text: str) -> dict[str, Any]:
    """https://docs.slack.dev/interactivity/implementing-slash-commands"""
    return {
        "token": "gIkuvaNzQIHg97ATvDxqgjtO",
        "team_id": "T0SANDBOX1",
        "team_domain": "sandbox",
        "channel_id": "C0DAILY01",
        "channel_name": "daily-briefing",
        "user_id": "U0ALICE001",
        "user_name": "alice",
        "command": "/briefing",
        "text": text,
        "api_app_id": "A0BRIEFING",
        "response_url": URL,
        "trigger_id": "13345224609.738474920.8088930838d88f008e0",
    }


def spoken(text: str, thread: str | None = None) -> dict[str, Any]:
    """https://docs.slack.dev/reference/events/app_mention"""
    event = {
        "type": "app_mention",
        "user": "U0ALICE001",
        "text": text,
        "ts": "1515449522.000016",
        "channel": "C0DAILY01",
        "event_ts": "1515449522000016",
    }
    return {
        "token": "ZZZZZZWSxiZZZ2yIvs3peJ",
        "team_id": "T0SANDBOX1",
        "api_app_id": "A0BRIEFING",
        "event": {**event, **({"thread_ts": thread} if thread else {})},
        "type": "event_callback",
        "event_id": "Ev0MDYGDKJ",
        "event_time": 1515449522,
    }


def pressed(value: str, message: dict[str, str], container: dict[str, str]) -> dict[str, Any]:
    """https://docs.slack.dev/reference/interaction-payloads/block_actions-payload"""
    return {
        "type": "block_actions",
        "team": {"id": "T0SANDBOX1", "domain": "sandbox"},
        "user": {"id": "U0BOB00001", "username": "bob", "team_id": "T0SANDBOX1"},
        "channel": {"id": "C0DAILY01", "name": "daily-briefing"},
        "message": {"type": "message", **message},
        "container": {"type": "message", "channel_id": "C0DAILY01", **container},
        "trigger_id": "1.2.3",
        "response_url": URL,
        "actions": [
            {
                "type": "button",
                "action_id": "b1:0",
                "block_id": "Ab1",
                "value": value,
                "action_ts": "1548426417.840180",
            }
        ],
    }


HERE = Place("slack", "T0SANDBOX1", "C0DAILY01")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("chery", "chery"),
        ("  chery \t sumit\n", "chery sumit"),
        ("", ""),
        ("ÇHERY 奇瑞", "ÇHERY 奇瑞"),
        ("R&amp;D &lt;b&gt;", "R&D <b>"),
        ("&amp;lt;!channel&amp;gt;", "&lt;!channel&gt;"),
        ("<@U0BOB00001|bob> in <#C0DAILY01|daily>", "in"),
        ("<https://example.org/a|example.org/a>", "example.org/a"),
        ("<https://example.org/a> now", "https://example.org/a now"),
        ("<!here> chery", "chery"),
    ],
)
def test_what_was_typed_or_said_is_read_out_of_slacks_escapes(text: str, meant: str) -> None:
    asked = Asked(meant, HERE, "U0ALICE001")
    heard = command(typed(text))
    assert heard == Heard(asked, heard.delivery, URL)
    assert heard.delivery.startswith("13345224609.738474920.8088930838d88f008e0 ")
    assert mention(spoken(f"<@U0BRIEFING> {text}")) == Heard(asked, "Ev0MDYGDKJ", None)


def test_a_mention_in_a_thread_is_of_that_thread() -> None:
    heard = mention(spoken("<@U0BRIEFING> chery", "1515449000.000001"))
    assert heard.event.place.thread == "1515449000.000001"


@pytest.mark.parametrize(
    ("message", "container", "thread"),
    [
        ({"ts": "1.1"}, {"message_ts": "1.1"}, None),
        ({"ts": "1.1", "thread_ts": "1.1"}, {"message_ts": "1.1"}, None),
        ({"ts": "1.2", "thread_ts": "1.1"}, {"message_ts": "1.2"}, "1.1"),
        ({}, {"message_ts": "1.3", "thread_ts": "1.1", "is_ephemeral": "true"}, "1.1"),
        ({}, {"message_ts": "1.3", "is_ephemeral": "true"}, None),
    ],
)
def test_a_press_is_in_the_thread_of_its_message(
    message: dict[str, str], container: dict[str, str], thread: str | None
) -> None:
    heard = press(pressed(encode(Discuss(CHERY)), message, container))
    place = Place("slack", "T0SANDBOX1", "C0DAILY01", thread)
    key = "1.2.3 1548426417.840180"
    assert heard == Heard(Pressed(Discuss(CHERY), place, "U0BOB00001"), key, URL)


@pytest.mark.parametrize("value", ["", "b2:share:x", "b1:share:../../etc", *HOSTILE])
def test_a_token_that_was_never_ours_means_nothing(value: str) -> None:
    heard = press(pressed(value, {"ts": "1.1"}, {"message_ts": "1.1"}))
    assert isinstance(heard.event, Pressed)
    assert heard.event.intent is None


@pytest.mark.parametrize(
    "actions", [None, [], [{}], [{"value": 7}], {"value": "b1:open:x"}, "b1:open:x"]
)
def test_actions_of_any_shape_are_survived(actions: object) -> None:
    meant: Intent | None = None
    assert press({"actions": actions, "channel": "C", "team": None}).event == Pressed(
        meant, Place("slack", "", ""), ""
    )


def test_bodies_without_their_fields_are_survived() -> None:
    assert command({}) == Heard(Asked("", Place("slack", "", ""), ""), "")
    assert mention({"event": 3}) == Heard(Asked("", Place("slack", "", ""), ""), "")


ALICE = Person("U0ALICE001", True, "owners")  # noqa: FBT003
CHOSEN = {
    "team": {"id": "T0SANDBOX1"},
    "user": {"id": "U0ALICE001"},
    "trigger_id": "1.2.3",
    "response_url": URL,
}


def test_an_order_keeps_its_words_and_has_its_person() -> None:
    heard = order(typed("subscribe  08:30 not:R&amp;D"), ALICE)
    assert isinstance(heard.event, Ordered)
    assert (heard.event.text, heard.event.person) == ("subscribe  08:30 not:R&D", ALICE)
    assert (heard.event.place, heard.response_url) == (HERE, URL)


def test_whoever_asks_is_known_by_the_command_or_the_form() -> None:
    assert asker(typed("list")) == (HERE, "U0ALICE001")
    view = modal(compose_form(FormName.WHEN, Terms((time(9),), ZoneInfo("UTC"))), HERE)
    assert asker({"view": view, "user": {"id": "U1"}}) == (HERE, "U1")


@pytest.mark.parametrize("thread", [None, "1515449000.000001"])
def test_a_shortcut_looks_for_what_its_message_says(thread: str | None) -> None:
    message = {"text": "R&amp;D at <@U1> Chery", **({"thread_ts": thread} if thread else {})}
    heard = shortcut({**CHOSEN, "channel": {"id": "C0DAILY01"}, "message": message})
    assert isinstance(heard.event, Asked)
    assert heard.event.text == "R&D at Chery"
    assert heard.event.place == replace(HERE, thread=thread)
    assert (heard.event.person, heard.response_url) == ("U0ALICE001", URL)


def test_the_shortcut_that_is_everywhere_begins_a_briefing() -> None:
    heard = beginning(CHOSEN)
    assert isinstance(heard.event, Pressed)
    assert heard.event.intent == OpenForm("write")
    assert (heard.event.place, heard.event.person) == (Place("slack", "T0SANDBOX1", ""), ALICE.id)


@pytest.mark.parametrize(
    ("about", "heard"),
    [
        ({}, True),
        ({"channel_type": "channel"}, False),
        ({"channel_type": None}, False),
        ({"channel_type": None, "channel": "D0ALICE001"}, True),
        ({"subtype": "message_changed"}, False),
        ({"bot_id": "B1"}, False),
        ({"hidden": True}, False),
        ({"user": None}, False),
    ],
)
def test_a_direct_message_is_heard_where_a_person_wrote_it(
    about: dict[str, object], *, heard: bool
) -> None:
    body = spoken("chery")
    found = direct({**body, "event": {**body["event"], "channel_type": "im", **about}})
    assert (found is not None) == heard
    assert found is None or (found.is_direct and getattr(found.event, "text", "") == "chery")


def test_two_commands_with_one_trigger_are_told_apart_by_where_their_answers_go() -> None:
    one = {**typed("chery"), "trigger_id": "always"}
    other = {**one, "response_url": f"{URL}/other"}
    keys = [command(each).delivery for each in (one, dict(one), other)]
    assert keys[0] == keys[1] != keys[2]
    assert {command(each).trigger for each in (one, other)} == {"always"}


@pytest.mark.parametrize("another", [{"text": "sumit"}, {"user_id": "U0BOB00001"}])
def test_commands_whose_triggers_and_addresses_are_all_the_same_are_told_apart_by_their_words(
    another: dict[str, str],
) -> None:
    one = {**typed("chery"), "trigger_id": "always", "response_url": f"{URL}/always"}
    assert command(one).delivery == command(dict(one)).delivery
    assert command(one).delivery != command({**one, **another}).delivery


def test_a_command_without_a_trigger_and_an_address_is_known_by_nothing() -> None:
    assert command({**typed("chery"), "trigger_id": "", "response_url": ""}).delivery == ""
