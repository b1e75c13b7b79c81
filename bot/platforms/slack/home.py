"""What a visitor sees, as Slack's Home tab: a box to search with, what was asked, and the rest.

https://docs.slack.dev/surfaces/app-home
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.platforms.port import Payload
from bot.platforms.slack import kit, limits
from bot.platforms.slack.inline import Json
from briefings.message import Home, Part
from briefings.tongue import mark, say, speaking

SEARCH = "b1:search"
"""The box's `block_id` and `action_id`."""

BACK = "b1:home"
BACK_LABEL = mark("Back")


def home_view(home: Home, asked: Sequence[Payload] = ()) -> tuple[Json, Sequence[Payload]]:
    """The view, with what was asked for above the rest; and what of that it has no room for."""
    shown: list[Json] = []
    taken = 0
    for payload in asked:
        blocks = _renamed(payload, taken)
        if len(shown) + len(blocks) > limits.HOME_ASKED:
            break
        shown += blocks
        taken += 1
    with speaking(home.tongue):
        above = [*shown, _back(), {"type": "divider"}] if asked else []
    below = _blocks(home.blocks)[: limits.VIEW_BLOCKS - len(above) - 1]
    return {"type": "home", "blocks": [_box(home), *above, *below]}, asked[taken:]


def _box(home: Home) -> Json:
    """Enter sends what is written; the box is no form."""
    return {
        "type": "input",
        "block_id": SEARCH,
        "dispatch_action": True,
        "optional": True,
        "label": _plain(home.search),
        "element": {
            "type": "plain_text_input",
            "action_id": SEARCH,
            "placeholder": _plain(home.hint),
            "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
        },
    }


def _back() -> Json:
    button = {"type": "button", "action_id": BACK, "value": BACK, "text": _plain(say(BACK_LABEL))}
    return {"type": "actions", "elements": [button]}


def _blocks(parts: Sequence[Part]) -> list[Json]:
    drawn: list[Json] = []
    controls = 0
    for part in parts:
        drawn += kit.drawn(part, controls)
        controls += kit.controls_of(part)
    return drawn


def _renamed(payload: Payload, page: int) -> list[Json]:
    """The blocks of a payload, whose buttons and menus are named as on no other page."""
    blocks = payload.get("blocks")
    return [_named(each, page) for each in blocks] if isinstance(blocks, list) else []


def _named(block: Json, page: int) -> Json:
    match block:
        case {"type": "actions", "elements": [*elements]}:
            known = (each for each in elements if isinstance(each, dict))
            named = [{**each, "action_id": f"{each['action_id']}:{page}"} for each in known]
            return {**block, "elements": named}
        case _:
            return block


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": False}
