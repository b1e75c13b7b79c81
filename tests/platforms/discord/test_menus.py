"""Menus on Discord: whole at the limits, told in both ways, and read as untrusted input."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.platforms.discord.classic import classic
from bot.platforms.discord.inbound import pressed
from bot.platforms.discord.render import draw
from bot.platforms.port import Payload
from bot.sandbox.discord.messages import ON_SEND, drafted
from bot.sandbox.discord.permissions import Flag
from briefings.intents import MoreResults, OpenBriefing
from briefings.message import Action, Actions, Menu, Message, Option, Part
from briefings.model import BriefingId
from briefings.tokens import decode, encode
from tests.platforms.discord.reading import walk
from tests.platforms.samples import HOSTILE, SAMPLES, paragraph

NEAR = st.integers(-3, 3)
LONGEST = MoreResults("q" * 87, 9_999)


def option(number: int, label: str = "x", about: str = "") -> Option:
    return Option(label, MoreResults("q", number), about)


def menus(payload: Mapping[str, Any]) -> list[Any]:
    return [each for each in walk(payload) if each["type"] == 3]


def ids(payload: Mapping[str, Any]) -> list[str]:
    return [each["custom_id"] for each in walk(payload) if "custom_id" in each]


def picked(payloads: tuple[Payload, ...]) -> list[object]:
    """What every option means, in their order."""
    return [
        decode(each["value"])
        for payload in payloads
        for menu in menus(payload)
        for each in menu["options"]
    ]


def check(payload: Payload) -> None:
    """Whether a server takes it, by components and by embeds; and menus stand alone."""
    drafted(dict(payload), (), ON_SEND)
    old = drafted(dict(classic(payload)), (), ON_SEND & ~Flag.IS_COMPONENTS_V2)
    assert ids(old) == ids(payload)
    rows = [each for each in walk(payload) if each["type"] == 1]
    assert all(len(row["components"]) == 1 for row in rows if row["components"][0]["type"] == 3)


@settings(deadline=None)
@given(st.sampled_from([25, 50, 75, 125]), NEAR)
def test_a_menu_of_any_size_is_whole(size: int, off: int) -> None:
    options = tuple(map(option, range(size + off)))
    payloads = draw(Message("T", (Menu("Open one", options),)))
    for payload in payloads:
        check(payload)
        assert all(len(menu["options"]) <= 25 for menu in menus(payload))
    assert picked(payloads) == [each.intent for each in options]


@settings(deadline=None)
@given(st.sampled_from(["label", "about", "placeholder"]), NEAR, st.sampled_from("a漢👍é"))
def test_texts_too_long_for_a_menu_are_shortened(where: str, off: int, letter: str) -> None:
    limit = 150 if where == "placeholder" else 100
    long = letter * (limit + off)
    told = {"label": "x", "about": "", "placeholder": "Open one", where: long}
    menu = Menu(told["placeholder"], (option(1, told["label"], told["about"]),))
    (payload,) = draw(Message("T", (menu,)))
    check(payload)
    (drawn,) = menus(payload)
    (only,) = drawn["options"]
    shown = {"label": only["label"], "about": only.get("description", "")}
    shown["placeholder"] = drawn["placeholder"]
    assert shown[where] == (long if off <= 0 else letter * (limit - 1) + "…")


def test_the_longest_token_fits_an_option_and_names_its_menu() -> None:
    (payload,) = draw(Message("T", (Menu("Open one", (Option("x", LONGEST),)),)))
    check(payload)
    (menu,) = menus(payload)
    assert len(menu["options"][0]["value"]) == len(menu["custom_id"]) == 100


@pytest.mark.parametrize("label", ["", " ", "\u202e", *HOSTILE])
def test_an_option_of_any_words_is_taken(label: str) -> None:
    (payload,) = draw(Message("T", (Menu(label, (option(1, label, label),)),)))
    check(payload)
    assert "\u202e" not in str(payload)


def test_the_same_option_twice_goes_into_two_messages() -> None:
    payloads = draw(Message("T", (Menu("Open one", (option(1), option(2), option(1))),)))
    assert [len(menus(payload)[0]["options"]) for payload in payloads] == [2, 1]


def test_two_menus_that_begin_alike_go_into_two_messages() -> None:
    menu = Menu("Open one", (option(1),))
    payloads = draw(Message("T", (menu, paragraph("between"), menu)))
    assert [len(menus(payload)) for payload in payloads] == [1, 1]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from([1, 4, 5, 6, 0, -1]), max_size=12))
def test_buttons_and_menus_in_any_order_are_told_in_both_ways(rows: list[int]) -> None:
    parts: list[Part] = []
    for at, size in enumerate(rows):
        intents = [MoreResults(f"{at}", number) for number in range(abs(size))]
        button = Actions(tuple(Action("x", each) for each in intents))
        menu = Menu("y", tuple(Option("x", each) for each in intents))
        parts.append(menu if size < 0 else button)
    payloads = draw(Message("T", tuple(parts)))
    for payload in payloads:
        check(payload)
    controls = [each["type"] for payload in payloads for each in walk(payload)]
    assert controls.count(3) == rows.count(-1)
    assert controls.count(2) == sum(size for size in rows if size > 0)


def test_a_menu_stands_between_the_list_and_its_pages() -> None:
    (payload,) = draw(SAMPLES["results"])
    text, menu, turns = payload["components"][0]["components"]  # type: ignore[index]
    assert text["type"] == 10
    assert [each["type"] for each in menu["components"]] == [3]
    assert [each["label"] for each in turns["components"]] == ["Previous", "More"]


OPEN = "b1:open:chery"
CHERY = OpenBriefing(BriefingId("chery"))


@pytest.mark.parametrize(
    ("data", "intent"),
    [
        ({"component_type": 3, "values": [OPEN]}, CHERY),
        ({"component_type": 3, "values": [OPEN], "custom_id": "b1:share:x"}, CHERY),
        ({"component_type": 3, "values": [], "custom_id": OPEN}, None),
        ({"component_type": 3, "custom_id": OPEN}, None),
        ({"component_type": 3, "values": [OPEN, OPEN]}, None),
        ({"component_type": 3, "values": OPEN}, None),
        ({"component_type": 3, "values": [7]}, None),
        ({"component_type": 3, "values": [None]}, None),
        ({"component_type": 3, "values": {"0": OPEN}}, None),
        ({"component_type": 3, "values": ["b1:open:../etc"]}, None),
        ({"component_type": 3, "values": ["b1:menu:" + OPEN]}, None),
        ({"component_type": 3, "values": [" " + OPEN]}, None),
        ({"component_type": 3, "values": [OPEN + "\n"]}, None),
        ({"component_type": 3, "values": ["x" * 5_000]}, None),
        ({"component_type": 8, "values": [OPEN]}, None),
        ({"component_type": "3", "values": [OPEN]}, None),
        ({"component_type": 2, "custom_id": OPEN, "values": ["b1:share:x"]}, CHERY),
        ({"component_type": 2, "values": [OPEN]}, None),
        *(({"component_type": 3, "values": [text]}, None) for text in HOSTILE),
    ],
)
def test_a_pick_means_only_what_one_token_of_ours_says(
    data: dict[str, object], intent: object
) -> None:
    base = {"custom_id": "b1:menu:0"} | data
    who = {"member": {"user": {"id": "5"}}, "channel_id": "7", "id": "1"}
    assert pressed({**who, "data": base}).intent == intent


def test_what_a_menu_offers_is_what_a_pick_of_it_means() -> None:
    for intent in (CHERY, LONGEST):
        data = {"component_type": 3, "custom_id": "b1:menu:0", "values": [encode(intent)]}
        assert pressed({"data": data}).intent == intent
