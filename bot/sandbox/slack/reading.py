"""Reading JSON of unknown shape: a wrong shape reads as nothing, never as an error."""

from __future__ import annotations

from collections.abc import Iterator

from bot.sandbox.side import Json


def mapping(value: object) -> Json:
    """The JSON object, or an empty one."""
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[object]:
    """The JSON list, or an empty one."""
    return value if isinstance(value, list) else []


def string(value: object) -> str:
    """The text, or an empty one."""
    return value if isinstance(value, str) else ""


def objects(value: object) -> Iterator[Json]:
    """Every JSON object at any depth, outer ones before those inside them."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from objects(inner)
    for each in items(value):
        yield from objects(each)
