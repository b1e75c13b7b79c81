"""Discord's markdown as Discord reads it, for tests: what is live in a text, what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.platforms.port import Payload

TEXT = 10
_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
_CODE = re.compile(r"```.*?```|``.*?``(?!`)|`[^`\n]+`", re.DOTALL)
_LIVE = re.compile(
    r"@(?:everyone|here)|<@[!&]?\d+>|<#\d+>|<a?:\w+:\d+>|</[^>]+:\d+>|<t:-?\d+(?::\w)?>|<id:\w+>"
    r"|:\w+:|\w+://|discord(?:app)?\.(?:gg|gift|com/invite)|\]\("
    r"|[*_~|`<>\[\]]|^ *(?:#{1,3}|-#|[-*+]|\d+[.)])(?:\s|$)",
    re.MULTILINE,
)
_STEERING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x0e-\x1f]")
INVISIBLE = "\u200b"
PLACEHOLDER = "\ue000"


def live(text: str) -> list[str]:
    """What in a text does not merely stand there."""
    inert = _ESCAPED.sub(PLACEHOLDER, text)
    return [*_LIVE.findall(inert), *steering(text)]


def steering(text: str) -> list[str]:
    """What in a text turns its direction, or is no letter at all."""
    return _STEERING.findall(text)


def live_in_code(text: str) -> list[str]:
    """What in the inside of a code block could be taken for a mention, or close it."""
    return re.findall(r"```|@(?:everyone|here)|<@[!&]?\d+>|<#\d+>|<t:\d+", text)


def said(text: str) -> str:
    """What a person reads, where the text has no marks of its own."""
    return _ESCAPED.sub(r"\1", text).replace(INVISIBLE, "")


def texts(payload: Payload) -> list[str]:
    """The contents of a payload's text displays."""
    return [each["content"] for each in walk(payload) if each["type"] == TEXT]


def walk(parent: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every component under a payload or a component."""
    beside = [parent["accessory"]] if "accessory" in parent else []
    for component in (*parent.get("components", ()), *beside):
        yield component
        yield from walk(component)
