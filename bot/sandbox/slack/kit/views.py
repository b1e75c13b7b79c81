"""Modals and Home tabs around their blocks: https://docs.slack.dev/reference/views"""

from __future__ import annotations

from collections.abc import Iterator

from bot.sandbox.slack.kit import sizes
from bot.sandbox.slack.kit.shapes import Fields, boolean, record, text, typed, wrong
from bot.sandbox.slack.kit.texts import plain
from bot.sandbox.slack.reading import items, mapping


def _anything(_: object, __: str) -> Iterator[str]:
    """The blocks, which are looked at by themselves."""
    yield from ()


def _submit_with_inputs(value: object, at: str) -> Iterator[str]:
    view = mapping(value)
    asks = any(mapping(block).get("type") == "input" for block in items(view.get("blocks")))
    if asks and "submit" not in view:
        yield wrong("submit is required when an input block is in blocks", at)


COMMON: Fields = {
    "callback_id": text(sizes.IDENTIFIER, 0),
    "external_id": text(sizes.IDENTIFIER, 0),
    "private_metadata": text(sizes.VIEW_METADATA, 0),
}

VIEWS = typed(
    {
        "modal": record(
            {"title": plain(sizes.VIEW_TITLE), "blocks": _anything},
            {
                **COMMON,
                "close": plain(sizes.VIEW_TITLE),
                "submit": plain(sizes.VIEW_TITLE),
                "clear_on_close": boolean,
                "notify_on_close": boolean,
                "submit_disabled": boolean,
            },
            _submit_with_inputs,
        ),
        "home": record({"blocks": _anything}, COMMON),
    }
)
