"""A form as Discord's modal, and what comes back of it.

https://discord.com/developers/docs/components/reference#label
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, assert_never

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

LABEL, TEXT, SELECT = 18, 4, 3
"""https://discord.com/developers/docs/components/reference#component-object-component-types"""

SHORT, PARAGRAPH = 1, 2


def modal(form: Form) -> Mapping[str, Any]:
    """The data of the answer that opens the form."""
    return {
        "custom_id": form_token(form),
        "title": form.title,
        "components": [_label(field) for field in form.fields],
    }


def form_of(data: Mapping[str, Any]) -> tuple[FormName | None, str]:
    """Which form was sent, and its subject; nothing for one that was never ours."""
    return read_form_token(str(data.get("custom_id", "")))


def filled(data: Mapping[str, Any]) -> Filled:
    """What was filled in, by the field's name.

    https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-modal-submit-data-structure
    """
    return dict(_values(data.get("components") or ()))


def _values(components: object) -> Iterator[tuple[str, tuple[str, ...]]]:
    for each in components if isinstance(components, list) else ():
        component = each.get("component") if isinstance(each, Mapping) else None
        match component:
            case {"custom_id": str(name), "values": [*values]}:
                yield name, tuple(map(str, values))
            case {"custom_id": str(name), "value": value}:
                yield name, (str(value or ""),)
            case _:
                continue


def _label(field: Field) -> Mapping[str, Any]:
    hint = field.hint if isinstance(field, TextField) else ""
    about = {"description": hint} if hint else {}
    return {"type": LABEL, "label": field.label, **about, "component": _component(field)}


def _component(field: Field) -> Mapping[str, Any]:
    match field:
        case TextField(name, _, value, _, required, limit, lines):
            return {
                "type": TEXT,
                "custom_id": name,
                "style": PARAGRAPH if lines else SHORT,
                "required": required,
                **({"max_length": limit} if limit else {}),
                **({"value": value} if value else {}),
            }
        case ChoiceField(name, _, choices, chosen, several):
            return {
                "type": SELECT,
                "custom_id": name,
                "options": [_option(each, chosen) for each in choices],
                "min_values": 1,
                "max_values": len(choices) if several else 1,
            }
        case _:
            assert_never(field)


def _option(choice: Choice, chosen: tuple[str, ...]) -> Mapping[str, Any]:
    default = {"default": True} if choice.value in chosen else {}
    return {"label": choice.label, "value": choice.value, **default}
