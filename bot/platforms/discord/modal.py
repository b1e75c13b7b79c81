"""A form as Discord's modal, and what comes back of it.

https://discord.com/developers/docs/components/reference#label
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from briefings.forms import Choice, ChoiceField, Field, Filled, Form, FormName, TextField

LABEL, TEXT, SELECT = 18, 4, 3
"""https://discord.com/developers/docs/components/reference#component-object-component-types"""

SHORT = 1
PREFIX = "b1:form:"


def modal(form: Form) -> Mapping[str, Any]:
    """The data of the answer that opens the form."""
    return {
        "custom_id": f"{PREFIX}{form.name.value}",
        "title": form.title,
        "components": [_label(field) for field in form.fields],
    }


def form_name(data: Mapping[str, Any]) -> FormName | None:
    """Which form was sent; nothing for one that was never ours."""
    name = str(data.get("custom_id", "")).removeprefix(PREFIX)
    return FormName(name) if name in set(FormName) else None


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
        case TextField(name, _, value, _, required):
            written = {"value": value} if value else {}
            return {
                "type": TEXT,
                "custom_id": name,
                "style": SHORT,
                "required": required,
                **written,
            }
        case ChoiceField(name, _, choices, chosen, several):
            return {
                "type": SELECT,
                "custom_id": name,
                "options": [_option(each, chosen) for each in choices],
                "min_values": 1,
                "max_values": len(choices) if several else 1,
            }


def _option(choice: Choice, chosen: tuple[str, ...]) -> Mapping[str, Any]:
    default = {"default": True} if choice.value in chosen else {}
    return {"label": choice.label, "value": choice.value, **default}
