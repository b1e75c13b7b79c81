"""Wakes when an edition is due, has it planned and written down, and wakes who delivers it."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.engine.port import Engine
from bot.errors import StoreError
from bot.planner import Planner
from bot.store.rows import Plan, State
from bot.store.subscriptions import Subscriptions

log = logging.getLogger(__name__)

LOOK_EVERY = 1
"""Seconds between looks beside the exact wake-ups: other processes change subscriptions, and a
laptop's sleep stops timers. A look with nothing to do asks one index for one value."""

CLOSE_WITHIN = 5.0
"""Seconds that a look may take to finish at the end; its transaction is undone after that."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Whether to plan at all, and who is told of every edition whose time has come."""

    may_work: Callable[[], bool] = lambda: True
    count: Callable[[Plan], None] = lambda _: None


class Scheduler:
    """The path of a post: due → pick → compose → draw → ledger → engine."""

    def __init__(
        self,
        subscriptions: Subscriptions,
        planner: Planner,
        platforms: Collection[str],
        engine: Engine,
        clock: Clock,
        duty: Duty | None = None,
    ) -> None:
        """`platforms` are the ones that are online; it may grow."""
        self._duty = duty or Duty()
        self._subscriptions = subscriptions
        self._planner = planner
        self._platforms = platforms
        self._engine = engine
        self._clock = clock
        self._looking = asyncio.Lock()
        self._timer = AsyncIOScheduler(
            timezone="UTC",
            # APScheduler's own grace of one second would drop late jobs without a word.
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    async def start(self) -> None:
        """Wake from now on."""
        self._timer.start()
        self._timer.add_job(self._look, "interval", seconds=LOOK_EVERY, id="look")
        await self.look()

    async def look(self) -> None:
        """Take up every edition that is due now, and set the next wake-up."""
        if not self._duty.may_work():
            return
        async with self._looking:
            earliest = await self._subscriptions.next_due_at(tuple(self._platforms))
            if earliest is not None and earliest <= self._clock.now():
                async for plans in self._planner.claim_due():
                    self._tell(plans)
                earliest = await self._subscriptions.next_due_at(tuple(self._platforms))
        if earliest is not None and self._timer.running:
            self._timer.add_job(
                self._look, "date", run_date=earliest, id="wake", replace_existing=True
            )

    async def settle(self) -> None:
        """Wait until no delivery is under way here."""
        await self._engine.settle()

    async def close(self) -> None:
        """Stop waking; a look that is under way is finished first."""
        if not self._timer.running:
            return
        self._timer.pause()
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_WITHIN), self._looking:
                pass
        self._timer.shutdown(wait=False)

    async def _look(self) -> None:
        try:
            await self.look()
        except StoreError as error:
            log.error("%s", error, extra={"action": "store.away"})  # noqa: TRY400 (a sentence)

    def _tell(self, plans: tuple[Plan, ...]) -> None:
        due = Counter(plan.platform for plan in plans if plan.state is not State.SKIPPED)
        for lane, count in due.items():
            self._engine.wake(lane)
            told = {"action": "edition.due", "platform": lane, "count": count}
            log.info("%s is due: %s.", lane, count, extra=told)
        for plan in plans:
            self._duty.count(plan)
            if plan.state is State.SKIPPED:
                sentence = f"Nothing for {plan.platform} channel {plan.channel}: {plan.reason}."
                log.warning("%s", sentence, extra={"action": "edition.skipped", **_fields(plan)})


def _fields(plan: Plan) -> dict[str, object]:
    edition = f"{plan.edition.subscription} {plan.edition.day}"
    named = {"platform": plan.platform, "channel": plan.channel}
    return {**named, "edition": edition, "reason": plan.reason}
