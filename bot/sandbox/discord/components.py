"""The rules for components, the old kind and the new (IS_COMPONENTS_V2).

https://discord.com/developers/docs/components/reference
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.sandbox.discord import limits
from bot.sandbox.discord.controls import BUTTON, SELECTS, check_button, check_select
from bot.sandbox.discord.forms import Field, Wire
from bot.sandbox.discord.guild import Body
from bot.sandbox.discord.refusals import broken

ROW, SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER = 1, 9, 10, 11, 12, 13, 14, 17

OLD = (ROW,)
IN_CONTAINER = (ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR)
ON_TOP = (*IN_CONTAINER, CONTAINER)
WEB = ("http", "https", "attachment")


@dataclass(slots=True)
class Count:
    """What is summed up over all components of a message."""

    components: int = 0
    characters: int = 0
    octets: int = 0
    custom_ids: set[str] = field(default_factory=set)


def check_components(components: Field, *, new: bool) -> None:
    """Note the faults of a message's components.

    Raises:
        Refused: with 500, where the texts exceed the byte ceiling, as Discord does.
    """
    count = Count()
    most = limits.COMPONENTS if new else limits.ROWS
    for component in components.items(most):
        _check(component, ON_TOP if new else OLD, count)
    if count.components > limits.COMPONENTS and new:
        components.fault(
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
            f"The number of components cannot exceed {limits.COMPONENTS}.",
        )
    if count.characters > limits.DISPLAYED_TEXT:
        components.fault(
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            f"Component displayable text size exceeds maximum size of {limits.DISPLAYED_TEXT}",
        )
    if not components.faults and count.octets > limits.DISPLAYED_BYTES:
        raise broken()


def _check(component: Field, allowed: tuple[int, ...], count: Count) -> None:
    count.components += 1
    kind = component["type"].value
    if kind not in allowed:
        known = ", ".join(map(str, allowed))
        component["type"].fault(
            "UNION_TYPE_CHOICES", f'Value of field "type" must be one of ({known}).'
        )
        return
    component["id"].number(0, 2**31 - 1)
    match kind:
        case 1:
            _check_row(component, count)
        case 9:
            _check_section(component, count)
        case 10:
            _check_text(component, count)
        case 17:
            _check_container(component, count)
        case _:
            _check_still(component, kind)


def _check_row(row: Field, count: Count) -> None:
    row["components"].required()
    kinds: list[Wire] = []
    for control in row["components"].items(limits.ROW_BUTTONS, 1):
        count.components += 1
        kind = control["type"].number(BUTTON, max(SELECTS))
        kinds.append(kind)
        if kind == BUTTON:
            check_button(control, count.custom_ids)
        elif kind in SELECTS:
            check_select(control, count.custom_ids)
        else:
            control["type"].fault(
                "UNION_TYPE_CHOICES", 'Value of field "type" must be one of (2, 3, 5, 6, 7, 8).'
            )
    if len(kinds) > 1 and SELECTS.intersection(kinds):
        row["components"].fault(
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width"
        )


def _check_section(section: Field, count: Count) -> None:
    section["components"].required()
    for text in section["components"].items(limits.SECTION_TEXTS, 1):
        _check(text, (TEXT,), count)
    accessory = section["accessory"]
    if not accessory.required():
        return
    count.components += 1
    accessory["id"].number(0, 2**31 - 1)
    if accessory["type"].value == BUTTON:
        check_button(accessory, count.custom_ids)
    elif accessory["type"].value == THUMBNAIL:
        _check_still(accessory, THUMBNAIL)
    else:
        accessory["type"].fault(
            "UNION_TYPE_CHOICES", 'Value of field "type" must be one of (2, 11).'
        )


def _check_text(display: Field, count: Count) -> None:
    if not display["content"].required():
        return
    text = display["content"].text(limits.DISPLAYED_TEXT, 1)
    if text and not text.strip():
        display["content"].fault("BASE_TYPE_REQUIRED", "This field is required")
    count.characters += len(text)
    count.octets += len(text.encode(errors="surrogatepass")) + limits.DISPLAY_OVERHEAD


def _check_container(container: Field, count: Count) -> None:
    container["components"].required()
    container["accent_color"].number(0, limits.COLOR)
    container["spoiler"].flag()
    for component in container["components"].items(limits.COMPONENTS, 1):
        _check(component, IN_CONTAINER, count)


def _check_still(component: Field, kind: int) -> None:
    if kind == SEPARATOR:
        component["spacing"].one_of((1, 2))
        component["divider"].flag()
    elif kind == FILE:
        component["spoiler"].flag()
        _check_media(component["file"], ("attachment",))
    elif kind == THUMBNAIL:
        _check_picture(component)
    else:
        component["items"].required()
        for item in component["items"].items(limits.GALLERY, 1):
            _check_picture(item)


def _check_picture(picture: Field) -> None:
    picture["description"].text(limits.ALT_TEXT, 1)
    picture["spoiler"].flag()
    _check_media(picture["media"], WEB)


def _check_media(media: Field, schemes: tuple[str, ...]) -> None:
    if media.required() and media["url"].required():
        media["url"].url(limits.MEDIA_URL, schemes)


def walk(components: Wire) -> Iterator[Body]:
    """Every component of a message, outer before inner."""
    for each in components if isinstance(components, list) else []:
        if isinstance(each, dict):
            yield each
            yield from walk(each.get("components"))
            yield from walk([each.get("accessory")])


def numbered(components: Wire) -> Wire:
    """Components as Discord keeps them: each with an id, unique in the message."""
    kept = [_copy(each) for each in components or []]
    taken = {each["id"] for each in walk(kept) if each.get("id")}
    free = (number for number in range(1, 2**31) if number not in taken)
    for each in walk(kept):
        each["id"] = each.get("id") or next(free)
    return kept


def _copy(component: Body) -> Body:
    copied = {key: value for key, value in component.items() if value is not None}
    if isinstance(copied.get("components"), list):
        copied["components"] = [_copy(each) for each in copied["components"]]
    if isinstance(copied.get("accessory"), dict):
        copied["accessory"] = _copy(copied["accessory"])
    return copied
