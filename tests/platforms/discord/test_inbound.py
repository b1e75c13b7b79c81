"""What people do on Discord, read from realistic interactions."""

from __future__ import annotations

from typing import Any

import pytest

from bot.platforms.discord.inbound import asked, mentioned, pressed, told
from bot.platforms.events import Asked, Place, Pressed
from briefings.intents import MoreResults, OpenSection, Share
from briefings.model import BriefingId

GUILD, CHANNEL, THREAD, ALICE = (
    "290926798626357999",
    "645027906669510667",
    "77",
    "53908232506183680",
)
IN_CHANNEL = Place("discord", GUILD, CHANNEL)


def interaction(**changes: object) -> dict[str, Any]:
    """A slash command in a server, as the API's documentation shows it."""
    return {
        "type": 2,
        "token": "A_UNIQUE_TOKEN",
        "member": {"user": {"id": ALICE, "username": "alice"}, "roles": []},
        "id": "786008729715212338",
        "guild_id": GUILD,
        "channel_id": CHANNEL,
        "channel": {"id": CHANNEL, "type": 0, "name": "general"},
        "data": {"id": "1", "name": "briefing", "type": 1},
    } | changes


def typed(text: object) -> dict[str, Any]:
    return {"data": {"name": "briefing", "options": [{"name": "about", "type": 3, "value": text}]}}


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, ""),
        (typed("chery"), "chery"),
        (typed("  chery sumit "), "chery sumit"),
        (typed(None), ""),
        ({"data": {"options": None}}, ""),
        ({"data": {"options": [{"name": "other", "value": "x"}]}}, ""),
    ],
)
def test_what_was_typed_is_read(changes: dict[str, Any], text: str) -> None:
    assert asked(interaction(**changes)) == Asked(text, IN_CHANNEL, ALICE)


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({}, IN_CHANNEL),
        ({"channel": None}, IN_CHANNEL),
        (
            {"channel": {"id": THREAD, "type": 11, "parent_id": CHANNEL}},
            Place("discord", GUILD, CHANNEL, THREAD),
        ),
        ({"channel": {"id": CHANNEL, "type": 0, "parent_id": "9"}}, IN_CHANNEL),
        ({"channel": {"id": THREAD, "type": 12}}, Place("discord", GUILD, THREAD)),
        ({"guild_id": None, "channel": {"id": "5", "type": 1}}, Place("discord", "", "5")),
        ({"channel": None, "channel_id": None}, Place("discord", GUILD, "")),
    ],
)
def test_the_place_is_a_channel_or_a_thread_in_it(changes: dict[str, Any], place: Place) -> None:
    assert asked(interaction(**changes)).place == place


@pytest.mark.parametrize(
    ("changes", "person"),
    [({}, ALICE), ({"member": None, "user": {"id": 5}}, "5"), ({"member": None}, "")],
)
def test_the_person_is_the_member_or_the_user(changes: dict[str, Any], person: str) -> None:
    assert asked(interaction(**changes)).person == person


@pytest.mark.parametrize(
    ("token", "intent"),
    [
        ("b1:share:chery", Share(BriefingId("chery"))),
        ("b1:section:3:chery", OpenSection(BriefingId("chery"), 3)),
        ("b1:more:1:a b", MoreResults("a b", 1)),
        ("b1:share:../etc", None),
        ("b9:share:chery", None),
        ("", None),
        (None, None),
        ("x" * 100, None),
    ],
)
def test_a_press_means_only_what_a_token_of_ours_says(token: object, intent: object) -> None:
    data = {"custom_id": token, "component_type": 2}
    assert pressed(interaction(type=3, data=data)) == Pressed(intent, IN_CHANNEL, ALICE)  # type: ignore[arg-type]


def test_a_press_without_a_token_means_nothing() -> None:
    assert pressed(interaction(data={})).intent is None


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("<@77> chery sumit", "chery sumit"),
        ("what of <@!77> chery?", "what of   chery?"),
        ("<@77>", ""),
        ("<@78> chery", None),
        ("briefing chery", None),
        (None, None),
    ],
)
def test_whoever_names_the_bot_asks_it(said: str | None, heard: str | None) -> None:
    event = mentioned(interaction(content=said), "77")
    assert event == (None if heard is None else Asked(heard, IN_CHANNEL, ALICE))


@pytest.mark.parametrize(
    ("content", "text"),
    [("chery sumit", "chery sumit"), (f"<@{ALICE}> chery", f"<@{ALICE}> chery"), (" ", None),
     (None, None)],
)  # fmt: skip
def test_what_is_written_to_the_bot_directly_is_asked(
    content: str | None, text: str | None
) -> None:
    message = {"content": content, "channel_id": "5", "author": {"id": ALICE}}
    heard = told(message, "1")
    assert (heard.text if heard else None) == text
    assert heard is None or heard.place == Place("discord", "", "5")
