"""What we send to Discord against Discord's own specification, and the rules that it leaves out."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from jsonschema import Draft202012Validator

from bot.platforms.desk import Completion
from bot.platforms.discord.announcing import commands_of
from bot.platforms.discord.answering import MESSAGE, THINKING
from bot.platforms.discord.checkup import Nobody
from bot.platforms.discord.classic import classic
from bot.platforms.discord.commands import choices
from bot.platforms.discord.forum import forum_post
from bot.platforms.discord.gateway import Gateway
from bot.platforms.discord.limits import EPHEMERAL
from bot.platforms.discord.render import draw
from bot.platforms.discord.requests import body, requests
from bot.platforms.discord.spots import Spot, Tag
from bot.sandbox.discord.messages import ON_SEND, drafted
from bot.sandbox.discord.permissions import Flag
from briefings.card import compose_card, compose_post, compose_section
from briefings.message import Message
from briefings.model import BriefingId, Entry
from briefings.reading.reader import read

SHARED = Path(__file__).parents[3] / "shared"
FILE = SHARED / "contracts" / "discord-openapi.json"
CORPUS = SHARED / "corpus"
SNAPSHOTS = Path(__file__).parents[1] / "platforms" / "discord" / "__snapshots__"

pytestmark = pytest.mark.skipif(
    not FILE.exists() and "CI" not in os.environ, reason="The specification is not here."
)

Json: TypeAlias = Mapping[str, Any]

MESSAGE_BYTES = 10_170
"""https://github.com/discord/discord-api-docs/issues/8554"""


@cache
def validator(name: str) -> Draft202012Validator:
    specification = json.loads(FILE.read_text())
    return Draft202012Validator(
        {"$ref": f"#/components/schemas/{name}", "components": specification["components"]}
    )


def hold(sent: Json, name: str) -> None:
    """Hold a body against a schema of the specification."""
    faults = [error.message for error in validator(name).iter_errors(sent)]
    assert not faults, faults


def check(sent: Json) -> None:
    """Hold a message against the specification, and against the rules over several fields."""
    hold(sent, "MessageCreateRequest")
    drafted(dict(sent), (), ON_SEND)
    nested = list(walk(sent))
    shown = [each["content"] for each in nested if each["type"] == 10]
    tokens = [each["custom_id"] for each in nested if "custom_id" in each]
    assert sent["allowed_mentions"] == {"parse": []}
    assert not sent.keys() & {"content", "embeds", "poll", "sticker_ids"}
    assert len(nested) <= 40
    assert sum(map(len, shown)) <= 4_000
    assert sum(len(text.encode()) + 12 for text in shown) <= MESSAGE_BYTES
    assert len(tokens) == len(set(tokens))


def walk(parent: Json) -> Iterator[Json]:
    """Every component under a message."""
    beside = [parent["accessory"]] if "accessory" in parent else []
    for component in (*parent.get("components", ()), *beside):
        yield component
        yield from walk(component)


@pytest.mark.parametrize("path", sorted(SNAPSHOTS.rglob("*.json")), ids=lambda path: path.stem)
def test_every_snapshot_keeps_discords_rules(path: Path) -> None:
    payload = json.loads(path.read_text())
    check(payload)
    check(body(payload, "m" * 25))
    answer = {**payload, "flags": payload["flags"] | EPHEMERAL}
    hold({"type": MESSAGE, "data": answer}, "CreateMessageInteractionCallbackRequest")
    hold(answer, "IncomingWebhookRequestPartial")
    hold(payload, "IncomingWebhookUpdateRequestPartial")
    hold(payload, "MessageEditRequestPartial")


@pytest.mark.parametrize("path", sorted(SNAPSHOTS.rglob("*.json")), ids=lambda path: path.stem)
def test_every_snapshot_told_by_embeds_keeps_discords_rules(path: Path) -> None:
    payload = json.loads(path.read_text())
    check_classic(classic(body(payload, "m" * 25)))
    hold({**classic(payload), "flags": EPHEMERAL}, "IncomingWebhookRequestPartial")
    hold(classic(payload), "IncomingWebhookUpdateRequestPartial")
    hold(classic(payload), "MessageEditRequestPartial")


def check_classic(sent: Json) -> None:
    """Hold a message told by embeds against the specification, and the rules that it leaves out."""
    hold(sent, "MessageCreateRequest")
    drafted(dict(sent), (), ON_SEND & ~Flag.IS_COMPONENTS_V2)
    assert sent["allowed_mentions"] == {"parse": []}
    assert not sent["flags"] & (Flag.IS_COMPONENTS_V2 | Flag.SUPPRESS_EMBEDS)
    assert len(sent["embeds"]) <= 10
    assert sum(len(each.get("description", "")) for each in sent["embeds"]) <= 6_000
    assert len(sent["components"]) <= 5


@pytest.mark.parametrize("path", sorted(SNAPSHOTS.rglob("*.json")), ids=lambda path: path.stem)
def test_every_snapshot_begins_a_post_of_a_forum(path: Path) -> None:
    sent = body(json.loads(path.read_text()), "m" * 25)
    forum = Spot("1", 15, tags=(Tag("2", "Briefing"),), needs_tag=True)
    for drawn in (sent, classic(sent)):
        hold(forum_post(drawn, forum), "CreateForumThreadRequest")


def test_the_commands_are_what_discord_takes() -> None:
    tree = Gateway(Nobody(), message_content=False).tree
    assert tree
    for command in commands_of(tree):
        hold(command, "ApplicationCommandUpdateRequest")
        assert command["integration_types"]
        assert command["contexts"]
    assert len(commands_of(tree)) == 3


def test_there_are_snapshots_and_documents() -> None:
    assert len(list(SNAPSHOTS.rglob("*.json"))) >= 30
    assert len(documents()) >= 25


def test_the_specification_refuses_what_is_wrong() -> None:
    wrong = {"components": [{"type": 17, "components": []}]}
    assert list(validator("MessageCreateRequest").iter_errors(wrong))


def test_thinking_is_an_answer_that_discord_knows() -> None:
    thinking = {"type": THINKING, "data": {"flags": EPHEMERAL}}
    hold(thinking, "CreateMessageInteractionCallbackRequest")


def test_completions_are_what_discord_takes() -> None:
    offered = choices([Completion("a" * 200, f"{number}") for number in range(40)])
    answer = {"type": 8, "data": {"choices": [choice.to_dict() for choice in offered]}}
    hold(answer, "ApplicationCommandAutocompleteCallbackRequest")


def documents() -> list[Path]:
    return sorted(path for path in CORPUS.glob("*") if path.name != "index.json")


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.name)
def test_every_document_keeps_discords_rules(path: Path) -> None:
    briefing = read(path.read_bytes(), path.name).briefing
    entry = Entry(BriefingId("document"), briefing, datetime(2026, 11, 22, tzinfo=UTC))
    for call in requests(compose_post(entry), "42"):
        if call.path.endswith("/threads"):
            hold(call.body, "CreateTextThreadWithMessageRequest")
        else:
            check(call.body)
            check_classic(classic(call.body))
    for message in answers(entry):
        for payload in draw(message):
            check(payload)
            check_classic(classic(payload))


def answers(entry: Entry) -> Iterator[Message]:
    yield compose_card(entry)
    for number in range(len(entry.briefing.sections)):
        if section := compose_section(entry, number):
            yield section
