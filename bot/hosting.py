"""Workspaces that let the bot in by themselves: they come online and go as the database says."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any, Protocol

from bot.errors import BriefingBotError
from bot.platforms.desk import Desk
from bot.platforms.events import Lost, News, Place
from bot.platforms.hosting import Host, Workspace
from bot.platforms.port import Platform
from bot.platforms.registry import host
from bot.store.workspaces import Workspaces

log = logging.getLogger(__name__)

EVERY = 1.0
"""Seconds between looks: another process may have been told."""

AGAIN = 30.0
"""Seconds before a workspace is tried again that did not come online."""

LINGER = 60.0
"""Seconds that what is under way in a workspace has to end, after the bot was put out of it."""

AT_ONCE = 10
"""Workspaces that come online at the same time."""


def hosted(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the settings by which many workspaces let the bot in."""
    return {name: each for name, each in settings.items() if getattr(each, "hosted", False)}


class Moves(Protocol):
    """Who is told that a workspace came online or went, by its name."""

    async def moved_in(self, name: str) -> None:
        """It is online."""

    def moved_out(self, name: str) -> None:
        """It is not any more."""

    async def hear(self, news: News) -> None:
        """One of its channels is lost."""


class Hosting:
    """Keeps `online` as the database has it; with `opens` off, it only tells."""

    def __init__(
        self,
        settings: Mapping[str, Any],
        workspaces: Workspaces,
        online: dict[str, Platform],
        *,
        opens: bool = True,
    ) -> None:
        self._hosts = {name: host(name)(each, workspaces) for name, each in settings.items()}
        self._workspaces = workspaces
        self._online = online
        self._opens = opens
        self._desk: Desk | None = None
        self._known: dict[str, Workspace] = {}
        self._try_at: dict[str, float] = {}
        self._parting: list[tuple[float, Platform]] = []
        self._places = asyncio.Semaphore(AT_ONCE)
        self._watch: asyncio.Task[None] | None = None

    async def start(self, desk: Desk | None, moves: Moves) -> None:
        """Be reached, and bring every workspace online; raises PlatformError and StoreError."""
        self._desk = desk
        if self._opens:
            for each in self._hosts.values():
                await each.connect(desk)
        if self._hosts:
            await self._look(moves)
            self._watch = asyncio.create_task(self._keep(moves))

    async def close(self) -> None:
        """Be reached no longer; the workspaces that are online are closed with the others."""
        if self._watch:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
        for each in self._hosts.values():
            await each.close()
        for name in self._known:
            if platform := self._online.pop(name, None):
                await platform.close()
        await self._part(float("inf"))

    async def _keep(self, moves: Moves) -> None:
        while True:
            await asyncio.sleep(EVERY)
            try:
                await self._look(moves)
                await self._part(_ticks())
            except BriefingBotError as error:
                log.warning("%s", error, extra={"action": "store.away"})
            except Exception:  # the other workspaces go on, whatever broke
                log.exception("A look broke off.", extra={"action": "workspace.failed"})

    async def _look(self, moves: Moves) -> None:
        for name, way_in in self._hosts.items():
            found = await self._workspaces.all(name)
            fresh = [each for each in found if self._is_news(each)]
            await asyncio.gather(*(self._follow(way_in, each, moves) for each in fresh))

    def _is_news(self, each: Workspace) -> bool:
        return self._known.get(each.name) != each and _ticks() >= self._try_at.get(each.name, 0.0)

    async def _follow(self, way_in: Host, each: Workspace, moves: Moves) -> None:
        known = self._known.get(each.name)
        if each.reason is not None:
            await self._move_out(each, each.reason, moves)
        elif known is None or known.reason is not None:
            if not await self._move_in(way_in, each):
                return
            log.info("Workspace %s (%s) is online.", each.name, each.title,
                     extra={"action": "platform.joined", "platform": each.name})  # fmt: skip
            await moves.moved_in(each.name)
        self._known[each.name] = each

    async def _move_in(self, way_in: Host, each: Workspace) -> bool:
        if not self._opens:
            return True
        platform = way_in.open(each)
        try:
            async with self._places:
                await platform.connect(self._desk)
        except BriefingBotError as error:
            await platform.close()
            self._try_at[each.name] = _ticks() + AGAIN
            log.error("%s", error, extra={"action": "platform.failed"})  # noqa: TRY400 (a sentence)
            return False
        self._online[each.name] = platform
        return True

    async def _move_out(self, each: Workspace, reason: str, moves: Moves) -> None:
        """Post nothing there any more, and pause what is subscribed there."""
        if platform := self._online.pop(each.name, None):
            self._parting.append((_ticks() + LINGER, platform))
            log.warning("Workspace %s (%s) is lost: %s.", each.name, each.title, reason,
                        extra={"action": "workspace.lost", "platform": each.name})  # fmt: skip
        moves.moved_out(each.name)
        self._try_at.pop(each.name, None)
        for channel in await self._workspaces.channels(each.name):
            await moves.hear(Lost(Place(each.name, "", channel), reason))

    async def _part(self, now: float) -> None:
        """Close what nothing can be under way in any more."""
        over = [platform for until, platform in self._parting if until <= now]
        self._parting = [each for each in self._parting if each[0] > now]
        await asyncio.gather(*(platform.close() for platform in over))


def _ticks() -> float:
    return asyncio.get_running_loop().time()
