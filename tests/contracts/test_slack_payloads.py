"""What we send to Slack against Slack's published types, limits and the SDK's own models."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from jsonschema import Draft7Validator
from slack_sdk.models.blocks import Block

from bot.platforms.slack.home import home_view
from bot.platforms.slack.render import draw, requests
from briefings.card import compose_post, compose_section
from briefings.home import Coming, Talk, compose_home
from briefings.model import BriefingId, Entry
from briefings.owning import Now
from briefings.reading.reader import read

SHARED = Path(__file__).parents[3] / "shared"
CONTRACTS = SHARED / "contracts" / "slack"
CORPUS = SHARED / "corpus"
SNAPSHOTS = Path(__file__).parents[1] / "platforms" / "slack" / "__snapshots__"

pytestmark = pytest.mark.skipif(
    not CONTRACTS.is_dir() and "CI" not in os.environ, reason="The contracts are not here."
)

Json = Mapping[str, Any]


@cache
def contract(name: str) -> Any:
    (path,) = CONTRACTS.glob(f"{name}.*json")
    return json.loads(path.read_text())


@cache
def limit(*path: str) -> int:
    """A limit of the offline `blocks.validate`."""
    found = contract("block-kit-limits")["limits"]
    for name in path:
        found = found[name]
    return int(found)


@cache
def platform_limit(key: str) -> int:
    (found,) = [each for each in contract("platform-limits")["limits"] if each["key"] == key]
    return int(found["value"])


@cache
def schema() -> Draft7Validator:
    definitions = contract("block-kit.message-blocks")["definitions"]
    # The published types lack `offset`, which Slack documents and its own clients send.
    # https://docs.slack.dev/reference/block-kit/block-elements/rich-text-list-element
    lists = definitions["RichTextList"]
    lists = {**lists, "properties": {**lists["properties"], "offset": {"type": "integer"}}}
    return Draft7Validator(
        {
            "$ref": "#/definitions/MessageBlocks",
            "definitions": {**definitions, "RichTextList": lists},
        }
    )


def every(drawn: Any) -> Iterator[Json]:
    """Every object in a piece of JSON."""
    if isinstance(drawn, Mapping):
        yield drawn
    for value in drawn.values() if isinstance(drawn, Mapping) else drawn:
        if isinstance(value, Mapping | list):
            yield from every(value)


def check(payload: Json) -> None:
    """Hold a payload against everything we know of Slack."""
    blocks = payload["blocks"]
    faults = [error.message for error in schema().iter_errors(blocks)]
    assert not faults, faults
    check_message(payload, blocks)
    for each in every(blocks):
        if rule := RULES.get(str(each.get("type"))):
            rule(each)
    for block in blocks:
        parsed = Block.parse(dict(block))
        assert parsed is not None
        parsed.validate_json()


def check_message(payload: Json, blocks: list[Json]) -> None:
    said = [
        value
        for each in every(blocks)
        for name, value in each.items()
        if isinstance(value, str) and name != "type"
    ]
    assert 0 < len(blocks) <= platform_limit("message.blocks.max") - 5
    assert len(payload["text"]) + sum(map(len, said)) <= 11_000
    assert 0 < len(payload["text"]) <= platform_limit("message.text.recommended_max_chars")
    tables = [block for block in blocks if block["type"] == "table"]
    assert len(tables) <= platform_limit("message.table_blocks.max")
    ids = [each["action_id"] for each in every(blocks) if "action_id" in each]
    assert len(ids) == len(set(ids))
    assert payload["unfurl_links"] is payload["unfurl_media"] is False


def check_button(button: Json) -> None:
    assert 0 < len(button["text"]["text"]) <= limit("button", "text", "max_length")
    assert 0 < len(button["value"]) <= limit("button", "value", "max_length")
    assert len(button["action_id"]) <= limit("action_id", "max_length")


def check_image(image: Json) -> None:
    assert 0 < len(image["alt_text"]) <= limit("image", "alt_text", "max_length")
    assert len(image["image_url"]) <= limit("image", "image_url", "max_length")


def check_table(table: Json) -> None:
    assert 0 < len(table["rows"]) <= limit("table", "rows", "max_items")
    assert {len(row) for row in table["rows"]} == {len(table["rows"][0])}
    assert 0 < len(table["rows"][0]) <= limit("table", "columns", "max_items")


def check_header(header: Json) -> None:
    assert len(header["text"]["text"]) <= limit("header", "text", "max_length")


def check_text(text: Json) -> None:
    assert text["text"]


def check_text_object(text: Json) -> None:
    assert 0 < len(text["text"]) <= limit("text", "max_length")


def _between(each: Json, most: int) -> None:
    assert 0 < len(each["elements"]) <= most


def _indented(each: Json) -> None:
    _between(each, 10_000)
    assert 0 <= each.get("indent", 0) <= limit("rich_text_list", "indent", "max")
    assert each.get("offset", 0) >= 0


RULES: dict[str, Callable[[Json], None]] = {
    "button": check_button,
    "image": check_image,
    "table": check_table,
    "header": check_header,
    "text": check_text,
    "link": check_text,
    "raw_text": check_text,
    "plain_text": check_text_object,
    "mrkdwn": check_text_object,
    "context": lambda each: _between(each, limit("context", "elements", "max_items")),
    "actions": lambda each: _between(each, limit("actions", "elements", "max_items")),
    "rich_text": lambda each: _between(each, 10_000),
    "rich_text_section": lambda each: _between(each, 10_000),
    "rich_text_list": _indented,
}


@pytest.mark.parametrize("path", sorted(SNAPSHOTS.rglob("*.json")), ids=lambda path: path.stem)
def test_every_snapshot_keeps_slacks_rules(path: Path) -> None:
    check(json.loads(path.read_text()))


def test_there_are_snapshots_and_documents() -> None:
    assert len(list(SNAPSHOTS.rglob("*.json"))) >= 30
    assert len(documents()) >= 25


def documents() -> list[Path]:
    return sorted(path for path in CORPUS.glob("*") if path.name != "index.json")


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.name)
def test_every_document_keeps_slacks_rules(path: Path) -> None:
    briefing = read(path.read_bytes(), path.name).briefing
    entry = Entry(BriefingId("document"), briefing, datetime(2026, 11, 22, tzinfo=UTC))
    for call in requests(compose_post(entry), "C0DAILY01"):
        check(call.body)
    for number in range(len(briefing.sections)):
        if section := compose_section(entry, number):
            for payload in draw(section):
                check(payload)


@cache
def home_schema() -> Draft7Validator:
    definitions = contract("block-kit.home-view")["definitions"]
    lists = definitions["RichTextList"]
    lists = {**lists, "properties": {**lists["properties"], "offset": {"type": "integer"}}}
    return Draft7Validator(
        {"$ref": "#/definitions/HomeStrict", "definitions": {**definitions, "RichTextList": lists}}
    )


def check_home(view: Json) -> None:
    """Hold a Home tab against everything we know of Slack."""
    faults = [error.message for error in home_schema().iter_errors(view)]
    assert not faults, faults
    assert 0 < len(view["blocks"]) <= platform_limit("view.blocks.max")
    assert len(json.dumps(view).encode()) <= 250_000
    for each in every(view["blocks"]):
        if rule := RULES.get(str(each.get("type"))):
            rule(each)


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.name)
def test_the_home_with_any_document_on_it_keeps_slacks_rules(path: Path) -> None:
    briefing = read(path.read_bytes(), path.name).briefing
    now = Now(datetime(2026, 11, 22, tzinfo=UTC), ZoneInfo("UTC"))
    entry = Entry(BriefingId("document"), briefing, now.at)
    coming = [Coming(f"channel-{number}", now.at) for number in range(20)]
    talks = [Talk(briefing.title, "channel", now.at, "https://x.slack.com/archives/C1/p1")] * 5
    home = compose_home(entry, coming, talks, now)
    check_home(home_view(home)[0])
    for number in range(min(3, len(briefing.sections))):
        if section := compose_section(entry, number):
            check_home(home_view(home, draw(section))[0])
