"""What counts as live in a message, and what does not."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.discord.liveness import live_parts
from bot.sandbox.discord.mentions import ANSWERED
from tests.sandbox.discord.town import Town

NONE: dict[str, Any] = {"parse": []}
QUIET: dict[str, Any] = {"allowed_mentions": NONE, "flags": 1 << 2}
SOMEBODY = "<@100000000000000001>"
ROLE = "<@&100000000000000001>"


def displayed(text: str, **more: object) -> dict[str, Any]:
    container = {"type": 17, "components": [{"type": 10, "content": text}]}
    return {"components": [container]} | more


@pytest.mark.parametrize(
    "text", ["@everyone", "a @here b", SOMEBODY, "<@!100000000000000001>", ROLE]
)
def test_pings_are_live_unless_they_are_forbidden(text: str) -> None:
    for message in ({"content": text}, displayed(text)):
        assert live_parts(message)[0].startswith("ping: ")
        assert live_parts(message | {"allowed_mentions": None})
        assert live_parts(message | {"allowed_mentions": NONE}) == []


def test_an_answer_pings_users_alone_where_it_says_nothing() -> None:
    assert live_parts({"content": "@everyone"}, ANSWERED) == []
    assert live_parts({"content": SOMEBODY}, ANSWERED) == ["ping: user 100000000000000001"]


def test_only_those_named_are_pinged() -> None:
    allowed = {"parse": [], "roles": ["100000000000000001"]}
    message = {"content": f"{SOMEBODY} {ROLE}", "allowed_mentions": allowed}
    assert live_parts(message) == ["ping: role 100000000000000001"]


@pytest.mark.parametrize(
    "text",
    [
        "<:car:100000000000000001>",
        "<a:car:100000000000000001>",
        "<t:1790000000>",
        "<t:1790000000:R>",
        "<#100000000000000001>",
        "</briefing today:100000000000000001>",
        "<id:customize>",
        "[example.org](https://evil.example)",
        "[https://example.org/a](https://evil.example)",
        "[see example.org now](https://evil.example)",
        "left \u202e right",
        "\u2066isolated",
    ],
)
def test_what_is_drawn_or_lies_is_live_everywhere_it_is_read(text: str) -> None:
    for message in (
        QUIET | {"content": text},
        displayed(text, **QUIET),
        QUIET | {"embeds": [{"description": text}]},
        QUIET | {"embeds": [{"fields": [{"name": "x", "value": text}]}]},
    ):
        assert len(live_parts(message)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Good morning",
        "[Reuters](https://www.reuters.com/a)",
        "[reuters.com](https://www.reuters.com/a)",
        r"\<#100000000000000001>",
        r"\[example.org](https://evil.example)",
        "<\u200b#100000000000000001>",
        "3 < 4 and a@everyone.example",
        "mail@example.org",
        "```\n@everyone <t:1790000000>\n```",
    ],
)
def test_plain_words_are_not_live(text: str) -> None:
    assert live_parts(QUIET | {"content": text}) == []


@pytest.mark.parametrize("text", ["<t:1790000000>", "<#100000000000000001>", SOMEBODY])
def test_code_is_not_live(text: str) -> None:
    assert live_parts({"content": f"`{text}`"}) == []


@pytest.mark.parametrize(
    "text", ["https://example.org/a", "discord.gg/abc", "https://discord.com/invite/abc"]
)
def test_addresses_unfurl_unless_that_is_suppressed(text: str) -> None:
    message = {"content": text, "allowed_mentions": NONE}
    assert live_parts(message) == [f"unfurls: {text}"]
    assert live_parts(message | {"flags": 1 << 2}) == []
    assert live_parts(message | {"content": f"`{text}`"}) == []


def test_an_address_in_angles_does_not_unfurl() -> None:
    assert live_parts({"content": "<https://example.org>"}) == []


def test_bidi_controls_are_found_in_labels_and_options() -> None:
    option = {"label": "left \u202e", "value": "x"}
    for control in (
        {"type": 2, "label": "left \u202e"},
        {"type": 3, "placeholder": "left \u202e", "options": []},
        {"type": 3, "options": [option]},
    ):
        message = {"components": [{"type": 1, "components": [control]}]}
        assert len(live_parts(message)) == 1


async def test_each_message_of_the_state_says_what_is_live_in_it(town: Town) -> None:
    await town.send(content="Good morning @everyone")
    await town.send(content="Good morning @everyone", allowed_mentions=NONE)
    assert [each["live"] for each in town.messages()] == [["ping: everyone"], []]
