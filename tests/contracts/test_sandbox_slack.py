"""The sandbox's Block Kit against Slack's published types and the limits of `blocks.validate`."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from bot.sandbox.slack.blocks import check_blocks
from bot.sandbox.slack.kit.kinds import SURFACES
from bot.sandbox.slack.refusals import Refused
from tests.sandbox.slack.kit_samples import (
    BLOCKS,
    CARD,
    CHART,
    MENUS,
    PARTS,
    RICH,
    image,
    mrkdwn,
    option,
    plain,
)
from tests.sandbox.slack.served import button, rich, section

CONTRACTS = Path(__file__).parents[3] / "shared" / "contracts" / "slack"

pytestmark = pytest.mark.skipif(
    not CONTRACTS.is_dir() and "CI" not in os.environ, reason="The contracts are not here."
)


@cache
def _read(name: str) -> Any:
    (path,) = CONTRACTS.glob(f"{name}.*")
    return json.loads(path.read_text())


@cache
def _schema(definition: str) -> Draft7Validator:
    whole = _read("block-kit.message-blocks")
    return Draft7Validator(
        {"$ref": f"#/definitions/{definition}", "definitions": whole["definitions"]}
    )


def _slack_takes(block: Any, kind: str) -> bool:
    """Whether the one definition of this kind fits, which is far quicker to ask than all."""
    return bool(_schema(_definition(kind)).is_valid(block))


@cache
def _definition(kind: str) -> str:
    whole = _read("block-kit.message-blocks")["definitions"]
    (name,) = (
        name
        for name in whole
        if name.endswith("Block") and f'"const": "{kind}"' in _types(whole[name])
    )
    return str(name)


def _types(definition: Any) -> str:
    shapes = definition.get("anyOf", [definition])
    return json.dumps([each.get("properties", {}).get("type") for each in shapes])


def _sandbox_takes(*blocks: Any) -> bool:
    try:
        check_blocks(list(blocks))
    except Refused:
        return False
    return True


@pytest.mark.parametrize("kind", BLOCKS)
def test_what_slack_takes_is_taken(kind: str) -> None:
    assert _slack_takes(BLOCKS[kind], kind)
    assert _sandbox_takes(BLOCKS[kind])


def _spoilt(block: Any) -> Iterator[Any]:
    """The block with one thing wrong: a key too many or too few, a value of another shape."""
    for path in _paths(block):
        for spoil in (_drop, _add, _empty, _number, _text):
            spoilt = copy.deepcopy(block)
            spoil(spoilt, path)
            yield spoilt


def _paths(value: Any, *here: Any) -> Iterator[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in inner:
        yield (*here, key)
        if isinstance(each, (dict, list)):
            yield from _paths(each, *here, key)


def _at(block: Any, path: tuple[Any, ...]) -> Any:
    for key in path[:-1]:
        block = block[key]
    return block


def _drop(block: Any, path: tuple[Any, ...]) -> None:
    del _at(block, path)[path[-1]]


def _add(block: Any, path: tuple[Any, ...]) -> None:
    place = _at(block, path)
    if isinstance(place, dict):
        place["surprise"] = "x"
    else:
        place.append("surprise")


def _empty(block: Any, path: tuple[Any, ...]) -> None:
    _at(block, path)[path[-1]] = {}


def _number(block: Any, path: tuple[Any, ...]) -> None:
    _at(block, path)[path[-1]] = 7


def _text(block: Any, path: tuple[Any, ...]) -> None:
    _at(block, path)[path[-1]] = "nonsense"


def _pieces() -> Iterator[tuple[str, Any]]:
    """The samples, the large ones in pieces that are quick to judge."""
    little = rich({"type": "text", "text": "x"})
    for kind, block in BLOCKS.items():
        if kind == "task_card":
            yield kind, {**block, "details": little}
        elif "rows" in block:
            yield kind, {**block, "rows": [block["rows"][0][:1], [{**little}]]}
        elif kind not in {"actions", "rich_text"}:
            yield kind, block
    for menu in MENUS:
        yield "actions", {"type": "actions", "elements": [menu]}
    for part in PARTS:
        yield "rich_text", rich(part)
    for shape in RICH["elements"]:
        inner = little["elements"] if shape["type"] == "rich_text_list" else PARTS[:1]
        yield "rich_text", {"type": "rich_text", "elements": [{**shape, "elements": inner}]}


@pytest.mark.parametrize(("kind", "block"), list(_pieces()))
def test_what_slack_refuses_is_refused(kind: str, block: Any) -> None:
    assert _sandbox_takes(block)
    refused = [each for each in _spoilt(block) if not _slack_takes(each, kind)]
    assert refused
    assert [each for each in refused if _sandbox_takes(each)] == []


def test_every_surface_takes_the_kinds_that_slack_says() -> None:
    kinds = _read("block-kit-limits")["block_types_by_surface"]
    every = {**BLOCKS, "data_visualization": CHART, "alert": {"type": "alert", "text": plain()}}
    for surface, check in SURFACES.items():
        taken = {kind for kind, block in every.items() if not list(check(block, ""))}
        assert taken == set(kinds[surface]), surface


def _buttons(count: int) -> Any:
    return [button(f"b{each}")["elements"][0] for each in range(count)]


def _menu(**more: Any) -> Any:
    element = {"type": "static_select", "options": [option()], **more}
    return {"type": "actions", "elements": [element]}


def _asked(**confirm: Any) -> Any:
    return _menu(confirm={"text": plain("Sure?"), **confirm})


def _bare(count: int) -> Any:
    return [{"text": plain(f"{each}"), "value": f"{each}"} for each in range(count)]


def _cells(rows: int, columns: int = 1) -> Any:
    return [[{"type": "raw_text", "text": "x"}] * columns] * rows


def _bars(**more: Any) -> Any:
    return {**CHART, "chart": {**CHART["chart"], **more}}


def _video(**more: Any) -> Any:
    return {**BLOCKS["video"], **more}


SIZES: dict[str, Callable[[int], Any]] = {
    "text.max_length": lambda n: section("x" * n),
    "action_id.max_length": lambda n: _menu(action_id="x" * n),
    "block_id.max_length": lambda n: {"type": "divider", "block_id": "x" * n},
    "button.text.max_length": lambda n: button(label="x" * n),
    "button.value.max_length": lambda n: button(value="x" * n),
    "button.url.max_length": lambda n: _go(url="https://" + "x" * (n - 8)),
    "button.accessibility_label.max_length": lambda n: _go(accessibility_label="x" * n),
    "button.agent_prompt.max_length": lambda n: _go(agent_prompt="x" * n),
    "confirmation.title.max_length": lambda n: _asked(title=plain("x" * n)),
    "confirmation.text.max_length": lambda n: _asked(text=plain("x" * n)),
    "confirmation.confirm.max_length": lambda n: _asked(confirm=plain("x" * n)),
    "confirmation.deny.max_length": lambda n: _asked(deny=plain("x" * n)),
    "option.text.max_length": lambda n: _menu(options=[option() | {"text": plain("x" * n)}]),
    "option.value.max_length": lambda n: _menu(options=[option() | {"value": "x" * n}]),
    "option.description.max_length": lambda n: _menu(
        options=[option() | {"description": plain("x" * n)}]
    ),
    "select.placeholder.max_length": lambda n: _menu(placeholder=plain("x" * n)),
    "select.options.max_items": lambda n: _menu(options=_bare(n)),
    "overflow.options.max_items": lambda n: _one({"type": "overflow", "options": _bare(n)}),
    "checkboxes.options.max_items": lambda n: _one({"type": "checkboxes", "options": _bare(n)}),
    "radio_buttons.options.max_items": lambda n: _one(
        {"type": "radio_buttons", "options": _bare(n)}
    ),
    "actions.elements.max_items": lambda n: {"type": "actions", "elements": _buttons(n)},
    "card.title.max_length": lambda n: CARD | {"title": mrkdwn("x" * n)},
    "card.subtitle.max_length": lambda n: CARD | {"subtitle": mrkdwn("x" * n)},
    "card.body.max_length": lambda n: CARD | {"body": mrkdwn("x" * n)},
    "card.subtext.max_length": lambda n: CARD | {"subtext": mrkdwn("x" * n)},
    "card.actions.max_items": lambda n: CARD | {"actions": _buttons(n)},
    "carousel.elements.max_items": lambda n: {
        "type": "carousel",
        "elements": [{"type": "card", "title": mrkdwn()}] * n,
    },
    "container.title.max_length": lambda n: BLOCKS["container"] | {"title": plain("x" * n)},
    "container.child_blocks.max_items": lambda n: (
        BLOCKS["container"] | {"child_blocks": [{"type": "divider"}] * n}
    ),
    "context.elements.max_items": lambda n: {"type": "context", "elements": [plain()] * n},
    "context_actions.elements.max_items": lambda n: {
        "type": "context_actions",
        "elements": [{"type": "icon_button", "icon": "trash", "text": plain("Bin")}] * n,
    },
    "table.rows.max_items": lambda n: {"type": "table", "rows": _cells(n)},
    "table.columns.max_items": lambda n: {"type": "table", "rows": _cells(1, n)},
    "data_table.rows.max_items": lambda n: BLOCKS["data_table"] | {"rows": _cells(n)},
    "data_table.columns.max_items": lambda n: BLOCKS["data_table"] | {"rows": _cells(2, n)},
    "data_table.page_size.max": lambda n: BLOCKS["data_table"] | {"page_size": n},
    "data_visualization.title.max_length": lambda n: CHART | {"title": "x" * n},
    "data_visualization.series.max_items": lambda n: _bars(
        series=[{"name": "x", "data": [{"label": "x", "value": 1}]}] * n
    ),
    "data_visualization.segments.max_items": lambda n: (
        CHART | {"chart": {"type": "pie", "segments": [{"label": "x", "value": 1}] * n}}
    ),
    "data_visualization.categories.max_items": lambda n: _bars(
        axis_config={"categories": ["x"] * n}
    ),
    "header.text.max_length": lambda n: {"type": "header", "text": plain("x" * n)},
    "image.alt_text.max_length": lambda n: image() | {"alt_text": "x" * n},
    "image.title.max_length": lambda n: image() | {"title": plain("x" * n)},
    "image.image_url.max_length": lambda n: image() | {"image_url": "https://" + "x" * (n - 8)},
    "input.label.max_length": lambda n: BLOCKS["input"] | {"label": plain("x" * n)},
    "input.hint.max_length": lambda n: BLOCKS["input"] | {"hint": plain("x" * n)},
    "markdown.text.max_length": lambda n: {"type": "markdown", "text": "x" * n},
    "plan.tasks.max_items": lambda n: BLOCKS["plan"] | {"tasks": BLOCKS["plan"]["tasks"] * n},
    "rich_text_list.indent.max": lambda n: {
        "type": "rich_text",
        "elements": [BLOCKS["rich_text"]["elements"][1] | {"indent": n}],
    },
    "section.text.max_length": lambda n: section("x" * n),
    "section.fields.max_items": lambda n: {"type": "section", "fields": [plain()] * n},
    "section.fields.item_max_length": lambda n: {"type": "section", "fields": [plain("x" * n)]},
    "video.title.max_length": lambda n: _video(title=plain("x" * n)),
    "video.author_name.max_length": lambda n: _video(author_name="x" * n),
}

STRICTER = {
    "data_table.rows.max_items",
    "data_visualization.series.max_items",
    "data_visualization.segments.max_items",
}
"""Where Slack's own page names a smaller size than `blocks.validate` was seen to keep."""


def _go(**more: Any) -> Any:
    return {"type": "actions", "elements": [button()["elements"][0] | more]}


def _one(element: Any) -> Any:
    return {"type": "actions", "elements": [element]}


@pytest.mark.parametrize("name", SIZES)
def test_every_size_is_the_one_that_slack_keeps(name: str) -> None:
    most = _read("block-kit-limits")["limits"]
    for key in name.split("."):
        most = most[key]
    assert not _sandbox_takes(SIZES[name](most + 1))
    assert _sandbox_takes(SIZES[name](most)) is (name not in STRICTER)


def test_the_whole_message_is_limited_as_slack_says() -> None:
    limits = {each["key"]: each["value"] for each in _read("platform-limits")["limits"]}
    most = limits["message.blocks.max"]
    assert _sandbox_takes(*[{"type": "divider"}] * most)
    assert not _sandbox_takes(*[{"type": "divider"}] * (most + 1))
    half = "x" * (limits["message.all_blocks.observed_max_chars_about"] // 5)
    assert not _sandbox_takes(*[section(half)] * 5)
    assert not _sandbox_takes(*[BLOCKS["table"]] * (limits["message.table_blocks.max"] + 1))


def test_every_menu_is_known_to_slack() -> None:
    definition = _schema("ActionsBlockElement")
    assert [each for each in MENUS if not definition.is_valid(each)] == []
