"""Slack's modals as dialogs, and what was filled in as the state of a view.

https://docs.slack.dev/reference/views
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.sandbox.dialogs import Dialog, Entry, Values
from bot.sandbox.side import Json
from bot.sandbox.slack.interactions import PICKED
from bot.sandbox.slack.reading import items, mapping, string
from bot.sandbox.slack.views import View

WRITTEN = frozenset(
    {"plain_text_input", "email_text_input", "url_text_input", "number_input", "datepicker",
     "timepicker"}
)  # fmt: skip
SEVERAL = frozenset({"checkboxes", "multi_static_select"})


def dialog(view: View) -> Dialog:
    """What a modal asks."""
    content = view.content
    button = string(mapping(content.get("submit")).get("text", "Submit"))
    title = string(mapping(content.get("title")).get("text", ""))
    return Dialog(view.id, view.person, title, button, tuple(_entries(content)))


def state(view: View, values: Values) -> Json:
    """`view.state.values` as Slack sends it: by block, then by action."""
    told: Json = {}
    for block, element in _inputs(view.content):
        name = string(block["block_id"])
        told[name] = {string(element["action_id"]): _told(element, list(values[name]))}
    return told


def _inputs(content: Json) -> Iterator[tuple[Json, Json]]:
    for block in map(mapping, items(content.get("blocks"))):
        if block.get("type") == "input":
            yield block, mapping(block["element"])


def _entries(content: Json) -> Iterator[Entry]:
    for block, element in _inputs(content):
        kind = string(element["type"])
        choices = [_choice(each) for each in items(element.get("options"))]
        yield Entry(
            string(block["block_id"]),
            string(mapping(block["label"]).get("text", "")),
            _initial(element),
            string(mapping(block.get("hint")).get("text", "")),
            tuple(choices),
            len(choices) if kind in SEVERAL else 1,
            0 if block.get("optional") else 1,
            int(str(element.get("max_length") or 3_000)),
            element.get("multiline") is True,
        )


def _choice(option: object) -> tuple[str, str]:
    told = mapping(option)
    return string(told["value"]), string(mapping(told["text"]).get("text", ""))


def _initial(element: Json) -> tuple[str, ...]:
    several = [string(mapping(each)["value"]) for each in items(element.get("initial_options"))]
    one = mapping(element.get("initial_option")).get("value")
    text = element.get("initial_value")
    return (*several, *([string(one)] if one else []), *([string(text)] if text else []))


def _told(element: Json, values: list[str]) -> Json:
    kind = string(element["type"])
    if kind not in PICKED:
        return {"type": kind, "value": (values[0] or None) if values else None}
    name, read = PICKED[kind]
    return {"type": kind, name: read(element, values) if values else None}
