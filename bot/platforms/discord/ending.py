"""Ending tasks of discord.py, which may overhear that they are to end.

`asyncio.wait_for` of Python 3.11 drops a cancellation that comes in the moment in which its task
fails. discord.py tries for ever there (`launch_shard`), so that a bot which closes while a gateway
answers 503 could wait for ever as well.
https://github.com/python/cpython/issues/86296
https://github.com/Rapptz/discord.py/blob/v2.7.1/discord/shard.py
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

log = logging.getLogger(__name__)

AGAIN = 1.0
"""Seconds before a task is told once more."""

TRIES = 5


async def end(task: asyncio.Task[Any]) -> None:
    """Cancel a task until it ends, for some seconds at most; what comes of it is dropped."""
    for _ in range(TRIES):
        task.cancel()
        await asyncio.wait({task}, timeout=AGAIN)
        if task.done():
            await asyncio.gather(task, return_exceptions=True)
            return
    said = {"action": "session.lingers"}
    log.error("The Discord session did not end within %.0f s.", AGAIN * TRIES, extra=said)
