"""Menus as Discord draws them: each alone in its row, with what is picked in its options.

https://discord.com/developers/docs/components/reference#string-select
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.platforms.discord import limits
from bot.platforms.discord.escape import shorten
from briefings.message import Menu, Option
from briefings.tokens import encode

ROW, SELECT = 1, 3

PREFIX = "b1:menu:"
"""What the id of a menu begins with. It tells menus of a message apart, and means nothing."""


def rows(menu: Menu) -> Iterator[dict[str, Any]]:
    """A row with the menu; several where one does not hold all options."""
    for at in range(0, len(menu.options), limits.OPTIONS):
        some = menu.options[at : at + limits.OPTIONS]
        yield {"type": ROW, "components": [_select(menu.placeholder, some)]}


def is_menu(row: Mapping[str, Any]) -> bool:
    """Whether a row holds a menu, beside which nothing has room."""
    return any(each["type"] == SELECT for each in row["components"])


def _select(placeholder: str, some: Sequence[Option]) -> dict[str, Any]:
    options = [_option(option) for option in some]
    return {
        "type": SELECT,
        "custom_id": f"{PREFIX}{options[0]['value']}"[: limits.CUSTOM_ID],
        "placeholder": shorten(placeholder, limits.PLACEHOLDER),
        "options": options,
    }


def _option(option: Option) -> dict[str, Any]:
    about = shorten(option.description, limits.OPTION_TEXT)
    return {
        "label": shorten(option.label, limits.OPTION_TEXT) or "…",
        "value": encode(option.intent),
        **({"description": about} if about else {}),
    }
