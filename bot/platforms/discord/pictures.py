"""Pictures as Discord's components: whole in a gallery, or small beside a text.

https://discord.com/developers/docs/components/reference
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from bot.platforms.discord import limits
from bot.platforms.discord.escape import one_line
from bot.platforms.discord.links import target
from briefings.blocks import Image, plain
from briefings.message import Note

Component: TypeAlias = dict[str, Any]

SECTION, TEXT, THUMBNAIL, GALLERY = 9, 10, 11, 12


def gallery(images: Sequence[Image]) -> Component:
    """At most `limits.GALLERY` pictures whose addresses may be drawn, each in its whole width."""
    return {"type": GALLERY, "items": [_media(image) for image in images]}


def thumbnail(image: Image) -> Component:
    """A picture whose address may be drawn, to stand small beside a text."""
    return {"type": THUMBNAIL, **_media(image)}


def unsaid(image: Image) -> tuple[Note, ...]:
    """The words of a picture that are too long for its description, to be said below it."""
    words = one_line(image.alt)
    return (Note(plain(words)),) if len(words) > limits.ALT else ()


def in_sections(drawn: Iterable[Component]) -> list[Component]:
    """The components with each thumbnail beside the text before it, which makes them a section.

    No thumbnail stands on its own: where there is no text before it, it is drawn in whole width.
    """
    told: list[Component] = []
    for each in drawn:
        if each["type"] != THUMBNAIL:
            told.append(each)
        elif told and told[-1]["type"] == TEXT:
            told.append({"type": SECTION, "components": [told.pop()], "accessory": each})
        else:
            media = {name: value for name, value in each.items() if name != "type"}
            told.append({"type": GALLERY, "items": [media]})
    return told


def _media(image: Image) -> Component:
    words = one_line(image.alt)
    shown = {"media": {"url": target(image.url)}}
    return {**shown, "description": words} if 0 < len(words) <= limits.ALT else shown
