"""Reading what was drawn for Slack, on its own terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

Drawn: TypeAlias = Mapping[str, Any]


def said(drawn: object) -> Iterator[str]:
    """The words that people see of a piece of JSON, in order."""
    match drawn:
        case {"type": "button" | "header", "text": {"text": str(label)}}:
            yield label
        case {"type": _, "text": str(text)}:
            yield text
        case Mapping():
            for value in drawn.values():
                yield from said(value)
        case [*each]:
            for value in each:
                yield from said(value)
        case _:
            return


def shown(payloads: Sequence[Drawn]) -> str:
    """The words of all pages, without white space, titles and marks of continuation."""
    bodies = (page["blocks"][2 if number else 1 :] for number, page in enumerate(payloads))
    return bare("".join("".join(said(body)) for body in bodies))


def bare(text: str) -> str:
    return "".join(text.split())


def kinds(payload: Drawn) -> list[str]:
    return [block["type"] for block in payload["blocks"]]


def elements(payload: Drawn, kind: str) -> Iterator[Drawn]:
    """Every piece of JSON of one type, at any depth."""
    return (each for each in _walk(payload) if each.get("type") == kind)


def _walk(drawn: object) -> Iterator[Drawn]:
    if isinstance(drawn, Mapping):
        yield drawn
        for value in drawn.values():
            yield from _walk(value)
    elif isinstance(drawn, list | tuple):
        for value in drawn:
            yield from _walk(value)


def weight(payload: Drawn) -> int:
    """Code points of a payload, counted on its own, types excepted."""
    strings = [
        value
        for each in _walk(payload)
        for name, value in each.items()
        if isinstance(value, str) and name != "type"
    ]
    return sum(map(len, strings))
