"""A form as Slack's modal, and what comes back of it.

https://docs.slack.dev/reference/views
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import assert_never

from bot.platforms.events import Place
from bot.platforms.slack.inline import Json
from briefings.forms import (
    Choice,
    ChoiceField,
    Field,
    Filled,
    Form,
    FormName,
    TextField,
    form_token,
    read_form_token,
)
from briefings.tongue import mark, say, speaking

NAME = "slack"
CLOSE = mark("Cancel")


def modal(form: Form, place: Place) -> Json:
    """The view; it carries the place, which a submission does not tell."""
    with speaking(form.tongue):
        close = say(CLOSE)
    return {
        "type": "modal",
        "callback_id": form_token(form),
        "private_metadata": json.dumps([place.workspace, place.channel, place.thread]),
        "title": _plain(form.title),
        "submit": _plain(form.button),
        "close": _plain(close),
        "blocks": [_input(field) for field in form.fields],
    }


def form_of(view: Mapping[str, object]) -> tuple[FormName | None, str]:
    """Which form a view is, and its subject; nothing for one that was never ours."""
    return read_form_token(str(view.get("callback_id", "")))


def place_of(view: Mapping[str, object]) -> Place:
    """Where a view was opened."""
    try:
        kept = json.loads(str(view.get("private_metadata") or "[]"))
    except ValueError:  # never ours
        kept = None
    match kept:
        case [str(workspace), str(channel), (str() | None) as thread]:
            return Place(NAME, workspace, channel, thread)
        case _:
            return Place(NAME, "", "")


def filled(view: Mapping[str, object]) -> Filled:
    """What was filled in, by the field's name.

    https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
    """
    state = view.get("state")
    values = state.get("values") if isinstance(state, Mapping) else None
    if not isinstance(values, Mapping):
        return {}
    return {str(name): _values(each) for name, each in values.items()}


def _values(block: object) -> tuple[str, ...]:
    """The values of a block, whose only element has the block's name."""
    element = next(iter(block.values()), None) if isinstance(block, Mapping) else None
    match element:
        case {"selected_options": [*options]}:
            return tuple(str(each["value"]) for each in options)
        case {"selected_option": {"value": value}}:
            return (str(value),)
        case {"value": str(value)}:
            return (value,)
        case _:
            return ("",)


def _input(field: Field) -> Json:
    optional = isinstance(field, TextField) and not field.required
    return {
        "type": "input",
        "block_id": field.name,
        "label": _plain(field.label),
        "optional": optional,
        "element": _element(field),
        **({"hint": _plain(field.hint)} if isinstance(field, TextField) and field.hint else {}),
    }


def _element(field: Field) -> Json:
    match field:
        case TextField(name, _, value, lines=lines, limit=limit):
            about: Json = {"multiline": True} if lines else {}
            about |= {"max_length": limit} if limit else {}
            about |= {"initial_value": value} if value else {}
            return {"type": "plain_text_input", "action_id": name, **about}
        case ChoiceField(name, _, choices, chosen, True):
            some = [_option(each) for each in choices if each.value in chosen]
            ticked: Json = {"initial_options": some} if some else {}
            options = [_option(each) for each in choices]
            return {"type": "checkboxes", "action_id": name, "options": options, **ticked}
        case ChoiceField(name, _, choices, chosen):
            one = [_option(each) for each in choices if each.value in chosen]
            picked: Json = {"initial_option": one[0]} if one else {}
            options = [_option(each) for each in choices]
            return {"type": "static_select", "action_id": name, "options": options, **picked}
        case _:
            assert_never(field)


def _option(choice: Choice) -> Json:
    return {"text": _plain(choice.label), "value": choice.value}


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": False}
