"""What a drawn message weighs against Discord's limits, counted as Discord counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from bot.platforms.discord import classic, limits

Component: TypeAlias = Mapping[str, Any]


def fits(inside: Sequence[Component]) -> bool:
    """Whether one message can hold a container with these components, told in either way."""
    nested = list(_walk(inside))
    texts = [each["content"] for each in nested if "content" in each]
    tokens = [each["custom_id"] for each in nested if "custom_id" in each]
    menus = [[each["value"] for each in menu["options"]] for menu in nested if "options" in menu]
    pictures = sum(len(each.get("items", ())) + ("media" in each) for each in nested)
    return (
        len(nested) < limits.COMPONENTS  # the container is one more
        and sum(map(len, texts)) <= limits.TEXT
        and sum(map(_bytes, texts)) <= limits.TEXT_BYTES
        and all(len(set(names)) == len(names) for names in (tokens, *menus))
        and pictures <= limits.MEDIA
        and classic.fits(inside)
    )


def _walk(components: Sequence[Component]) -> Iterator[Component]:
    for component in components:
        yield component
        yield from _walk(component.get("components", ()))
        yield from _walk([component["accessory"]] if "accessory" in component else ())


def _bytes(text: str) -> int:
    return len(text.encode()) + limits.DISPLAY_BYTES
