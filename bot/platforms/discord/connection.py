"""Keeps the bot online: the first connection must succeed, every later one is tried for ever."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.errors import PlatformError, PostDelayed
from bot.platforms.discord.ending import end
from bot.platforms.discord.entering import enter, log_in
from bot.platforms.discord.failures import SOON
from bot.platforms.discord.gateway import Gateway

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: for coming online, for one call, and between restarts at first and at most; for
    the commands to be told, which is a part of coming online.

    A day has 1,000 identifications; at most one in five minutes stays far below.
    https://discord.com/developers/docs/events/gateway#sharding-session-start-limit
    """

    start: float = 15.0
    call: float = 60.0
    restart: float = 1.0
    longest: float = 300.0
    announce: float = 5.0


class Connection:
    """One session after the other."""

    def __init__(
        self,
        make: Callable[[], Gateway],
        token: str,
        url: str,
        patience: Patience,
        hold_back: Callable[[], float] = lambda: 0.0,
    ) -> None:
        """`hold_back` tells for how many seconds no new session is wise."""
        self._make = make
        self._token = token
        self._url = url
        self._patience = patience
        self._hold_back = hold_back
        self._gateway: Gateway | None = None
        self._keeper: asyncio.Task[None] | None = None

    @property
    def gateway(self) -> Gateway:
        """The session; raises `PostDelayed` while there is none."""
        if self._gateway is None or self._gateway.is_closed():
            raise PostDelayed("The bot is not connected to Discord: it tries again.", SOON)
        return self._gateway

    async def open(self) -> None:
        """Come online and stay there; raises `PlatformError`."""
        running = await self._start()
        self._keeper = asyncio.create_task(self._keep(running))

    async def open_to_post(self) -> None:
        """Log in without a session, so as to take no event from a running bot; raises as `open`."""
        self._gateway = self._make()
        await log_in(self._gateway, self._token, self._url, self._patience.start)

    async def close(self) -> None:
        """Go offline for good.

        The session is told first: discord.py overhears a cancellation while it identifies anew,
        and ends only where it finds that it was closed (`Shard.reidentify` in its shard.py).
        https://github.com/Rapptz/discord.py/blob/v2.7.1/discord/shard.py
        """
        await self._close_session()
        if self._keeper is not None:
            await end(self._keeper)
        await self._close_session()  # the keeper may have begun another one meanwhile

    async def _close_session(self) -> None:
        if self._gateway is not None:
            await self._gateway.close()

    async def _start(self) -> asyncio.Task[None]:
        await self._close_session()  # one that broke leaves more behind than one that ended
        self._gateway = self._make()
        return await enter(self._gateway, self._token, self._url, self._patience.start)

    async def _keep(self, running: asyncio.Task[None]) -> None:
        """Start again whenever a session ends, whatever ended it.

        discord.py ends with odd errors as well: https://github.com/Rapptz/discord.py/issues/10520
        """
        while True:
            ended = (await asyncio.gather(running, return_exceptions=True))[0]
            log.warning("The Discord session ended: %r", ended, extra={"action": "session.ended"})
            running = await self._start_again()

    async def _start_again(self) -> asyncio.Task[None]:
        for pause in pauses(self._patience):
            await asyncio.sleep(max(pause, self._hold_back()))
            try:
                return await self._start()
            except PlatformError as failure:
                log.warning("%s", failure, extra={"action": "session.failed"})
        raise AssertionError  # pauses never end


def pauses(patience: Patience) -> Iterator[float]:
    """Seconds before each restart: twice as long each time, up to the longest, and never even."""
    pause = patience.restart
    while True:
        yield pause * random.uniform(0.5, 1.0)  # noqa: S311 - no secret hangs on it
        pause = min(2 * pause, patience.longest)
