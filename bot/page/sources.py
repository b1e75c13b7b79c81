"""What the page shows things from: the parts of a running bot that it asks."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.clock import Clock
from bot.delivery.plan import Draw
from bot.errors import PostError
from bot.platforms.abilities import Introducing, Reaching
from bot.platforms.gauges import Gauge
from bot.platforms.port import Payload, Platform, platform_of
from bot.store.agreements import Place
from bot.store.approvals import Approvals
from bot.store.briefings import Briefings
from bot.store.overview import Overview
from bot.store.releasing import Releasing
from bot.store.subscriptions import Subscriptions
from briefings.model import BriefingId, Library
from briefings.search import Results

NAME_WITHIN = 1.0
"""Seconds that the platforms have to say how channels and people are called."""

Person: TypeAlias = tuple[str, str]
"""A platform, and somebody's id there."""


@dataclass(frozen=True, slots=True)
class Painter:
    """How a platform draws a message, and how much of its limits that takes."""

    draw: Draw
    gauges: Callable[[Payload], tuple[Gauge, ...]]


@dataclass(slots=True)
class Names:
    """How channels and people are called; asked once for each."""

    platforms: Mapping[str, Platform]
    known: dict[Place, str] = field(default_factory=dict)
    people_known: dict[Person, str] = field(default_factory=dict)

    async def of(self, places: Collection[Place]) -> Mapping[Place, str]:
        """A name for every place: its id where nobody says otherwise in time."""
        unknown = [each for each in set(places) if each not in self.known]
        found = await asyncio.gather(*map(self._called, unknown))
        self.known |= {place: name for place, name in zip(unknown, found, strict=True) if name}
        return {place: self.known.get(place, place[1]) for place in places}

    async def people(self, people: Collection[Person]) -> Mapping[Person, str]:
        """What people are called; their ids where no platform says otherwise in time."""
        unknown = [each for each in people if each not in self.people_known]
        platforms = {platform for platform, _ in unknown}
        told = await asyncio.gather(*(self._introduced(each, unknown) for each in platforms))
        for found in told:
            self.people_known |= found
        return {each: self.people_known.get(each, each[1]) for each in people}

    async def _introduced(self, name: str, people: Collection[Person]) -> Mapping[Person, str]:
        platform = self.platforms.get(name) or self.platforms.get(platform_of(name))
        if not isinstance(platform, Introducing):
            return {}
        ids = [person for known, person in people if known == name]
        try:
            async with asyncio.timeout(NAME_WITHIN):
                found = await platform.introduced(ids)
        except TimeoutError:
            return {}
        return {(name, person): called for person, called in found.items()}

    async def _called(self, place: Place) -> str | None:
        platform = self.platforms.get(place[0]) or self.platforms.get(platform_of(place[0]))
        if not isinstance(platform, Reaching):
            return None
        try:
            async with asyncio.timeout(NAME_WITHIN):
                return (await platform.called(place[1])).removeprefix("#")
        except (PostError, TimeoutError):
            return None


@dataclass(frozen=True, slots=True)
class Sources:
    """All that the rooms of the page ask."""

    overview: Overview
    ledger: Releasing
    subscriptions: Subscriptions
    approvals: Approvals
    documents: Briefings
    library: Callable[[], Library]
    results: Callable[[str], Awaitable[Results]]
    painters: Mapping[str, Painter]
    names: Names
    clock: Clock

    def title(self, briefing: BriefingId | None) -> str | None:
        """A briefing's title; its name where it is gone."""
        entry = self.library().get(briefing) if briefing else None
        return entry.briefing.title if entry else briefing
