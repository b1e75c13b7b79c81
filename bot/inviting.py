"""Lets those who may manage a channel into the bot's page: with a link, by direct message."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from bot.editors import called
from bot.errors import PostError
from bot.page_settings import PageSettings
from bot.platforms.abilities import Reaching
from bot.platforms.events import Ordered
from bot.platforms.port import Platform
from bot.store.visits import Visits
from briefings import owner_words
from briefings import page_words as words
from briefings.inviting import asks_for_page, compose_invitation, compose_told
from briefings.message import Message, Reply
from briefings.owning import compose_sentence
from briefings.tongue import say

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Inviting:
    """Answers `/briefings page`; `address` is where the page is, nothing where there is none."""

    visits: Visits
    address: str
    platforms: Mapping[str, Platform]

    async def order(self, event: Ordered) -> Reply | None:
        """The answer to a line that asks for the page; nothing to any other. Raises StoreError."""
        if not asks_for_page(event.text):
            return None
        if not self.address:
            return Reply(compose_told(words.NONE))
        if not event.person.may_manage:
            barred = owner_words.not_allowed(event.person.managers)
            return Reply(compose_sentence(say(owner_words.NOT_ALLOWED_TITLE), barred))
        return Reply(compose_told(words.SENT if await self._sent(event) else words.UNSENT))

    async def _sent(self, event: Ordered) -> bool:
        platform = self.platforms.get(event.place.platform)
        if not isinstance(platform, Reaching):
            return False
        message = await self._invitation(event, platform)
        try:
            for payload in platform.draw(message):
                await platform.tell(event.person.id, payload)
        except PostError as error:
            log.warning("%s", error, extra={"action": "invitation.failed"})
            return False
        return True

    async def _invitation(self, event: Ordered, platform: Platform) -> Message:
        place = (event.place.platform, event.place.channel)
        secret = await self.visits.invite(event.person.id, [place])
        channel = await called(platform, event.place.channel)
        return compose_invitation(link_to(self.address, secret), channel)


def link_to(address: str, secret: str) -> str:
    """The address that lets somebody in."""
    return f"{address}/bot/enter/{secret}"


def address_of(settings: PageSettings) -> str:
    """Where people reach the page; nothing where there is none."""
    if settings.briefing_page_port is None:
        return ""
    here = f"http://127.0.0.1:{settings.briefing_page_port}"
    return settings.briefing_page_url or here
