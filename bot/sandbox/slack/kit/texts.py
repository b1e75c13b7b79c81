"""Composition objects: texts, options, confirmation dialogs.

https://docs.slack.dev/reference/block-kit/composition-objects
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.sandbox.slack.kit import sizes
from bot.sandbox.slack.kit.shapes import (
    Check,
    boolean,
    listing,
    needs,
    number,
    one_of,
    record,
    text,
    typed,
    url,
    wrong,
)
from bot.sandbox.slack.reading import items, mapping


def plain(most: int = sizes.TEXT) -> Check:
    """A `plain_text` object."""
    return typed({"plain_text": record({"text": text(most)}, {"emoji": boolean})})


def mrkdwn(most: int = sizes.TEXT) -> Check:
    """A `mrkdwn` object."""
    return typed({"mrkdwn": record({"text": text(most)}, {"verbatim": boolean})})


def either(most: int = sizes.TEXT) -> Check:
    """A text object of either kind."""
    return typed(
        {
            "plain_text": record({"text": text(most)}, {"emoji": boolean}),
            "mrkdwn": record({"text": text(most)}, {"verbatim": boolean}),
        }
    )


def _option(label: Check) -> Check:
    return record(
        {"text": label, "value": text(sizes.OPTION_VALUE)},
        {"description": plain(sizes.OPTION_TEXT), "url": url(sizes.URL)},
    )


OPTION = _option(plain(sizes.OPTION_TEXT))
CHOICE = _option(either(sizes.OPTION_TEXT))
"""An option of checkboxes and radio buttons, which may be `mrkdwn`."""

GROUP = record(
    {"label": plain(sizes.OPTION_TEXT), "options": listing(OPTION, sizes.OPTIONS)},
)
STYLE = one_of("primary", "danger")
CONFIRM = record(
    {"text": either(sizes.CONFIRM_TEXT)},
    {
        "title": plain(sizes.CONFIRM_TITLE),
        "confirm": plain(sizes.CONFIRM_BUTTON),
        "deny": plain(sizes.CONFIRM_BUTTON),
        "style": STYLE,
    },
)
IDENTIFIER = text(sizes.IDENTIFIER)
PLACEHOLDER = plain(sizes.PLACEHOLDER)
FILE = record({}, {"id": text(), "url": url(sizes.URL)}, needs("id", "url", exactly=True))
DISPATCH = record(
    {},
    {"trigger_actions_on": listing(one_of("on_enter_pressed", "on_character_entered"), 2)},
)
FILTER = record(
    {},
    {
        "include": listing(one_of("im", "mpim", "private", "public")),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    needs("include", "exclude_external_shared_channels", "exclude_bot_users"),
)
MANY = number(least=1)


def initial_among_options(value: object, at: str) -> Iterator[str]:
    """A rule: what is chosen at first must be among the options, exactly as it stands there."""
    menu = mapping(value)
    groups = items(menu.get("option_groups"))
    options = [*items(menu.get("options"))]
    options += [each for group in groups for each in items(mapping(group).get("options"))]
    chosen = items(menu.get("initial_options"))
    chosen += [menu["initial_option"]] if "initial_option" in menu else []
    if any(each not in options for each in chosen):
        yield wrong("initial option must be among the options", at)
