"""Wakes when an edition is due, writes down what it becomes, and has it delivered."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.delivery.plan import Draw, plan_edition
from bot.engine.port import Engine
from bot.errors import StoreError
from bot.store.ledger import Ledger
from briefings.due import LOOK_BACK, Due, due
from briefings.model import Library
from briefings.schedule import Subscription, next_wake

log = logging.getLogger(__name__)

LOOK_EVERY = 30
"""Seconds between looks at the clock beside the exact wake-ups: a laptop's sleep stops timers."""


class Scheduler:
    """The path of a post: due → pick → compose → draw → ledger → engine."""

    def __init__(
        self,
        subscriptions: Sequence[Subscription],
        library: Callable[[], Library],
        draws: Mapping[str, Draw],
        ledger: Ledger,
        engine: Engine,
        clock: Clock,
    ) -> None:
        """`draws` holds the platforms that are online: what has none waits until it has."""
        self._subscriptions = subscriptions
        self._library = library
        self._draws = draws
        self._ledger = ledger
        self._engine = engine
        self._clock = clock
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
        now = self._clock.now()
        known = await self._ledger.editions((now - LOOK_BACK - timedelta(days=1)).date())
        for each in due(self._subscriptions, now, known.__contains__):
            if each.subscription.platform in self._draws:
                await self._claim(each)
        self._wake_next()

    async def settle(self) -> None:
        """Wait until no delivery is under way here."""
        await self._engine.settle()

    async def close(self) -> None:
        """Stop waking."""
        if self._timer.running:
            self._timer.shutdown(wait=False)

    async def _look(self) -> None:
        try:
            await self.look()
        except StoreError as error:
            log.error("%s", error, extra={"action": "store.away"})  # noqa: TRY400 (a sentence)

    async def _claim(self, each: Due) -> None:
        subscription = each.subscription
        history = await self._ledger.history(subscription.platform, subscription.channel)
        draw, secret = self._draws[subscription.platform], await self._ledger.secret()
        plan, drafts = plan_edition(each, self._library(), history, draw, secret)
        if not await self._ledger.claim(plan, drafts):
            return
        if drafts:
            self._engine.wake(subscription.platform)
        else:
            sentence = f"Nothing for {plan.platform} channel {plan.channel}: {plan.reason}."
            log.warning("%s", sentence, extra={"action": "edition.skipped"})

    def _wake_next(self) -> None:
        if not self._timer.running:
            return
        wake = next_wake(self._subscriptions, self._clock.now())
        if wake is not None:
            self._timer.add_job(self._look, "date", run_date=wake, id="wake", replace_existing=True)
