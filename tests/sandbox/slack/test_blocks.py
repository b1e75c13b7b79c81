"""Block Kit: what is accepted, what is refused, exactly up to which size."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.slack.blocks import check_blocks, check_view, weigh
from bot.sandbox.slack.refusals import Refused
from tests.sandbox.slack.kit_samples import (
    BLOCKS,
    CARD,
    CHART,
    MENUS,
    RICH,
    image,
    mrkdwn,
    option,
    plain,
)
from tests.sandbox.slack.served import button, rich, section


def verdict(blocks: Any) -> str:
    """The code of the refusal, or an empty text."""
    try:
        check_blocks(blocks)
    except Refused as refused:
        return refused.code
    return ""


@pytest.mark.parametrize("kind", [*BLOCKS, "data_visualization"])
def test_a_good_block_of_every_kind_is_accepted(kind: str) -> None:
    assert verdict([{**BLOCKS, "data_visualization": CHART}[kind]]) == ""


def _places(value: Any) -> Iterator[Any]:
    """Every object inside, to be spoilt in place."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, (dict, list)):
            yield from _places(inner)


@pytest.mark.parametrize("kind", [*BLOCKS, "data_visualization"])
def test_an_unknown_key_is_refused_wherever_it_stands(kind: str) -> None:
    good = {**BLOCKS, "data_visualization": CHART}[kind]
    for place in range(len(list(_places(good)))):
        block = copy.deepcopy(good)
        list(_places(block))[place]["surprise"] = "x"
        assert verdict([block]), list(_places(block))[place]


@pytest.mark.parametrize("kind", [*BLOCKS, "data_visualization"])
def test_an_unknown_type_is_refused_wherever_it_stands(kind: str) -> None:
    good = {**BLOCKS, "data_visualization": CHART}[kind]
    for place, found in enumerate(_places(good)):
        if "type" in found:
            block = copy.deepcopy(good)
            list(_places(block))[place]["type"] = "nonsense"
            assert verdict([block]), found


BAD: dict[str, Any] = {
    "an alert outside a modal": {"type": "alert", "text": plain()},
    "a mrkdwn header": {"type": "header", "text": mrkdwn()},
    "a header without text": {"type": "header"},
    "an empty section": {"type": "section"},
    "an empty text": section(""),
    "an image among actions": {"type": "actions", "elements": [image()]},
    "actions without any": {"type": "actions", "elements": []},
    "an image from nowhere": {"type": "image", "alt_text": "A car"},
    "an image from two places": {**image(), "slack_file": {"id": "F1"}},
    "a link to a script": rich({"type": "link", "url": "javascript:alert(1)"}),
    "an empty rich text part": rich({"type": "text", "text": ""}),
    "a rich text section without parts": rich(),
    "an unknown style": rich({"type": "text", "text": "x", "style": {"blink": True}}),
    "an emoji in code": {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_preformatted", "elements": [{"type": "emoji", "name": "wave"}]}
        ],
    },
    "a list in a list": {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_list", "style": "bullet", "elements": [RICH["elements"][1]]}
        ],
    },
    "a menu without options": {"type": "actions", "elements": [{"type": "static_select"}]},
    "a choice that is no option": {
        "type": "actions",
        "elements": [{**MENUS[0], "initial_option": option("z")}],
    },
    "an empty card": {"type": "card"},
    "a container in a container": {"type": "container", "child_blocks": [BLOCKS["container"]]},
    "a pending task alone": {**BLOCKS["task_card"], "status": "pending"},
    "uneven rows": {
        **BLOCKS["data_table"],
        "rows": [BLOCKS["data_table"]["rows"][0], BLOCKS["data_table"]["rows"][1][:1]],
    },
    "a share of nothing": {
        **CHART,
        "chart": {"type": "pie", "segments": [{"label": "x", "value": 0}]},
    },
    "text that is a number": {"type": "section", "text": {"type": "mrkdwn", "text": 7}},
    "a flag that is a text": section("x", verbatim="true"),
    "no object at all": "divider",
    "two equal actions": {"type": "actions", "elements": button()["elements"] * 2},
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_block_is_refused(name: str) -> None:
    assert verdict([BAD[name]]) == "invalid_blocks"


def _wide(count: int) -> Any:
    cells = [{"type": "raw_text", "text": "x"}] * count
    return {"type": "table", "rows": [cells]}


SIZES: dict[str, tuple[int, Callable[[int], Any]]] = {
    "section text": (3000, lambda n: [section("x" * n)]),
    "section field": (2000, lambda n: [{"type": "section", "fields": [mrkdwn("x" * n)]}]),
    "section fields": (10, lambda n: [{"type": "section", "fields": [mrkdwn()] * n}]),
    "header": (150, lambda n: [{"type": "header", "text": plain("x" * n)}]),
    "markdown": (12_000, lambda n: [{"type": "markdown", "text": "x" * n}]),
    "button text": (75, lambda n: [button(label="x" * n)]),
    "button value": (2000, lambda n: [button(value="x" * n)]),
    "action id": (255, lambda n: [{**button(), "elements": button("x" * n)["elements"]}]),
    "block id": (255, lambda n: [{"type": "divider", "block_id": "x" * n}]),
    "actions": (25, lambda n: [{"type": "actions", "elements": _buttons(n)}]),
    "context elements": (10, lambda n: [{"type": "context", "elements": [plain()] * n}]),
    "alt text": (2000, lambda n: [{**image(), "alt_text": "x" * n}]),
    "table rows": (100, lambda n: [{"type": "table", "rows": _wide(1)["rows"] * n}]),
    "table columns": (20, lambda n: [_wide(n)]),
    "option value": (150, lambda n: [_menu([option("a") | {"value": "x" * n}])]),
    "option text": (75, lambda n: [_menu([option("a") | {"text": plain("x" * n)}])]),
    "options": (100, lambda n: [_menu([_bare(str(each)) for each in range(n)])]),
    "card body": (200, lambda n: [{"type": "card", "body": mrkdwn("x" * n)}]),
    "card buttons": (3, lambda n: [CARD | {"actions": _buttons(max(n, 1))}]),
    "blocks": (50, lambda n: [{"type": "divider"}] * n),
}


def _bare(value: str) -> Any:
    return {"text": plain(value), "value": value}


def _buttons(count: int) -> Any:
    return [button(f"b{each}")["elements"][0] for each in range(count)]


def _menu(options: Any) -> Any:
    return {"type": "actions", "elements": [{"type": "static_select", "options": options}]}


@given(size=st.sampled_from(sorted(SIZES)), off=st.integers(-3, 3))
def test_every_size_is_kept_to_the_last_character(size: str, off: int) -> None:
    most, build = SIZES[size]
    assert bool(verdict(build(most + off))) is (off > 0)


@given(letter=st.sampled_from("xğ好😀"), off=st.integers(-3, 3))
def test_characters_are_code_points(letter: str, off: int) -> None:
    assert bool(verdict([{"type": "header", "text": plain(letter * (150 + off))}])) is (off > 0)


def test_a_message_has_one_table_and_two_charts() -> None:
    assert verdict([BLOCKS["table"], BLOCKS["data_table"]]) == "invalid_attachments"
    assert verdict([CHART, CHART]) == ""
    assert verdict([CHART, CHART, CHART]) == "invalid_blocks"


def test_markdown_is_counted_over_the_whole_message() -> None:
    half = {"type": "markdown", "text": "x" * 6_000}
    assert verdict([half, half]) == ""
    assert verdict([half, half, {"type": "markdown", "text": "x"}]) == "msg_blocks_too_long"


@given(off=st.integers(-3, 3))
def test_all_blocks_together_weigh_no_more_than_slack_was_seen_to_take(off: int) -> None:
    blocks = [rich({"type": "text", "text": "x" * 4000}) for _ in range(3)]
    rest = 13_200 - weigh(blocks) - weigh([rich({"type": "text", "text": ""})])
    blocks.append(rich({"type": "text", "text": "x" * (rest + off)}))
    assert bool(verdict(blocks)) is (off > 0)


def test_names_are_used_once() -> None:
    line = {"type": "divider", "block_id": "line"}
    assert verdict([line, line]) == "invalid_blocks"
    assert verdict([button("a") | {"block_id": "1"}, button("a") | {"block_id": "2"}]) == ""


def _view_verdict(view: Any) -> str:
    try:
        check_view(view)
    except Refused as refused:
        return refused.code
    return ""


def test_a_view_takes_what_its_surface_takes() -> None:
    alert = {"type": "alert", "text": plain()}
    modal = {"type": "modal", "title": plain("Hi"), "blocks": [alert]}
    home = {"type": "home", "blocks": [BLOCKS["table"]]}
    assert _view_verdict(modal) == _view_verdict(home) == ""
    for bad in (
        {**modal, "title": plain("x" * 25)},
        {**modal, "blocks": [{"type": "markdown", "text": "x"}]},
        {**modal, "blocks": [BLOCKS["input"]]},
        {**modal, "blocks": [{"type": "divider"}] * 101},
        {**modal, "type": "window"},
        {**home, "blocks": [alert]},
        {**home, "title": plain()},
    ):
        assert _view_verdict(bad) == "invalid_arguments", bad
