"""Bodies of any shape are taken or refused, and never break the sandbox."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.discord.commands import Commands
from bot.sandbox.discord.guild import Message, Person
from bot.sandbox.discord.ids import Snowflakes
from bot.sandbox.discord.liveness import live_parts
from bot.sandbox.discord.messages import ON_EDIT, ON_SEND, changed, drafted
from bot.sandbox.discord.refusals import Refused
from tests.sandbox.discord.test_limits import RIGHT
from tests.sandbox.discord.town import Clock

KEYS = [
    "content",
    "embeds",
    "components",
    "flags",
    "type",
    "id",
    "label",
    "style",
    "custom_id",
    "url",
    "options",
    "value",
    "accessory",
    "media",
    "items",
    "file",
    "title",
    "description",
    "fields",
    "name",
    "footer",
    "text",
    "author",
    "image",
    "allowed_mentions",
    "parse",
    "users",
    "roles",
    "nonce",
    "attachments",
    "sticker_ids",
    "emoji",
    "min_values",
    "max_values",
    "choices",
    "required",
    "autocomplete",
    "contexts",
    "name_localizations",
    "spacing",
    "accent_color",
    "poll",
]
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from([0, 1, 2, 3, 5, 8, 9, 10, 12, 13, 14, 17, 1 << 15, -1]),
    st.sampled_from(["", "x", " ", "users", "https://example.org", "http://[", "@everyone"]),
    st.floats(allow_nan=False, allow_infinity=False),
)
BODIES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6)
    ),
    max_leaves=25,
)


COMMAND: dict[str, Any] = {
    "name": "briefings",
    "description": "For owners",
    "name_localizations": {"de": "x"},
    "contexts": [0, 1],
    "integration_types": [0],
    "options": [
        {
            "type": 2,
            "name": "group",
            "description": "x",
            "options": [
                {
                    "type": 1,
                    "name": "sub",
                    "description": "x",
                    "options": [
                        {
                            "type": 3,
                            "name": "topic",
                            "description": "x",
                            "required": True,
                            "choices": [{"name": "Cars", "value": "cars"}],
                        },
                        {"type": 4, "name": "days", "description": "x", "autocomplete": True},
                    ],
                }
            ],
        }
    ],
}


def spoiled(draw: st.DrawFn, value: Any) -> Any:
    """A body in which one thing, somewhere, is replaced by something else."""
    if draw(st.integers(0, 3)) == 0 or not isinstance(value, dict | list) or not value:
        return draw(BODIES)
    if isinstance(value, list):
        place = draw(st.integers(0, len(value) - 1))
        return [*value[:place], spoiled(draw, value[place]), *value[place + 1 :]]
    name = draw(st.sampled_from(sorted(value)))
    return value | {name: spoiled(draw, value[name])}


SPOILED = st.composite(spoiled)


def message(body: dict[str, Any]) -> Message:
    return Message("1", "1", Person("1", "briefing", bot=True), 0.0, body)


@settings(max_examples=120)
@given(st.sampled_from(list(RIGHT.values())).flatmap(SPOILED))
def test_any_message_is_taken_or_refused(body: Any) -> None:
    with suppress(Refused):
        live_parts(drafted(body, (), ON_SEND))


@settings(max_examples=120)
@given(
    st.sampled_from(list(RIGHT.values())).flatmap(SPOILED) | BODIES, st.sampled_from(list(RIGHT))
)
def test_any_edit_is_taken_or_refused(body: Any, name: str) -> None:
    before = message(drafted(RIGHT[name], (), ON_SEND))
    with suppress(Refused):
        changed(body, (), before, ON_EDIT)


@settings(max_examples=120)
@given(SPOILED(COMMAND) | SPOILED([COMMAND]))
def test_any_command_is_taken_or_refused(body: Any) -> None:
    commands, ids = Commands("1", Clock()), Snowflakes(Clock())
    with suppress(Refused):
        commands.overwrite(None, body, ids)
    with suppress(Refused):
        commands.add(None, body, ids)
