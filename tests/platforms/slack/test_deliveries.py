"""What a delivery is known by: the same where it is repeated, another one for whatever is new."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from bot.platforms.events import Person
from bot.platforms.slack.at_home import pressed
from bot.platforms.slack.deliveries import LONGEST, digest, key_of
from bot.platforms.slack.inbound import Heard, beginning, press, shortcut, submission

ALICE = Person("U1", may_manage=True, managers="members")


def pressing(**about: object) -> dict[str, Any]:
    action = {"action_id": "b1:1", "type": "button", "value": "x", "action_ts": "1700000001.1"}
    body = {"trigger_id": "1.2.3", "user": {"id": "U1"}, "channel": {"id": "C1"}}
    given = {name: about[name] for name in about if name != "action_ts"}
    return {**body, "actions": [action | about], **given}


def sending(**about: object) -> dict[str, Any]:
    state = {"values": {"when": {"at": {"type": "plain_text_input", "value": "09:00"}}}}
    view = {"id": "V1", "hash": "1.a", "private_metadata": "", "state": state}
    return {"trigger_id": "1.2.3", "user": {"id": "U1"}, "view": view | about}


def choosing(**about: object) -> dict[str, Any]:
    return {"trigger_id": "1.2.3", "user": {"id": "U1"}, "action_ts": "1700000001.1", **about}


def sent(body: Mapping[str, object]) -> Heard:
    return submission(body, ALICE)


def at_home(body: Mapping[str, object]) -> Heard:
    heard = pressed({**body, "view": {"type": "home"}})
    assert heard
    return heard


MORE = {"values": {"when": {"at": {"type": "plain_text_input", "value": "10:00"}}}}


@pytest.mark.parametrize(
    ("read", "first", "second"),
    [
        (press, pressing(), pressing(action_ts="1700000002.1")),
        (press, pressing(), pressing(trigger_id="1.2.4")),
        (at_home, pressing(), pressing(action_ts="1700000002.1")),
        (shortcut, choosing(), choosing(action_ts="1700000002.1")),
        (beginning, choosing(), choosing(action_ts="1700000002.1")),
        (sent, sending(), sending(id="V2")),
        (sent, sending(), sending(hash="1.b")),
        (sent, sending(), sending(state=MORE)),
    ],
)
def test_what_is_done_a_second_time_is_another_delivery(
    read: Callable[[Mapping[str, object]], Heard], first: dict[str, Any], second: dict[str, Any]
) -> None:
    assert read(first).delivery == read(dict(first)).delivery
    assert read(first).delivery != read(second).delivery
    assert read(first).event.key == read(first).delivery


@pytest.mark.parametrize(
    ("read", "body", "key"),
    [
        (press, {"trigger_id": "1.2.3"}, "1.2.3"),
        (press, {"trigger_id": "1.2.3", "actions": [{"action_ts": 7}]}, "1.2.3"),
        (press, {"actions": [{"action_ts": "1.1"}]}, "1.1"),
        (press, {}, ""),
        (shortcut, {"trigger_id": "1.2.3"}, "1.2.3"),
        (shortcut, {}, ""),
        (sent, {"trigger_id": "1.2.3", "view": {}}, "1.2.3"),
        (sent, {"trigger_id": "1.2.3", "view": {"id": "V1", "hash": "1.a"}}, "1.2.3 V1 1.a"),
        (sent, {}, ""),
    ],
)
def test_what_a_delivery_lacks_is_left_out(
    read: Callable[[Mapping[str, object]], Heard], body: dict[str, Any], key: str
) -> None:
    assert read(body).delivery == key


@pytest.mark.parametrize("length", range(LONGEST - 3, LONGEST + 4))
def test_a_long_key_is_remembered_by_its_digest(length: int) -> None:
    key = key_of("t" * (length - 2), "1")
    assert len(key) <= LONGEST
    assert (key == "t" * (length - 2) + " 1") == (length <= LONGEST)
    assert key != key_of("t" * (length - 2), "2")


@pytest.mark.parametrize("odd", ["\ud800", "\ud800" * 300, "1.2\0", "1.2\n", "\U0001f697"])
def test_characters_that_no_database_takes_are_survived(odd: str) -> None:
    assert key_of(odd).isalnum()
    assert len(key_of(odd)) <= LONGEST
    assert digest({"value": "\ud800"}) != digest({"value": "\ud801"})


def test_a_form_is_opened_by_the_trigger_alone() -> None:
    assert press(pressing()).trigger == "1.2.3"
    assert at_home(pressing()).trigger == "1.2.3"
    assert beginning(choosing()).trigger == "1.2.3"
