"""The rules for one application command.

https://discord.com/developers/docs/interactions/application-commands
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.discord import limits
from bot.sandbox.discord.forms import Field

SUBCOMMAND, GROUP = 1, 2
STRING, INTEGER, NUMBER = 3, 4, 10
VALUES = range(3, 12)
COMPLETABLE = {STRING, INTEGER, NUMBER}

NAME = re.compile(r"[-_'\w]{1,32}")
"""Letters and digits of all scripts, with -, _ and '; lower case where the script has it."""


def check_command(form: Field) -> tuple[int, str]:
    """Note the faults of a command; its type and name."""
    kind = form["type"].number(min(limits.COMMANDS), max(limits.COMMANDS)) or 1
    if kind == 1:
        _check_name(form["name"])
        _check_description(form["description"])
        _check_options(form["options"], SUBCOMMAND)
    else:
        _check_menu(form)
    _check_scope(form)
    if _size(form.value) > limits.COMMAND_TOTAL:
        most = limits.COMMAND_TOTAL
        form.fault("APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({most})")
    return kind, str(form["name"].value)


def _check_menu(form: Field) -> None:
    form["name"].required()
    form["name"].text(limits.COMMAND_NAME, 1)
    if form["description"].value:
        form["description"].fault(
            "APPLICATION_COMMAND_DESCRIPTION", "Context menu commands cannot have description"
        )
    if form["options"].value:
        form["options"].fault(
            "APPLICATION_COMMAND_OPTIONS", "Context menu commands cannot have options"
        )


def _check_scope(form: Field) -> None:
    for context in form["contexts"].items(3, 1):
        context.one_of((0, 1, 2))
    for place in form["integration_types"].items(2, 1):
        place.one_of((0, 1))
    for name in ("name_localizations", "description_localizations"):
        most = limits.COMMAND_NAME if name.startswith("name") else limits.COMMAND_DESCRIPTION
        for locale in form[name].names():
            form[name][locale].text(most, 1)


def _check_name(name: Field) -> None:
    if not name.required():
        return
    text = name.text(limits.COMMAND_NAME, 1)
    if text and (not NAME.fullmatch(text) or text != text.lower()) and len(text) <= 32:
        name.fault("APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _check_description(description: Field) -> None:
    if description.required():
        description.text(limits.COMMAND_DESCRIPTION, 1)


def _check_options(options: Field, level: int) -> None:
    names: set[str] = set()
    optional = False
    for option in options.items(limits.OPTIONS):
        _check_option(option, level)
        name, required = str(option["name"].value), option["required"].flag()
        if name in names:
            option["name"].fault(
                "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE", "Option name is used"
            )
        if required and optional:
            option.fault(
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            )
        names.add(name)
        optional = optional or not required
    _check_mixture(options)


def _check_mixture(options: Field) -> None:
    kinds = [option.get("type") in (SUBCOMMAND, GROUP) for option in _mappings(options.value)]
    if any(kinds) and not all(kinds):
        options.fault(
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "Sub-command and sub-command group option types are mutually exclusive to all others",
        )


def _check_option(option: Field, level: int) -> None:
    _check_name(option["name"])
    _check_description(option["description"])
    if not option["type"].required():
        return
    kind = option["type"].number(SUBCOMMAND, max(VALUES)) or 0
    nested = {SUBCOMMAND: (SUBCOMMAND, GROUP), GROUP: (SUBCOMMAND,), STRING: ()}[level]
    option["type"].one_of((*nested, *(() if level == GROUP else VALUES)))
    if kind in {SUBCOMMAND, GROUP}:
        _check_options(option["options"], GROUP if kind == GROUP else STRING)
    else:
        _check_values(option, kind)


def _check_values(option: Field, kind: int) -> None:
    option["min_length"].number(0, limits.OPTION_LENGTH)
    option["max_length"].number(1, limits.OPTION_LENGTH)
    for choice in option["choices"].items(limits.CHOICES):
        check_choice(choice, kind)
    if option["autocomplete"].flag() and option["choices"].value:
        option["autocomplete"].fault(
            "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES",
            "Options with choices cannot have autocomplete",
        )
    if option["autocomplete"].flag() and kind not in COMPLETABLE:
        option["autocomplete"].fault(
            "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_TYPE", "This type cannot have autocomplete"
        )


def check_choice(choice: Field, kind: int) -> None:
    """Note the faults of one choice of an option of a type."""
    if choice["name"].required():
        choice["name"].text(limits.CHOICE_NAME, 1)
    if not choice["value"].required():
        return
    if kind == STRING:
        choice["value"].text(limits.CHOICE_VALUE)
    elif kind == INTEGER:
        choice["value"].number(-(2**53), 2**53)


def _size(command: object) -> int:
    """Names, descriptions and choice values of a command and all in it, in characters."""
    if not isinstance(command, Mapping):
        return 0
    own = sum(_longest(command, key) for key in ("name", "description"))
    values = sum(len(str(each.get("value", ""))) for each in _mappings(command.get("choices")))
    inner = (*_mappings(command.get("options")), *_mappings(command.get("choices")))
    return own + values + sum(_size(each) for each in inner)


def _longest(command: Mapping[str, Any], key: str) -> int:
    localized = command.get(f"{key}_localizations")
    others = localized.values() if isinstance(localized, Mapping) else ()
    texts = (text for text in (command.get(key), *others) if isinstance(text, str))
    return max(map(len, texts), default=0)


def _mappings(value: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        yield from (each for each in value if isinstance(each, Mapping))
