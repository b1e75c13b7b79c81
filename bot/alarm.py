"""The alarm: an edition's time passed, and its post is not there; why, and what to do."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock
from bot.errors import StoreError
from bot.metrics import Metrics
from bot.store.ledger import Ledger
from bot.store.memory import Overdue
from bot.store.rows import Record
from bot.store.workers import Workers

log = logging.getLogger(__name__)

EVERY = 60.0
"""Seconds between two looks."""

GRACE = timedelta(minutes=5)
"""After an edition's moment, before it is called missing."""

STUCK = timedelta(minutes=30)
"""After an edition's moment, before one that is written down and not there is called stuck."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """Looks after every edition, whoever should have posted it."""

    ledger: Ledger
    workers: Workers
    metrics: Metrics
    clock: Clock

    async def watch(self) -> None:
        """Look for ever."""
        while True:
            await asyncio.sleep(EVERY)
            try:
                await self.look()
            except StoreError as error:
                log.error("%s", error, extra={"action": "store.away"})  # noqa: TRY400 (a sentence)

    async def look(self) -> tuple[str, ...]:
        """A sentence for each edition that is missing or stuck, the oldest ones; logged as well."""
        now = self.clock.now()
        roles = await self.workers.living()
        unwritten = await self.ledger.overdue(now - GRACE)
        stuck = await self.ledger.stuck(now - STUCK)
        told = (
            *(_unwritten(each, roles, self.workers.trouble) for each in unwritten),
            *(_stuck(each, roles) for each in stuck),
        )
        self.metrics.missing.set(len(told))
        self.metrics.stand(await self.ledger.numbers())
        for sentence in told:
            log.error("%s", sentence, extra={"action": "edition.missing"})
        return told


def _unwritten(each: Overdue, roles: Mapping[str, str], trouble: str) -> str:
    place = f"{each.platform} channel {each.channel}"
    if trouble:
        cause = trouble
    elif _somebody(roles, "schedule"):
        cause = f"{each.platform} is not online here: read the log from the start on."
    else:
        cause = "no process schedules: start one with `briefing-bot run --role schedule`."
    return f"It did not post to {place} at {each.moment:%H:%M} UTC: {cause}"


def _stuck(each: Record, roles: Mapping[str, str]) -> str:
    plan = each.plan
    cause = (
        plan.reason or "it waits for its turn"
        if _somebody(roles, "deliver")
        else "no process delivers: start one with `briefing-bot run --role deliver`"
    )
    return (
        f"“{plan.title}” for {plan.platform} channel {plan.channel}, due at"
        f" {plan.due_at:%H:%M} UTC, is not there yet: {cause}"
    )


def _somebody(roles: Mapping[str, str], role: str) -> bool:
    return any(role in each.split(",") for each in roles.values())
