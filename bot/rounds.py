"""Work done again and again while the bot runs, which ends with the round at hand."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress

CLOSE_WITHIN = 3.0
"""Seconds that a round may take to finish at the end."""


def keep_up(
    stack: AsyncExitStack,
    look: Callable[[], Awaitable[object]],
    every: float,
    within: float = CLOSE_WITHIN,
) -> None:
    """Look at once, and again so many seconds after each look, until the stack is closed.

    The look at hand may finish first, `within` so many seconds: a transaction that is cut off may
    keep its locks. `look` raises nothing.
    """
    stopped = asyncio.Event()

    async def go_round() -> None:
        while not stopped.is_set():
            await look()
            await pause(every, stopped)

    task = asyncio.create_task(go_round())

    async def close() -> None:
        stopped.set()
        _, late = await asyncio.wait([task], timeout=within)
        for each in late:
            each.cancel()
        await asyncio.gather(task, return_exceptions=True)

    stack.push_async_callback(close)


async def pause(seconds: float, stopped: asyncio.Event) -> None:
    """Wait so long, or until it is stopped."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stopped.wait(), seconds)
