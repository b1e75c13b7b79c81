"""The rules for what can be pressed and picked: buttons and menus.

https://discord.com/developers/docs/components/reference#button
"""

from __future__ import annotations

from bot.sandbox.discord import limits
from bot.sandbox.discord.forms import Field

BUTTON, STRING_SELECT = 2, 3
SELECTS = {3, 5, 6, 7, 8}
LINK, PREMIUM = 5, 6
SCHEMES = ("http", "https", "discord")


def check_button(button: Field, taken: set[str]) -> None:
    """Note the faults of a button; `taken` are the custom ids of the message so far."""
    button["style"].required()
    button["style"].one_of(range(1, 7))
    button["disabled"].flag()
    label = button["label"].text(limits.BUTTON_LABEL)
    check_emoji(button["emoji"])
    if button["style"].value == PREMIUM:
        _forbid(button, "custom_id", "label", "url", "emoji")
        button["sku_id"].required()
        return
    if not label.strip() and button["emoji"].value is None:
        button.fault("BUTTON_COMPONENT_INVALID_LABEL", "A button must have a label or an emoji")
    if button["style"].value == LINK:
        _forbid(button, "custom_id", "sku_id")
        button["url"].required()
        button["url"].url(limits.BUTTON_URL, SCHEMES)
    else:
        _forbid(button, "url", "sku_id")
        check_custom_id(button["custom_id"], taken)


def _forbid(button: Field, *names: str) -> None:
    for name in names:
        if button[name].value is not None:
            button[name].fault(
                "BUTTON_COMPONENT_FIELD_FORBIDDEN",
                f"{name} cannot be used with a button of this style",
            )


def check_custom_id(custom_id: Field, taken: set[str]) -> None:
    """Note the faults of a custom id, which is unique in its message."""
    if not custom_id.required():
        return
    text = custom_id.text(limits.CUSTOM_ID, 1)
    if text in taken:
        custom_id.fault(
            "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated"
        )
    taken.add(text)


def check_emoji(emoji: Field) -> None:
    """Note the faults of an emoji on a button or option."""
    if emoji.value is not None:
        emoji["name"].text(limits.EMOJI_NAME)


def check_select(select: Field, taken: set[str]) -> None:
    """Note the faults of a menu."""
    check_custom_id(select["custom_id"], taken)
    select["placeholder"].text(limits.PLACEHOLDER)
    select["disabled"].flag()
    least = select["min_values"].number(0, limits.SELECT_OPTIONS)
    most = select["max_values"].number(1, limits.SELECT_OPTIONS)
    if (1 if least is None else least) > (1 if most is None else most):
        select["min_values"].fault(
            "SELECT_COMPONENT_MIN_VALUES", "min_values cannot be greater than max_values"
        )
    if select["type"].value == STRING_SELECT:
        _check_options(select, 1 if most is None else most)


def _check_options(select: Field, most: int) -> None:
    select["options"].required()
    values: list[str] = []
    for option in select["options"].items(limits.SELECT_OPTIONS, 1):
        for name in ("label", "value"):
            option[name].required()
            option[name].text(limits.SELECT_TEXT, 1)
        option["description"].text(limits.SELECT_TEXT)
        check_emoji(option["emoji"])
        if option["value"].value in values:
            option["value"].fault(
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            )
        values.append(str(option["value"].value))
    if values and most > len(values):
        select["max_values"].fault(
            "SELECT_COMPONENT_MAX_VALUES", "max_values cannot exceed the number of options"
        )
