"""Parts of a message as Discord's components, in the JSON of the API."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any, TypeAlias

from bot.platforms.discord import limits, menus
from bot.platforms.discord.escape import BREAK, one_line, shorten
from bot.platforms.discord.links import target
from bot.platforms.discord.markdown import write
from bot.platforms.discord.pictures import gallery, in_sections, thumbnail, unsaid
from briefings.blocks import Divider, Heading, Image, List, plain
from briefings.message import Action, Actions, Menu, Message, Note, Part, Weight
from briefings.tokens import encode

Component: TypeAlias = dict[str, Any]
Parts: TypeAlias = Sequence[Part]

ROW, BUTTON, TEXT, SEPARATOR = 1, 2, 10, 14
"""Component types. https://discord.com/developers/docs/components/reference"""

_STYLES = {Weight.PRIMARY: 1, Weight.NORMAL: 2, Weight.DANGER: 4}


def components(message: Message) -> list[Component]:
    """What stands in the message's container; nothing for a message that says nothing."""
    parts = (Heading(plain(one_line(message.title)), 0), *message.blocks)
    runs = groupby(parts, key=_drawing)
    return in_sections([component for draw, run in runs for component in draw(tuple(run))])


def _drawing(part: Part) -> Callable[[Parts], Iterator[Component]]:
    """What draws this part; neighbours of one kind are drawn together."""
    match part:
        case Actions():
            return _rows
        case Menu():
            return _menus
        case Divider():
            return _separators
        case Image(url, beside=True) if target(url):
            return _thumbnails
        case Image(url) if target(url):
            return _galleries
        case _:
            return _texts


def _texts(parts: Parts) -> Iterator[Component]:
    text = ""
    before: Part | None = None
    for part in parts:
        drawn = "" if isinstance(part, Actions | Menu) else "\n".join(write(part))
        if drawn:
            text += _space(before, part) + drawn
            before = part
    if text:
        yield _text(text)


def _space(before: Part | None, after: Part) -> str:
    """What stands between two blocks; two lists would be counted as one without a line between."""
    match before, after:
        case None, _:
            return ""
        case (Heading(), _) | (Note(), Note() | Heading()):
            return "\n"
        case List(), List():
            return f"\n{BREAK}\n"
        case _:
            return "\n\n"


def _text(content: str) -> Component:
    return {"type": TEXT, "content": content.strip()}


def _separators(parts: Parts) -> Iterator[Component]:
    for _ in parts:
        yield {"type": SEPARATOR, "divider": True, "spacing": 1}


def _thumbnails(parts: Parts) -> Iterator[Component]:
    for image in _images(parts):
        yield thumbnail(image)
        yield from _texts(unsaid(image))


def _galleries(parts: Parts) -> Iterator[Component]:
    images = _images(parts)
    yield from (gallery(row) for row in _in_rows(images, limits.GALLERY))
    for image in images:
        yield from _texts(unsaid(image))


def _images(parts: Parts) -> list[Image]:
    return [part for part in parts if isinstance(part, Image)]


def _rows(parts: Parts) -> Iterator[Component]:
    for actions in (part.actions for part in parts if isinstance(part, Actions)):
        for row in _in_rows(actions, limits.ROW):
            yield {"type": ROW, "components": [_button(action) for action in row]}


def _menus(parts: Parts) -> Iterator[Component]:
    for menu in (part for part in parts if isinstance(part, Menu)):
        yield from menus.rows(menu)


def _button(action: Action) -> Component:
    return {
        "type": BUTTON,
        "style": _STYLES[action.weight],
        "label": shorten(action.label, limits.LABEL) or "…",
        "custom_id": encode(action.intent),
    }


def _in_rows(things: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    return (things[at : at + size] for at in range(0, len(things), size))
