"""What a person types after a slash, as the options of a command."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.sandbox.discord.forms import Wire
from bot.sandbox.discord.guild import Body, Guild
from bot.sandbox.discord.resolving import resolve

SUBCOMMAND, GROUP = 1, 2


class Mistyped(Exception):
    """The client would not send this: one sentence that says why."""


@dataclass(frozen=True, slots=True)
class Call:
    """A command with its subcommands' names, the options there, and the words left over."""

    path: Sequence[Body]
    options: Sequence[Body]
    words: str


def descend(command: Body, words: str) -> Call:
    """Walk into subcommands as far as the words name them.

    Raises:
        Mistyped: a subcommand is needed and none of that name exists.
    """
    path: list[Body] = []
    options: list[Body] = command.get("options") or []
    while any(each["type"] in {SUBCOMMAND, GROUP} for each in options):
        name, _, words = words.strip().partition(" ")
        found = next((each for each in options if each["name"] == name), None)
        if found is None:
            known = ", ".join(each["name"] for each in options)
            raise Mistyped(f"/{command['name']} needs one of these words next: {known}.")
        path.append(found)
        options = found.get("options") or []
    return Call(path, options, words.strip())


def spread(call: Call) -> dict[str, str]:
    """The words by option: `name:value` where named, else in order; the last takes the rest."""
    names = "|".join(re.escape(each["name"]) for each in call.options)
    parts = re.split(rf"(?:^|(?<=\s))({names}):\s*", call.words) if names else [call.words]
    named = dict(zip(parts[1::2], (part.strip() for part in parts[2::2]), strict=True))
    free = [each["name"] for each in call.options if each["name"] not in named]
    words = parts[0].split(None, len(free) - 1) if free else parts[0].split()
    if len(words) > len(free):
        raise Mistyped(f"Nothing takes “{parts[0].strip()}”.")
    return {name: word.strip() for name, word in zip(free, words, strict=False)} | named


def filled(guild: Guild, call: Call) -> tuple[list[Body], Body]:
    """The options as the interaction carries them, and whom they name.

    Raises:
        Mistyped: a required option is missing, or a value is not what the option takes.
    """
    given = spread(call)
    resolved: Body = {}
    options: list[Body] = []
    for option in call.options:
        text = given.get(option["name"])
        if text:
            options.append(_option(guild, option, text, resolved))
        elif option.get("required"):
            raise Mistyped(f"The option {option['name']} is required.")
    return nest(call, options), resolved


def nest(call: Call, options: list[Body]) -> list[Body]:
    """Options inside the subcommands that lead to them."""
    for step in reversed(call.path):
        options = [{"name": step["name"], "type": step["type"], "options": options}]
    return options


def focused(call: Call) -> tuple[Body, list[Body]] | None:
    """The option that is being typed, and all options as an autocompletion carries them."""
    given = spread(call)
    if not call.options:
        return None
    name = list(given)[-1] if given else call.options[0]["name"]
    option = next(each for each in call.options if each["name"] == name)
    options = [
        {"name": each["name"], "type": each["type"], "value": given.get(each["name"], "")}
        | ({"focused": True} if each is option else {})
        for each in call.options
        if each is option or each["name"] in given
    ]
    return option, nest(call, options)


def _option(guild: Guild, option: Body, text: str, resolved: Body) -> Body:
    value = (
        _choice(option, text) if option.get("choices") else _value(guild, option, text, resolved)
    )
    _check_bounds(option, value)
    return {"name": option["name"], "type": option["type"], "value": value}


def _choice(option: Body, text: str) -> Wire:
    for choice in option["choices"]:
        if text in {choice["name"], str(choice["value"])}:
            return choice["value"]
    known = ", ".join(choice["name"] for choice in option["choices"])
    raise Mistyped(f"The option {option['name']} takes one of: {known}.")


def _value(guild: Guild, option: Body, text: str, resolved: Body) -> Wire:
    kind = option["type"]
    try:
        match kind:
            case 4:
                return int(text)
            case 5:
                return {"true": True, "false": False}[text.lower()]
            case 6 | 7 | 8 | 9:
                return resolve(guild, kind, text, resolved)
            case 10:
                return float(text)
            case _:
                return text
    except (ValueError, KeyError) as error:
        raise Mistyped(f"The option {option['name']} cannot be “{text}”.") from error


def _check_bounds(option: Mapping[str, Any], value: Wire) -> None:
    measure = len(value) if isinstance(value, str) else value
    suffix = "length" if isinstance(value, str) else "value"
    least, most = option.get(f"min_{suffix}"), option.get(f"max_{suffix}")
    if (least is not None and measure < least) or (most is not None and measure > most):
        raise Mistyped(f"The option {option['name']} is too short, too long, or out of range.")
