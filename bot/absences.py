"""Channels that the bot lost and regained: posts pause, their owner is told once, posts go on."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from bot.errors import BriefingBotError, PostError
from bot.platforms.abilities import Reaching
from bot.platforms.events import Lost, News, Place, Regained
from bot.platforms.port import Platform
from bot.reasons import in_words
from bot.store.losses import Loss, Losses
from bot.tongues import tongue_for
from briefings.absences import compose_lost
from briefings.tongue import speaking

log = logging.getLogger(__name__)

EVERY = 1800.0
"""Seconds between looks at the lost channels: news of their return may not have come."""


class Absences:
    """Takes note of what becomes of channels; never raises."""

    def __init__(self, losses: Losses, platforms: Mapping[str, Platform]) -> None:
        self._losses = losses
        self._platforms = platforms

    async def hear(self, news: News) -> None:
        """Pause a lost channel's posts, or let a regained one's go on."""
        place = news.place
        try:
            match news:
                case Lost(_, reason):
                    await self._lose((place.platform, place.channel), reason)
                case Regained():
                    await self._look((place.platform, place.channel))
        except BriefingBotError as error:
            log.warning("%s", error, extra={"action": "channel.failed"})

    async def look(self) -> None:
        """Look at each of the lost channels."""
        try:
            lost = await self._losses.all()
        except BriefingBotError as error:
            log.warning("%s", error, extra={"action": "channel.failed"})
            return
        for platform, channel in lost:
            await self.hear(Regained(Place(platform, "", channel)))

    async def _lose(self, place: tuple[str, str], reason: str) -> None:
        loss = await self._losses.lose(place, reason)
        if loss is None:
            return
        said = {"action": "channel.lost"}
        log.warning("Posts to %s channel %s pause: %s.", *place, reason, extra=said)
        if loss.owner:
            await self._tell(loss, loss.owner)

    async def _tell(self, loss: Loss, owner: str) -> None:
        name, channel = loss.place
        platform = self._platforms.get(name)
        if not isinstance(platform, Reaching):
            return
        try:
            called = await platform.called(channel)
            with speaking(tongue_for(loss.language)):
                message = compose_lost(called, in_words(loss.reason))
            for payload in platform.draw(message):
                await platform.tell(owner, payload)
        except PostError as error:
            log.warning("The owner of %s was not told: %s", channel, error,
                        extra={"action": "channel.untold"})  # fmt: skip

    async def _look(self, place: tuple[str, str]) -> None:
        name, channel = place
        platform = self._platforms.get(name)
        if not isinstance(platform, Reaching) or await platform.bar(channel):
            return
        if await self._losses.regain(place):
            said = {"action": "channel.regained"}
            log.info("Posts to %s channel %s go on.", name, channel, extra=said)
