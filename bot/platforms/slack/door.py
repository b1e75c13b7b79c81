"""How one of many workspaces of Slack is reached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from slack_bolt.app.async_app import AsyncApp

from bot.platforms.desk import Desk
from bot.platforms.slack.apps import Seat
from bot.platforms.slack.keys import Key


@dataclass(frozen=True, slots=True)
class Door:
    """The workspace's name, its key, and its place among the others."""

    name: str
    key: Key
    seat: Callable[[AsyncApp], Seat]
    desk: Callable[[Desk], Desk]
    """The desk as this workspace is to see it."""
