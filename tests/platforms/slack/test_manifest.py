"""The app manifest against the facts of Slack's schema, and against what the room really uses."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from bot.platforms.slack.absence import NEWS
from bot.platforms.slack.manifest import COMMANDS, EVENTS, SHORTCUT, SHORTCUTS, WRITE, manifest
from bot.platforms.slack.scopes import APP_LEVEL, FREE, SCOPES, lacking
from bot.sandbox.slack.scopes import NEEDED

ROOM = Path(__file__).parents[3] / "bot" / "platforms" / "slack"


def text(least: int, most: int, pattern: str = "") -> dict[str, Any]:
    return {"type": "string", "minLength": least, "maxLength": most, "pattern": pattern}


def only(*required: str, **parts: Any) -> dict[str, Any]:
    """An object with these parts and no others."""
    kind = {"type": "object", "additionalProperties": False}
    return {**kind, "properties": parts, "required": list(required)}


def listed(most: int, item: dict[str, Any], least: int = 0) -> dict[str, Any]:
    return {
        "type": "array", "minItems": least, "maxItems": most, "uniqueItems": True, "items": item,
    }  # fmt: skip


FLAG = {"type": "boolean"}
NUMBER = {"type": "integer"}
URL = text(8, 3000, "^https?://")
SCHEMA = only(
    "display_information",
    _metadata=only(major_version=NUMBER, minor_version=NUMBER),
    display_information=only(
        "name",
        name=text(1, 35),
        description=text(1, 140),
        long_description=text(175, 4000),
        background_color=text(4, 7, "^#"),
    ),
    features=only(
        app_home=only(
            home_tab_enabled=FLAG, messages_tab_enabled=FLAG, messages_tab_read_only_enabled=FLAG
        ),
        bot_user=only(
            "display_name", display_name=text(1, 80, r"^[a-z0-9._-]+$"), always_online=FLAG
        ),
        shortcuts=listed(
            10,
            only(
                "name", "type", "callback_id", "description",
                name=text(1, 24), type={"enum": ["message", "global"]},
                callback_id=text(1, 255), description=text(1, 150),
            ),
            1,
        ),
        slash_commands=listed(
            50,
            only(
                "command", "description",
                command=text(2, 32, "^/"), url=URL, description=text(1, 2000),
                usage_hint=text(1, 1000), should_escape=FLAG,
            ),
            1,
        ),
    ),
    oauth_config=only(
        redirect_urls=listed(1000, text(1, 2500)),
        scopes=only(bot=listed(255, text(1, 50)), user=listed(255, text(1, 50))),
    ),
    settings=only(
        event_subscriptions=only(
            request_url=URL,
            bot_events=listed(100, text(1, 50)), user_events=listed(100, text(1, 50))
        ),
        interactivity=only("is_enabled", is_enabled=FLAG, request_url=URL),
        org_deploy_enabled=FLAG,
        socket_mode_enabled=FLAG,
        token_rotation_enabled=FLAG,
    ),
)  # fmt: skip
"""What Slack's own schema says of the parts that a bot like this may use; version 2.
https://github.com/slackapi/manifest-schema"""


def test_the_manifest_is_one_that_slack_takes() -> None:
    Draft7Validator.check_schema(SCHEMA)
    Draft7Validator(SCHEMA).validate(manifest())


def test_by_http_every_address_is_the_same_and_no_socket_is_opened() -> None:
    url = "https://bot.example.org/slack/events"
    Draft7Validator(SCHEMA).validate(manifest(url))
    settings: Any = manifest(url)["settings"]
    features: Any = manifest(url)["features"]
    assert settings["socket_mode_enabled"] is False
    assert settings["event_subscriptions"]["request_url"] == url
    assert settings["interactivity"]["request_url"] == url
    assert {each["url"] for each in features["slash_commands"]} == {url}


@pytest.mark.parametrize(
    ("part", "wrong"),
    [
        ("display_information", {"name": "x" * 36}),
        ("features", {"bot_user": {"display_name": "briefing"}, "surprise": {}}),
        ("settings", {"interactivity": {}}),
    ],
)
def test_a_wrong_manifest_is_noticed(part: str, wrong: object) -> None:
    assert not Draft7Validator(SCHEMA).is_valid({**manifest(), part: wrong})


def test_for_many_workspaces_it_names_where_they_come_back_and_rotates_their_tokens() -> None:
    wanted: Any = manifest("https://bot.example.org/slack/events", many=True)
    Draft7Validator(SCHEMA).validate(wanted)
    back = "https://bot.example.org/slack/oauth_redirect"
    assert wanted["oauth_config"]["redirect_urls"] == [back]
    assert wanted["settings"]["token_rotation_enabled"] is True
    assert {"app_uninstalled", "tokens_revoked"} <= {
        *wanted["settings"]["event_subscriptions"]["bot_events"]
    }


def test_in_socket_mode_no_address_is_asked_for() -> None:
    settings: Any = manifest()["settings"]
    assert settings["socket_mode_enabled"] is True
    assert "http" not in repr(manifest())


def test_every_method_that_the_room_calls_has_its_scope_and_no_scope_is_idle() -> None:
    named = {method for scope in SCOPES for method in scope.methods}
    known = named | {*FREE, *APP_LEVEL}
    assert called() <= known, f"add to scopes.py: {called() - known}"
    for scope in SCOPES:
        used = set(scope.methods) & called()
        assert used or scope.name in BY_EVENT, f"nothing needs {scope.name}"


def test_the_sandbox_has_read_the_same_scopes() -> None:
    for scope in SCOPES:
        for method in scope.methods:
            assert NEEDED[method] in {scope.name, scope.name.replace("groups:", "channels:")}


def test_the_commands_and_events_are_those_that_the_room_listens_to() -> None:
    assert {typed for typed, *_ in COMMANDS} == listened("command")
    assert {name.partition(".")[0] for name in EVENTS} == listened("event") | set(NEWS)
    assert {each["callback_id"] for each in SHORTCUTS} == {SHORTCUT, WRITE}


def test_what_a_token_lacks_is_told() -> None:
    assert lacking(frozenset(scope.name for scope in SCOPES)) == ()
    assert [scope.name for scope in lacking(frozenset({"commands"}))] == [
        scope.name for scope in SCOPES if scope.name != "commands"
    ]


BY_EVENT = {"app_mentions:read", "commands", "im:history", "reactions:read"}
"""Scopes that let events in, which are no methods."""

METHOD = re.compile(
    r"\"((?:apps|auth|bots|chat|conversations|files|reactions|team|users|views)\.[a-zA-Z.]+)\""
)
CALL = re.compile(r"\.web\.([a-z]+)_([a-z_]+)\(")


def called() -> set[str]:
    """The methods that the room's source names, as text or as the SDK's functions."""
    source = "\n".join(path.read_text() for path in ROOM.glob("*.py") if path.name != "scopes.py")
    return set(METHOD.findall(source)) | {
        f"{family}.{name.replace('_', '.')}"
        for family, name in CALL.findall(source)
        if name != "call"
    }


def listened(what: str) -> set[str]:
    """The names that the room gives to Bolt's `app.command` or `app.event`."""
    found = (
        re.findall(rf"app\.{what}\(\s*\"([^\"]+)\"", path.read_text()) for path in ROOM.glob("*.py")
    )
    return {name for names in found for name in names}
