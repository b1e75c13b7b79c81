"""A drawn message told by embeds, for servers that do not take Components V2.

Every page that is drawn fits both ways (see `measure`), so one message stays one message.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, TypeAlias

from bot.platforms.discord import limits
from bot.platforms.discord.escape import escape, one_line
from bot.platforms.discord.links import join
from bot.platforms.discord.menus import is_menu
from bot.platforms.port import Payload

Component: TypeAlias = Mapping[str, Any]
Embed: TypeAlias = dict[str, Any]

ROW, TEXT, GALLERY, SEPARATOR = 1, 10, 12, 14
RULE = "───"

MARK = "https://briefing.invalid/"
"""What comes before the marker in the first embed's address. Nobody sees it, as the embed has no
title, and nothing is ever fetched there. https://www.rfc-editor.org/rfc/rfc2606#section-2"""


@dataclass(slots=True)
class _Pile:
    """Embeds in the making: text is added to the last one until it is full or has a picture."""

    colour: int
    embeds: list[Embed] = field(default_factory=list)

    def add_text(self, text: str) -> None:
        last = self._open()
        told = f"{last['description']}\n{text}" if "description" in last else text
        if len(told) > limits.EMBED_TEXT:
            last, told = self._begin(), text
        last["description"] = told

    def add_thumbnail(self, url: str) -> None:
        self._open()["thumbnail"] = {"url": url}

    def keep_apart(self) -> None:
        """Have what comes begin an embed of its own where the last one has its thumbnail."""
        if self.embeds and "thumbnail" in self.embeds[-1]:
            self._begin()

    @property
    def pictures(self) -> int:
        return sum("image" in each for each in self.embeds)

    def add_picture(self, url: str) -> None:
        self._open()["image"] = {"url": url}

    def _open(self) -> Embed:
        full = not self.embeds or "image" in self.embeds[-1]
        return self._begin() if full else self.embeds[-1]

    def _begin(self) -> Embed:
        self.embeds.append({"color": self.colour})
        return self.embeds[-1]


def is_new(payload: Payload) -> bool:
    """Whether a message is told by Components V2."""
    return bool(_number(payload, "flags") & limits.IS_COMPONENTS_V2)


def classic(payload: Payload) -> Payload:
    """The message told by embeds and rows of buttons; whatever else it carries stays.

    Embeds never ping, and what stands in them does not unfurl; the flag against unfurling would
    take the embeds themselves away. Buttons stand below the text, wherever they stood in it.
    https://discord.com/developers/docs/resources/message#embed-object
    """
    containers = [each for each in _parts(payload) if isinstance(each, Mapping)]
    inside = [each for container in containers for each in container.get("components", ())]
    told = embeds(inside, _number(containers[0], "accent_color") if containers else 0)
    if containers and "id" in containers[0]:
        told[0]["url"] = f"{MARK}{containers[0]['id']}"
    hidden = limits.IS_COMPONENTS_V2 | limits.SUPPRESS_EMBEDS
    return {
        **payload,
        "flags": _number(payload, "flags") & ~hidden,
        "embeds": told,
        "components": rows(inside),
    }


def embeds(inside: Sequence[Component], colour: int = 0) -> list[Embed]:
    """The embeds that say what the components of a container say; at least one."""
    pile = _Pile(colour)
    for component in inside:
        _add(pile, component)
    if not pile.embeds:
        pile.add_text("…")
    return pile.embeds


def rows(inside: Sequence[Component]) -> list[Component]:
    """The rows of menus and buttons, the buttons packed closely where they would be too many."""
    apart = [each for each in inside if each["type"] == ROW]
    if len(apart) <= limits.ROWS:
        return apart
    runs = groupby(apart, key=is_menu)
    return [row for alone, run in runs for row in (run if alone else _packed(run))]


def _packed(run: Iterable[Component]) -> Iterator[Component]:
    buttons = [button for row in run for button in row["components"]]
    for at in range(0, len(buttons), limits.ROW):
        yield {"type": ROW, "components": buttons[at : at + limits.ROW]}


def fits(inside: Sequence[Component]) -> bool:
    """Whether one message with embeds can hold what the components say."""
    told = embeds(inside)
    return (
        len(told) <= limits.EMBEDS
        and sum(len(each.get("description", "")) for each in told) <= limits.EMBED_TOTAL
        and len(rows(inside)) <= limits.ROWS
    )


def _add(pile: _Pile, component: Component) -> None:
    match component["type"]:
        case 9:
            _add_section(pile, component)
        case 10:
            pile.add_text(component["content"])
        case 12:
            for picture in component["items"]:
                _add_picture(pile, picture)
        case 14:
            pile.add_text(RULE)
        case _:  # a row of buttons, which stands outside the embeds
            pass


def _add_section(pile: _Pile, section: Component) -> None:
    """Texts with the picture beside them; what it shows is said below them."""
    pile.keep_apart()
    for text in section["components"]:
        pile.add_text(text["content"])
    picture = section["accessory"]
    if words := one_line(str(picture.get("description", ""))):
        pile.add_text(f"-# {escape(words)}")
    pile.add_thumbnail(picture["media"]["url"])


def _add_picture(pile: _Pile, picture: Component) -> None:
    """An embed's picture has no description, so the words stand above it."""
    words, address = one_line(str(picture.get("description", ""))), picture["media"]["url"]
    if pile.pictures >= limits.PICTURED:
        pile.add_text(join(words, escape(words), address) if words else f"<{address}>")
        return
    if words:
        pile.add_text(f"-# {escape(words)}")
    pile.add_picture(address)


def _parts(payload: Payload) -> list[object]:
    parts = payload.get("components")
    return parts if isinstance(parts, list) else []


def _number(thing: Mapping[str, object], key: str) -> int:
    number = thing.get(key)
    return number if isinstance(number, int) else 0
