"""Which briefing is put up for approval, and which one would come in its place."""

from __future__ import annotations

from collections.abc import Callable, Collection

from bot.store.agreements import Place
from bot.store.approvals import Approvals
from bot.store.ledger import Ledger
from bot.store.subscriptions import Subscriptions
from briefings.approving import Approval
from briefings.chapters import title_of
from briefings.model import BriefingId, Library
from briefings.pick import Nothing, pick
from briefings.schedule import Edition, Subscription


class Candidates:
    """Picks as the planner will, without what is up for another edition of the channel."""

    def __init__(
        self,
        approvals: Approvals,
        subscriptions: Subscriptions,
        ledger: Ledger,
        library: Callable[[], Library],
    ) -> None:
        self._approvals = approvals
        self._subscriptions = subscriptions
        self._ledger = ledger
        self._library = library

    async def first(
        self, subscription: Subscription, edition: Edition, without: Collection[BriefingId] = ()
    ) -> BriefingId | None:
        """The briefing that would come, of those that are not left out."""
        place = (subscription.platform, subscription.channel)
        up = {
            each.briefing: each.edition.day
            for each in await self._approvals.at(place)
            if each.edition != edition
        }
        history = {**await self._ledger.history(*place), **up}
        pins = await self._subscriptions.pins(place)
        left = {name: entry for name, entry in self._library().items() if name not in without}
        picked = pick(left, subscription, history, edition.day, pins)
        return None if isinstance(picked, Nothing) else picked.briefing

    async def instead_of(self, approval: Approval, place: Place) -> BriefingId | None:
        """Another briefing than the one that is up, and than those that were."""
        agreed = await self._subscriptions.at(place)
        found = agreed.subscriptions if agreed else ()
        own = next((each for each in found if each.id == approval.edition.subscription), None)
        if own is None:
            return None
        gone = {*await self._approvals.passed(approval.name), approval.briefing}
        return await self.first(own, approval.edition, gone)

    def title(self, briefing: BriefingId) -> str:
        """A briefing's title; its name where it is gone."""
        entry = self._library().get(briefing)
        return title_of(entry.briefing) if entry else briefing
