"""What will go out: the coming editions of channels, each with what would be picked by now."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.page.sources import Sources
from bot.store.agreements import Place
from briefings.approving import Approval
from briefings.model import BriefingId, Library
from briefings.pick import Nothing, Pick, Pins, Shortlist, chosen, pick_from, shortlist
from briefings.schedule import Edition, Subscription, editions_between

MOST_SUBSCRIPTIONS = 200
MOST_PICKED = 50
"""Channels for which it is worked out what would come; of the others only the hour is told."""


@dataclass(frozen=True, slots=True)
class Coming:
    """An edition that is to come; `picked` is what would come if nothing changes, where known."""

    subscription: Subscription
    edition: Edition
    at: datetime
    picked: Pick | Nothing | None = None
    approval: Approval | None = None

    @property
    def place(self) -> Place:
        """Where it goes."""
        return self.subscription.platform, self.subscription.channel


@dataclass(frozen=True, slots=True)
class Outlook:
    """A channel's coming editions, and what their picks depend on."""

    coming: Sequence[Coming]
    history: Mapping[BriefingId, date]
    pins: Pins


async def forecast(
    sources: Sources, places: Collection[Place] | None, until: datetime
) -> Sequence[Coming]:
    """The editions from now on, the next one first."""
    held = await sources.overview.subscriptions(places, MOST_SUBSCRIPTIONS)
    grouped: dict[Place, list[Subscription]] = {}
    for each in held:
        one = each.subscription
        grouped.setdefault((one.platform, one.channel), []).append(one)
    now = sources.clock.now()
    coming = {place: _coming(each, now, until) for place, each in grouped.items()}
    shown = list(grouped)[:MOST_PICKED]
    editions = [each.edition for place in shown for each in coming[place]]
    begun = await sources.overview.begun(editions)
    outlooks = [
        await _outlook(
            sources, place, [each for each in coming[place] if each.edition not in begun]
        )
        for place in shown
    ]
    bare = [each for place in list(grouped)[MOST_PICKED:] for each in coming[place]]
    library = dict(sources.library())
    picked = await asyncio.to_thread(lambda: list(_all_picked(outlooks, library)))
    return sorted([*picked, *bare], key=lambda each: (each.at, each.edition))


def _coming(
    subscriptions: Sequence[Subscription], now: datetime, until: datetime
) -> Sequence[Coming]:
    found = (
        Coming(each, edition, at)
        for each in subscriptions
        for edition, at in editions_between(each, now, until)
    )
    return sorted(found, key=lambda each: each.at)


async def _outlook(sources: Sources, place: Place, coming: Sequence[Coming]) -> Outlook:
    up = {each.edition: each for each in await sources.approvals.at(place)}
    waiting = [
        Coming(each.subscription, each.edition, each.at, None, up.get(each.edition))
        for each in coming
    ]
    history = await sources.ledger.history(*place)
    return Outlook(waiting, history, await sources.subscriptions.pins(place))


def _all_picked(outlooks: Sequence[Outlook], library: Library) -> Iterator[Coming]:
    """Each edition with its pick; what goes out first cannot come again after it."""
    lists: dict[tuple[frozenset[str], frozenset[str], date], Shortlist] = {}
    for outlook in outlooks:
        history = dict(outlook.history)
        for each in outlook.coming:
            one, day = each.subscription, each.edition.day
            known = (one.topics, one.without, day)
            if known not in lists:
                lists[known] = shortlist(library, *known)
            picked = pick_from(lists[known], one, history, outlook.pins)
            if each.approval and each.approval.briefing in library:
                picked = chosen(picked, each.approval.briefing)
            if isinstance(picked, Pick):
                history[picked.briefing] = day
            yield Coming(one, each.edition, each.at, picked, each.approval)
