"""Who wants to know when something in the workspace changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.sandbox.side import Changed


class Changes:
    """Rings at every change: for those who watch, and for those who wait."""

    def __init__(self) -> None:
        self._watching: list[Changed] = []
        self._next = asyncio.Event()

    def watch(self, changed: Changed) -> None:
        """Call `changed` after each change."""
        self._watching.append(changed)

    def ring(self) -> None:
        """Something changed."""
        rung, self._next = self._next, asyncio.Event()
        rung.set()
        for changed in self._watching:
            changed()

    async def until(self, true: Callable[[], bool], seconds: float) -> None:
        """Wait for changes until `true()`; raises `TimeoutError` after `seconds`."""
        async with asyncio.timeout(seconds):
            while not true():
                await self._next.wait()
