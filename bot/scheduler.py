"""Wakes when an edition is due, writes down what it becomes, and has it delivered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.delivery.deliver import Delivery
from bot.delivery.plan import Draw, plan_edition
from bot.store.ledger import Ledger
from briefings.due import LOOK_BACK, Due, due
from briefings.model import Library
from briefings.schedule import Edition, Subscription, next_wake

log = logging.getLogger(__name__)

LOOK_EVERY = 30
"""Seconds between looks at the clock beside the exact wake-ups: a laptop's sleep stops timers."""

CLOSE_WITHIN = 8
"""Seconds that deliveries under way have to finish; what is cut off is looked up at the start."""


class Scheduler:
    """The path of a post: due → pick → compose → draw → ledger → delivery."""

    def __init__(
        self,
        subscriptions: Sequence[Subscription],
        library: Callable[[], Library],
        draws: Mapping[str, Draw],
        ledger: Ledger,
        delivery: Delivery,
        clock: Clock,
    ) -> None:
        """`draws` holds the platforms that are online: what has none waits until it has."""
        self._subscriptions = subscriptions
        self._library = library
        self._draws = draws
        self._ledger = ledger
        self._delivery = delivery
        self._clock = clock
        self._timer = AsyncIOScheduler(
            timezone="UTC",
            # APScheduler's own grace of one second would drop late jobs without a word.
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        self._under_way: dict[Edition, asyncio.Task[None]] = {}

    async def start(self) -> None:
        """Take up what was left open, and wake from now on."""
        for record in await self._ledger.open_editions():
            self._begin(record.plan.edition)
        self._timer.start()
        self._timer.add_job(self.look, "interval", seconds=LOOK_EVERY, id="look")
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
        """Wait until no delivery is under way."""
        while self._under_way:
            await asyncio.wait(self._under_way.values())

    async def close(self) -> None:
        """Stop waking; let deliveries finish for a while, then cut them off."""
        if self._timer.running:
            self._timer.shutdown(wait=False)
        if tasks := tuple(self._under_way.values()):
            _, late = await asyncio.wait(tasks, timeout=CLOSE_WITHIN)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _claim(self, each: Due) -> None:
        subscription = each.subscription
        history = await self._ledger.history(subscription.platform, subscription.channel)
        draw, secret = self._draws[subscription.platform], await self._ledger.secret()
        plan, drafts = plan_edition(each, self._library(), history, draw, secret)
        if not await self._ledger.claim(plan, drafts):
            return
        if drafts:
            self._begin(each.edition)
        else:
            sentence = f"Nothing for {plan.platform} channel {plan.channel}: {plan.reason}."
            log.warning("%s", sentence, extra={"action": "edition.skipped"})

    def _begin(self, edition: Edition) -> None:
        if edition in self._under_way:
            return
        task = asyncio.create_task(self._deliver(edition))
        self._under_way[edition] = task
        task.add_done_callback(lambda _: self._under_way.pop(edition, None))

    async def _deliver(self, edition: Edition) -> None:
        try:
            await self._delivery.deliver(edition)
        except Exception:  # one edition's trouble is no other's: it stays open in the ledger
            log.exception("A delivery broke off.", extra={"action": "delivery.failed"})

    def _wake_next(self) -> None:
        if not self._timer.running:
            return
        wake = next_wake(self._subscriptions, self._clock.now())
        if wake is not None:
            self._timer.add_job(self.look, "date", run_date=wake, id="wake", replace_existing=True)
