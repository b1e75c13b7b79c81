"""Menus as Slack draws them.

https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.platforms.slack import limits
from bot.platforms.slack.escape import upright
from bot.platforms.slack.inline import Json
from briefings.card import shorten
from briefings.message import Menu, Option
from briefings.tokens import encode


def menus(menu: Menu, begin: int) -> tuple[Json, ...]:
    """A block with the menu; several where one does not hold all options.

    Their `action_id`s count from `begin`, as they are unique in the message.
    """
    every = range(0, len(menu.options), limits.OPTIONS)
    return tuple(
        {"type": "actions", "elements": [_select(menu, menu.options[at : at + limits.OPTIONS], n)]}
        for n, at in enumerate(every, begin)
    )


def _select(menu: Menu, some: Sequence[Option], number: int) -> Json:
    return {
        "type": "static_select",
        "action_id": f"b1:{number}",
        "placeholder": _text(menu.placeholder, limits.PLACEHOLDER),
        "options": [_option(option) for option in some],
    }


def _option(option: Option) -> Json:
    about = option.description.strip()
    return {
        "text": _text(option.label, limits.OPTION_TEXT),
        "value": encode(option.intent),
        **({"description": _text(about, limits.OPTION_TEXT)} if about else {}),
    }


def _text(text: str, limit: int) -> Json:
    """A text that is said in full elsewhere; Slack takes none that is empty."""
    said = shorten(upright(text), limit) or "…"
    return {"type": "plain_text", "text": said, "emoji": False}
