"""Draws recaps: in the language of their channel, with the addresses of what they quote."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.clock import Clock
from bot.delivery.plan import draw_post
from bot.errors import PostError
from bot.platforms.port import Address, Platform
from bot.store.agreements import Place
from bot.store.conclusion_rows import conclusion_name
from bot.store.discussions import Thread
from bot.store.mending import Mending
from bot.store.printing import Printed
from bot.store.recaps import Recaps
from bot.tongues import tongue_for
from briefings.message import Post
from briefings.model import Library
from briefings.recap import Recap
from briefings.recapping import Talk, compose_recap
from briefings.terms import Terms
from briefings.tongue import speaking

log = logging.getLogger(__name__)

LINKS_WITHIN = 5.0
"""Seconds that the addresses of quoted messages may take together."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What is recapped with; `wake` is told which platform has something to send."""

    recaps: Recaps
    mending: Mending
    terms: Callable[[Place], Awaitable[Terms]]
    """What a channel agreed on, or would."""
    library: Callable[[], Library]
    platforms: Mapping[str, Platform]
    wake: Callable[[str], None]
    clock: Clock


@dataclass(frozen=True, slots=True)
class RecapPress:
    """Draws recaps for their channels."""

    desk: Desk

    async def terms(self, thread: Thread) -> Terms:
        """What the channel of a discussion agreed on."""
        return await self.desk.terms((thread.platform, thread.channel))

    async def printed(self, thread: Thread, told: Recap, link: str | None) -> Printed:
        """A recap as its platform draws it; `link` leads to the discussion from elsewhere."""
        talk, terms = await self.talk(thread, told, link), await self.terms(thread)
        with speaking(tongue_for(terms.language)):
            post = Post(compose_recap(told, talk))
        return Printed.of(draw_post(post, self.desk.platforms[thread.platform].draw))

    async def talk(self, thread: Thread, told: Recap, link: str | None) -> Talk:
        """What a recap of a discussion leads to; `link` as above."""
        addresses = await self._addresses(thread, told)
        entry = self.desk.library().get(thread.briefing)
        briefing = entry.briefing if entry else None
        return Talk(conclusion_name(thread), thread.title, briefing, addresses, link)

    async def links(self, wanted: Sequence[tuple[Thread, str]]) -> Sequence[str | None]:
        """The address of each message: empty where it has none, nothing where nobody knows."""
        try:
            async with asyncio.timeout(LINKS_WITHIN):
                return await asyncio.gather(*(self._link(*each) for each in wanted))
        except (PostError, TimeoutError) as error:
            log.warning("No links to discussions: %s", error, extra={"action": "link.failed"})
            return [None for _ in wanted]

    async def _link(self, thread: Thread, message: str) -> str | None:
        platform = self.desk.platforms.get(thread.platform)
        at = Address(thread.channel, thread.thread)
        return (await platform.link(at, message) or "") if platform else None

    async def _addresses(self, thread: Thread, told: Recap) -> Mapping[str, str]:
        """The addresses of the messages that are quoted; a recap is told also without them."""
        named = dict.fromkeys(each.message for each in (*told.quotes, *told.questions))
        links = await self.links([(thread, message) for message in named])
        return {message: link for message, link in zip(named, links, strict=True) if link}
