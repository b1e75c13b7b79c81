"""Modals: what they may hold, who has one open, and what a submission tells the bot.

https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.sandbox.dialogs import Dialog, Entry, Values
from bot.sandbox.discord import limits
from bot.sandbox.discord.controls import SELECTS, STRING_SELECT, check_custom_id, check_select
from bot.sandbox.discord.forms import Field
from bot.sandbox.discord.guild import Body

ROW, TEXT_DISPLAY, LABEL, TEXT_INPUT = 1, 10, 18, 4
PARAGRAPH = 2
"""The style of a text input of many lines."""
IN_A_LABEL = (TEXT_INPUT, *sorted(SELECTS))


@dataclass(frozen=True, slots=True)
class Opened:
    """A modal before somebody's eyes, and the channel in which it was opened."""

    id: str
    person: str
    channel: str
    body: Body


def check_modal(form: Field) -> None:
    """Note the faults of the data that opens a modal."""
    for name, most in (("title", limits.MODAL_TITLE), ("custom_id", limits.CUSTOM_ID)):
        if form[name].required():
            form[name].text(most, 1)
    form["components"].required()
    taken: set[str] = set()
    for part in form["components"].items(limits.MODAL_PARTS, 1):
        part["type"].one_of((ROW, TEXT_DISPLAY, LABEL))
        if part["type"].value == LABEL:
            _check_label(part, taken)
        if part["type"].value == ROW:
            for inside in part["components"].items(1, 1):
                _check_input(inside, taken, labelled=False)


def _check_label(part: Field, taken: set[str]) -> None:
    if part["label"].required():
        part["label"].text(limits.MODAL_TITLE, 1)
    part["description"].text(limits.SELECT_TEXT)
    component = part["component"]
    if not component.required():
        return
    if not component["type"].is_one_of(IN_A_LABEL):
        return
    if component["type"].value == TEXT_INPUT:
        _check_input(component, taken, labelled=True)
    else:
        check_select(component, taken)


def _check_input(component: Field, taken: set[str], *, labelled: bool) -> None:
    """https://discord.com/developers/docs/components/reference#text-input"""
    check_custom_id(component["custom_id"], taken)
    component["style"].required()
    component["style"].one_of((1, 2))
    component["placeholder"].text(limits.SELECT_TEXT)
    component["value"].text(limits.TEXT_INPUT)
    component["min_length"].number(0, limits.TEXT_INPUT)
    component["max_length"].number(1, limits.TEXT_INPUT)
    component["required"].flag()
    if labelled and component["label"].value is not None:
        component["label"].fault("BASE_TYPE_FORBIDDEN", "A text input in a label has no label")
    if not labelled and component["label"].required():
        component["label"].text(limits.MODAL_TITLE, 1)


def dialog(opened: Opened) -> Dialog:
    """What a modal asks."""
    entries = [
        _entry(part, component)
        for part, component in _asked(opened.body)
        if component["type"] in {TEXT_INPUT, STRING_SELECT}
    ]
    return Dialog(opened.id, opened.person, opened.body["title"], "Submit", tuple(entries))


def submission(opened: Opened, values: Values) -> Body:
    """The data of a submission.

    https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-modal-submit-data-structure
    """
    components: list[Body] = []
    for number, (part, component) in enumerate(_asked(opened.body)):
        told: Body = {
            "type": component["type"],
            "id": 2 * number + 2,
            "custom_id": component["custom_id"],
        }
        given = list(values.get(component["custom_id"], ()))
        if component["type"] == TEXT_INPUT:
            told["value"] = given[0] if given else ""
        else:
            told["values"] = given
        inside = {"component": told} if part["type"] == LABEL else {"components": [told]}
        components.append({"type": part["type"], "id": 2 * number + 1, **inside})
    return {"custom_id": opened.body["custom_id"], "components": components}


def _asked(body: Body) -> Iterator[tuple[Body, Body]]:
    for part in body["components"]:
        if part["type"] == LABEL:
            yield part, part["component"]
        elif part["type"] == ROW:
            yield part, part["components"][0]


def _entry(part: Body, component: Body) -> Entry:
    label = part.get("label") or component.get("label") or ""
    required = component.get("required", True)
    if component["type"] == TEXT_INPUT:
        value = component.get("value") or ""
        longest = component.get("max_length") or limits.TEXT_INPUT
        hint = part.get("description") or ""
        values = (value,) if value else ()
        return Entry(
            component["custom_id"],
            label,
            values,
            hint,
            least=int(required),
            longest=longest,
            lines=component["style"] == PARAGRAPH,
        )
    options = component["options"]
    least = component.get("min_values")
    return Entry(
        component["custom_id"],
        label,
        tuple(each["value"] for each in options if each.get("default")),
        part.get("description") or "",
        tuple((each["value"], each["label"]) for each in options),
        component.get("max_values") or 1,
        (1 if least is None else least) if required else 0,
    )
