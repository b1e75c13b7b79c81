"""Coming online on every platform, at the start or as soon as it lets the bot in."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from bot.clock import Clock
from bot.errors import BriefingBotError, PlatformError
from bot.platforms.desk import Desk
from bot.platforms.port import Platform
from bot.platforms.registry import room

log = logging.getLogger(__name__)

FIRST_WAIT, LONGEST_WAIT = 5.0, 300.0
"""Seconds before the second try to come online, which double up to the longest wait."""

Joined: TypeAlias = Callable[[str], Awaitable[None]]


class Joining:
    """Brings platforms online into `online`; what fails at the start is tried again."""

    def __init__(
        self,
        settings: Mapping[str, Any],
        desk: Desk | None,
        online: dict[str, Platform],
        clock: Clock,
    ) -> None:
        self._settings = settings
        self._desk = desk
        self._online = online
        self._clock = clock
        self._tries: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Bring every platform online at the same time; raises PlatformError where none comes."""
        outcomes = await asyncio.gather(*map(self._try, self._settings))
        failures = [outcome for outcome in outcomes if outcome]
        if failures and not self._online:
            raise PlatformError(" ".join(failures))
        for failure in failures:
            log.error("%s", failure, extra={"action": "platform.failed"})

    def go_on(self, joined: Joined) -> None:
        """Try the others again, each for itself, until it is online; then tell its name."""
        missing = [name for name in self._settings if name not in self._online]
        self._tries = [asyncio.create_task(self._until_online(name, joined)) for name in missing]

    async def close(self) -> None:
        """Give up trying, and take every platform offline."""
        for task in self._tries:
            task.cancel()
        await asyncio.gather(*self._tries, return_exceptions=True)
        await asyncio.gather(*(each.close() for each in self._online.values()))

    async def _until_online(self, name: str, joined: Joined) -> None:
        wait, told = FIRST_WAIT, ""
        while name not in self._online:
            await self._clock.sleep(wait)
            wait = min(2 * wait, LONGEST_WAIT)
            failure = await self._try(name)
            if failure and failure != told:
                log.error("%s", failure, extra={"action": "platform.failed"})
            told = failure or ""
        log.info("%s", f"{name} is online now.", extra={"action": "platform.joined"})
        await joined(name)

    async def _try(self, name: str) -> str | None:
        """Nothing where the platform is online, else why it is not."""
        platform: Platform = room(name).open(self._settings[name])
        try:
            await platform.connect(self._desk)
        except BriefingBotError as error:
            await platform.close()
            return str(error)
        except BaseException:
            await platform.close()
            raise
        self._online[name] = platform
        return None
