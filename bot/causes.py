"""Why nothing was sent at a moment that is over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.delivery.reasons import UNREACHED
from bot.platforms.port import platform_of
from briefings.due import PUNCTUAL
from briefings.tongue import mark

NOT_RUNNING = mark("the bot was not running")
HELD_UP = mark("this computer was asleep, or the bot was held up")
NO_DATABASE = mark("the bot could not reach its database")
UNMADE = mark("the post could not be made of its briefing: read the log ({name})")

ALL = (NOT_RUNNING, HELD_UP, NO_DATABASE, UNMADE)
"""They are kept in English."""


class Causes:
    """Remembers since when this process, each platform and the database are there."""

    def __init__(self, began: datetime) -> None:
        self._began = began
        self._online: dict[str, datetime] | None = None
        self._away: datetime | None = None

    def look(self, now: datetime, platforms: Iterable[str]) -> None:
        """Take note of the platforms that are online.

        The first look may have to wait for the library: who is online then was so all along.
        """
        since = self._began if self._online is None else now
        known = self._online or {}
        self._online = {name: known.get(name, since) for name in platforms}

    def lose(self, now: datetime) -> None:
        """Take note that the database does not answer."""
        self._away = self._away or now

    def find(self) -> None:
        """Take note that the database answered."""
        self._away = None

    def of(self, moment: datetime, platform: str) -> str:
        """Why nothing went to a platform at a moment, to complete "because …"."""
        if moment < self._began:
            return NOT_RUNNING
        if moment < (self._online or {}).get(platform, moment):
            return UNREACHED.format(platform=platform_of(platform).capitalize())
        if self._away and moment >= self._away - PUNCTUAL:
            return NO_DATABASE
        return HELD_UP
