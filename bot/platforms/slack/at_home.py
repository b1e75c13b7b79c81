"""What Slack's JSON says that somebody did on their Home tab."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.platforms.events import Asked, Place
from bot.platforms.slack.inbound import NAME, Heard, object_in, press, text_in


def visit(body: Mapping[str, object]) -> tuple[Place, str, str] | None:
    """Where and who somebody is who opened their Home tab, and the hash of what they see.

    https://docs.slack.dev/reference/events/app_home_opened
    """
    event = object_in(body, "event")
    if event.get("tab", "home") != "home":
        return None
    place = Place(NAME, text_in(body, "team_id"), "")
    return place, text_in(event, "user"), text_in(object_in(event, "view"), "hash")


def pressed(body: Mapping[str, object]) -> Heard | None:
    """What somebody pressed, or searched for, on their Home tab; nothing for any other place.

    https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
    """
    if text_in(object_in(body, "view"), "type") != "home":
        return None
    heard = press(body)
    match body.get("actions"):
        case [{"action_id": "b1:search", "value": str(said)}, *_]:
            where, who, key = heard.event.place, heard.asker, heard.delivery
            asked = Asked(" ".join(said.split()), where, who, key)
            return replace(heard, event=asked)
        case _:
            return heard


def goes_back(body: Mapping[str, object]) -> bool:
    """Whether a press on the Home tab wants nothing but the tab as it was."""
    match body.get("actions"):
        case [{"action_id": "b1:search", "value": str(said)}, *_]:
            return not said.strip()
        case [{"action_id": "b1:search" | "b1:home"}, *_]:
            return True
        case _:
            return False
