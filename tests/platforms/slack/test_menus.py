"""Menus on Slack: whole at the limits, and read as untrusted input."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.platforms.port import Payload
from bot.platforms.slack import limits
from bot.platforms.slack.at_home import pressed
from bot.platforms.slack.home import home_view
from bot.platforms.slack.inbound import press
from bot.platforms.slack.render import draw
from bot.sandbox.slack.blocks import check_blocks, check_view
from briefings.intents import Intent, MoreResults, OpenBriefing
from briefings.message import Action, Actions, Home, Menu, Message, Option
from briefings.model import BriefingId
from briefings.tokens import TOKEN_LIMIT, decode, encode
from tests.platforms.samples import HOSTILE, SAMPLES
from tests.platforms.slack.drawn import elements, kinds

unhurried = settings(deadline=None)
NEAR = st.integers(min_value=-3, max_value=3)
LONGEST = MoreResults("q" * 87, 9_999)


def option(number: int, label: str = "x", about: str = "") -> Option:
    return Option(label, MoreResults("q", number), about)


def menus(payloads: Sequence[Payload]) -> list[Any]:
    return [each for payload in payloads for each in elements(payload, "static_select")]


def check(payloads: Sequence[Payload]) -> None:
    """Whether Slack takes them; raises where it refuses."""
    for payload in payloads:
        check_blocks(payload["blocks"])


@unhurried
@given(st.sampled_from([limits.OPTIONS, 2 * limits.OPTIONS]), NEAR)
def test_a_menu_of_any_size_is_whole(size: int, off: int) -> None:
    options = tuple(map(option, range(size + off)))
    payloads = draw(Message("T", (Menu("Open one", options),)))
    check(payloads)
    drawn = [decode(each["value"]) for menu in menus(payloads) for each in menu["options"]]
    assert drawn == [each.intent for each in options]


@unhurried
@given(st.sampled_from(["label", "about", "placeholder"]), NEAR, st.sampled_from("a漢👍é"))
def test_texts_too_long_for_a_menu_are_shortened(where: str, off: int, letter: str) -> None:
    limit = limits.PLACEHOLDER if where == "placeholder" else limits.OPTION_TEXT
    long = letter * (limit + off)
    told = {"label": "x", "about": "", "placeholder": "Open one", where: long}
    menu = Menu(told["placeholder"], (option(1, told["label"], told["about"]),))
    payloads = draw(Message("T", (menu,)))
    check(payloads)
    (drawn,) = menus(payloads)
    (only,) = drawn["options"]
    shown = {"label": only["text"]["text"], "placeholder": drawn["placeholder"]["text"]}
    shown["about"] = only.get("description", {"text": ""})["text"]
    assert shown[where] == (long if off <= 0 else letter * (limit - 1) + "…")


def test_the_longest_token_fits_an_option() -> None:
    payloads = draw(Message("T", (Menu("Open one", (Option("x", LONGEST),)),)))
    check(payloads)
    assert len(encode(LONGEST)) == TOKEN_LIMIT <= limits.OPTION_VALUE


@pytest.mark.parametrize("label", ["", " ", "\u202e", *HOSTILE])
def test_an_option_of_any_words_is_taken(label: str) -> None:
    payloads = draw(Message("T", (Menu(label, (option(1, label, label),)),)))
    check(payloads)
    assert "\u202e" not in str(payloads)
    (menu,) = menus(payloads)
    assert menu["options"][0]["text"]["type"] == "plain_text"


def test_buttons_and_menus_have_ids_of_their_own() -> None:
    menu = Menu("Open one", tuple(map(option, range(limits.OPTIONS + 1))))
    row = Actions((Action("Go", MoreResults("q", 1)),))
    (payload,) = draw(Message("T", (row, menu, row, Menu("Open one", (option(1),)))))
    ids = [each["action_id"] for kind in ("button", "static_select")
           for each in elements(payload, kind)]  # fmt: skip
    assert len(ids) == len(set(ids)) == 5


def test_a_menu_stands_between_the_list_and_its_pages() -> None:
    (payload,) = draw(SAMPLES["results"])
    assert kinds(payload)[2:] == ["rich_text", "actions", "actions"]
    assert [each["text"]["text"] for each in elements(payload, "button")] == ["Previous", "More"]


def test_an_answer_with_a_menu_stands_on_the_home_tab() -> None:
    home = Home("Find", "Words", (Menu("Open one", (option(1),)),))
    view, left = home_view(home, [*draw(SAMPLES["results"]), *draw(SAMPLES["results"])])
    check_view(view)
    assert left == []
    ids = [each["action_id"] for each in elements(view, "static_select")]
    assert len(ids) == len(set(ids)) == 3


OPEN = "b1:open:chery"
CHERY = OpenBriefing(BriefingId("chery"))


def body(action: object) -> dict[str, object]:
    """https://docs.slack.dev/reference/interaction-payloads/block_actions-payload"""
    return {"type": "block_actions", "channel": {"id": "C1"}, "actions": [action]}


def chosen(value: object) -> dict[str, object]:
    text = {"type": "plain_text", "text": "Chery"}
    return {"type": "static_select", "selected_option": {"text": text, "value": value}}


@pytest.mark.parametrize(
    ("action", "intent"),
    [
        (chosen(OPEN), CHERY),
        ({**chosen(OPEN), "value": "b1:share:x"}, CHERY),
        ({"type": "static_select", "selected_option": None, "value": OPEN}, None),
        ({"type": "static_select", "selected_option": OPEN}, None),
        ({"type": "static_select", "selected_option": [OPEN]}, None),
        ({"type": "static_select", "selected_option": {}}, None),
        ({"type": "static_select", "value": OPEN}, None),
        ({"type": "multi_static_select", "selected_options": [{"value": OPEN}]}, None),
        (chosen(7), None),
        (chosen(["b1:open:chery"]), None),
        (chosen("b1:open:../etc"), None),
        (chosen(OPEN + "\n"), None),
        (chosen("x" * 5_000), None),
        ({"type": "button", "value": OPEN, "selected_option": {"value": "b1:share:x"}}, CHERY),
        *((chosen(text), None) for text in HOSTILE),
    ],
)
def test_a_pick_means_only_what_a_token_of_ours_says(action: object, intent: object) -> None:
    assert getattr(press(body(action)).event, "intent", "") == intent


@pytest.mark.parametrize("intent", [CHERY, LONGEST])
def test_what_a_menu_offers_is_what_a_pick_of_it_means(intent: Intent) -> None:
    picked = body(chosen(encode(intent)))
    assert getattr(press(picked).event, "intent", None) == intent
    visited = pressed({**picked, "view": {"type": "home"}})
    assert visited is not None
    assert getattr(visited.event, "intent", None) == intent
