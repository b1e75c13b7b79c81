"""Today's briefing in a channel: what was posted, or what would be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.clock import Clock
from bot.platforms.events import Place as Spoken
from bot.store.agreements import Place
from bot.store.ledger import Ledger
from bot.store.subscriptions import Subscriptions
from bot.tongues import tongue_for
from briefings.model import Library
from briefings.pick import Nothing, Pick, Reason, pick
from briefings.schedule import Edition, Subscription
from briefings.terms import Terms, subscriptions
from briefings.tongue import Tongue


class Today:
    """Answers for every channel; one that gets no posts is treated by the default terms."""

    def __init__(
        self,
        held: Subscriptions,
        ledger: Ledger,
        library: Callable[[], Library],
        default: Terms,
        clock: Clock,
    ) -> None:
        self._held = held
        self._ledger = ledger
        self._library = library
        self._default = default
        self._clock = clock

    async def at(self, place: Place) -> Pick | Nothing:
        """Today's briefing there, with the reason: the latest one posted, or the next one."""
        here = await self.subscriptions(place)
        day = self._clock.now().astimezone(here[0].zone).date()
        for each in reversed(here):
            if posted := await self._posted(Edition(each.id, day)):
                return posted
        return await self._would_come(here[0], day)

    async def day(self, place: Spoken) -> date:
        """Which day it is where somebody speaks."""
        here = await self.subscriptions((place.platform, place.channel))
        return self._clock.now().astimezone(here[0].zone).date()

    async def tongue(self, place: Spoken) -> Tongue:
        """The language of the posts where somebody speaks, which all there can read."""
        here = await self.subscriptions((place.platform, place.channel))
        return tongue_for(here[0].language)

    async def subscriptions(self, place: Place) -> tuple[Subscription, ...]:
        """The channel's subscriptions by their times, or those of the default terms."""
        agreed = await self._held.at(place)
        if agreed is not None:
            return agreed.subscriptions
        now = self._clock.now()
        return subscriptions(self._default, *place, lambda _: now)

    async def _posted(self, edition: Edition) -> Pick | None:
        record = await self._ledger.find(edition)
        plan = record.plan if record else None
        if plan is None or plan.briefing is None or plan.briefing not in self._library():
            return None
        reasons = {each.value: each for each in Reason}
        reason = reasons.get(plan.pick_reason or "", Reason.NEWEST)
        return Pick(plan.briefing, reason, plan.runner_up)

    async def _would_come(self, subscription: Subscription, day: date) -> Pick | Nothing:
        place = (subscription.platform, subscription.channel)
        history = await self._ledger.history(*place)
        pins = await self._held.pins(place)
        return pick(self._library(), subscription, history, day, pins)
