"""Who watches the bot at work: the alarm, and the page for those who ask how it is."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from datetime import date

from bot.alarm import Alarm
from bot.errors import StoreError
from bot.health import open_health
from bot.works import Works


async def open_watch(stack: AsyncExitStack, works: Works, port: int | None) -> None:
    """Watch until the stack is closed."""
    alarm = Alarm(works.ledger, works.workers, works.metrics, works.clock)
    watching = asyncio.create_task(alarm.watch())
    stack.push_async_callback(_end, watching)

    async def database() -> str:
        try:
            await works.ledger.editions(date.max)
        except StoreError as error:
            return str(error)
        return ""

    async def beat() -> str:
        if works.workers.trouble or works.workers.is_fresh():
            return works.workers.trouble
        return "The database did not take this worker's beat for some seconds."

    checks = {"database": database, "beat": beat}
    await stack.enter_async_context(open_health(port, works.metrics, checks))


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
