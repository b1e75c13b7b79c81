"""What people see who look at the bot itself: of the channels they are in, and of no others."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.channels import Channels
from bot.clock import Clock
from bot.errors import BriefingBotError
from bot.platforms.events import Channel, Visited
from bot.platforms.port import Address, Platform
from bot.store.past import PastPosts, Posted
from bot.store.subscriptions import Subscriptions
from bot.today import Today
from briefings import words
from briefings.home import Coming, Talk, compose_home
from briefings.message import Home
from briefings.model import Entry, Library
from briefings.owning import Now
from briefings.pick import Nothing

log = logging.getLogger(__name__)

CHANNELS = 20
"""Channels whose next posts are looked up; people are in hundreds."""

TALKS = 5
LINK_WITHIN = 0.3
"""Seconds that links may take together."""


@dataclass(frozen=True, slots=True)
class Visiting:
    """Composes the home of a visitor."""

    held: Subscriptions
    channels: Channels
    past: PastPosts
    today: Today
    library: Callable[[], Library]
    clock: Clock
    platforms: Mapping[str, Platform]

    async def home(self, visit: Visited) -> Home:
        """Today's briefing, the next posts and the latest threads; raises StoreError."""
        names = {each.id: each.name for each in visit.channels}
        mine = [each async for each in self._coming(visit)]
        zone = self._zone(visit) or await self._usual_zone(visit)
        now = Now(self.clock.now(), zone)
        today = await self._todays(visit, next((each for each, _ in mine), ""))
        posts = await self.past.newest(visit.place.platform, tuple(names), TALKS)
        links = await self._links(visit.place.platform, posts)
        talks = [
            Talk(each.title, names[each.channel], each.at, link)
            for each, link in zip(posts, links, strict=True)
        ]
        return compose_home(today, [coming for _, coming in mine], talks, now)

    async def _coming(self, visit: Visited) -> AsyncIterator[tuple[str, Coming]]:
        for channel in await self._subscribed(visit):
            agreed = await self.held.at((visit.place.platform, channel.id))
            if agreed is None:
                continue
            for moment in await self.channels.coming(agreed, 1, self.clock.now()):
                yield channel.id, Coming(channel.name, moment)

    async def _subscribed(self, visit: Visited) -> list[Channel]:
        """Those of the channels that get posts; one question, however many they are in."""
        known = await self.held.among(visit.place.platform, [each.id for each in visit.channels])
        return [each for each in visit.channels if each.id in known][:CHANNELS]

    async def _todays(self, visit: Visited, channel: str) -> Entry | str:
        picked = await self.today.at((visit.place.platform, channel))
        if isinstance(picked, Nothing):
            return picked.reason
        return self.library().get(picked.briefing) or words.LEFT

    async def _links(self, name: str, posts: tuple[Posted, ...]) -> list[str | None]:
        platform = self.platforms.get(name)
        if platform is None:
            return [None for _ in posts]
        try:
            async with asyncio.timeout(LINK_WITHIN):
                wanted = (platform.link(Address(each.channel), each.card) for each in posts)
                return list(await asyncio.gather(*wanted))
        except (BriefingBotError, TimeoutError) as error:
            log.warning("No links to past posts: %s", error, extra={"action": "link.failed"})
            return [None for _ in posts]

    def _zone(self, visit: Visited) -> ZoneInfo | None:
        try:
            return ZoneInfo(visit.person.zone) if visit.person.zone else None
        except (KeyError, ValueError, OSError):  # all that a name from outside may cause
            return None

    async def _usual_zone(self, visit: Visited) -> ZoneInfo:
        first, *_ = await self.today.subscriptions((visit.place.platform, ""))
        return first.zone
